from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from attempts import transitions
from attempts.models import Attempt, ResultLink
from attempts.models.personal.result_link import hash_of
from attempts.rules.lifecycle import IllegalTransition
from attempts.transitions.personal import sharing
from tests.attempts.candidate import a_guest, a_user, after, start_candidate
from tests.threads import together

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def result(owner=None):
    candidate = start_candidate(owner=owner or a_user())
    candidate.finish(at=5)
    return candidate


def share(candidate, *, at=10, lifetime=WEEK, shows_answers=False):
    return sharing.share(
        candidate.owner, candidate.pk, lifetime, shows_answers=shows_answers, now=after(at)
    )


def test_only_the_hash_of_the_token_is_stored():
    candidate = result()
    token = share(candidate)
    row = ResultLink.objects.get()
    assert len(token) >= 43
    assert row.token_hash == hash_of(token)
    assert token not in str(ResultLink.objects.values().get())
    assert (row.created_at, row.expires_at) == (after(10), after(10) + WEEK)
    assert not row.shows_answers


def test_each_link_has_a_token_of_its_own():
    candidate = result()
    assert share(candidate) != share(candidate)


@pytest.mark.parametrize("state", ["running", "discarded"])
def test_only_a_result_can_be_shared(state):
    candidate = start_candidate()
    if state == "discarded":
        candidate.discard(at=5)
    with pytest.raises(IllegalTransition):
        share(candidate)
    assert not ResultLink.objects.exists()


def test_nobody_shares_or_takes_back_for_another():
    candidate, other = result(), a_guest()
    share(candidate)
    with pytest.raises(Attempt.DoesNotExist):
        sharing.share(other, candidate.pk, WEEK, shows_answers=True, now=after(10))
    assert not sharing.take_back(other, candidate.pk, ResultLink.objects.get().pk)
    assert ResultLink.objects.count() == 1


def test_a_link_is_taken_back_only_at_its_own_attempt():
    owner = a_user()
    one, other = result(owner), result(owner)
    share(one), share(other)
    link = ResultLink.objects.get(attempt=one.pk)
    assert not sharing.take_back(owner, other.pk, link.pk)
    assert sharing.take_back(owner, one.pk, link.pk)
    assert not sharing.take_back(owner, one.pk, link.pk)
    assert [link.attempt_id for link in ResultLink.objects.all()] == [other.pk]


def test_an_attempt_has_at_most_ten_live_links():
    candidate = result()
    share(candidate, lifetime=timedelta(seconds=5))
    for _ in range(sharing.MOST_LINKS - 1):
        share(candidate)
    with pytest.raises(sharing.TooManyLinks):
        share(candidate, at=14)
    share(candidate, at=15)  # the first one has expired
    assert ResultLink.objects.count() == sharing.MOST_LINKS + 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_many_presses_at_once_make_no_more_than_ten():
    candidate = result()

    def press():
        try:
            return share(candidate)
        except sharing.TooManyLinks:
            return None

    made = together(*[press] * 14)
    assert len([token for token in made if token]) == ResultLink.objects.count() == 10


def test_a_link_is_live_until_it_expires_and_while_there_is_a_result():
    candidate = result()
    share(candidate)
    end = after(10) + WEEK
    assert ResultLink.objects.live(end - timedelta(microseconds=1)).exists()
    assert not ResultLink.objects.live(end).exists()
    Attempt.objects.filter(pk=candidate.pk).update(
        state="running", finished_at=None, finish_reason=""
    )
    assert not ResultLink.objects.live(after(11)).exists()


def test_expired_links_are_deleted_and_live_ones_stay():
    candidate = result()
    share(candidate, lifetime=timedelta(days=1))
    share(candidate)
    assert sharing.delete_expired_links(now=after(10) + timedelta(days=1)) == 1
    assert [link.expires_at for link in ResultLink.objects.all()] == [after(10) + WEEK]


def test_links_go_with_the_attempt_and_move_with_the_guest():
    guest, user = a_guest(), a_user()
    candidate = result(guest)
    share(candidate)
    transitions.claim(guest.guest_key, User.objects.get(pk=user.user_id), now=after(20))
    assert ResultLink.objects.get().attempt.owner == user
    transitions.delete(user, candidate.pk)
    assert not ResultLink.objects.exists()
