from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser

from attempts.models import Attempt
from attempts.owners import GUEST_KEY, Owner, owner_of, owner_or_new_guest
from tests.attempts.candidate import Candidate, a_guest, a_user, start_candidate
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

ACTIONS = {
    "look": lambda candidate: candidate.settle(at=20),
    "save": lambda candidate: candidate.save(1, "mine now", at=20, chosen=True),
    "submit": lambda candidate: candidate.submit(1, "mine now", at=20, chosen=True),
    "skip": lambda candidate: candidate.skip(1, "mine now", at=20, chosen=True),
    "move": lambda candidate: candidate.move(1, 2, at=20, text="mine now", chosen=True),
    "flag": lambda candidate: candidate.flag(1, True, at=20),
    "finish": lambda candidate: candidate.finish(at=20),
    "discard": lambda candidate: candidate.discard(at=20),
    "add time": lambda candidate: candidate.add_time(1, at=170),
    "give back": lambda candidate: candidate.give_back(1, 10, at=20),
    "mark": lambda candidate: candidate.mark(1, [True, True], at=20),
}


def facts(pk):
    """Everything about an attempt, to see that nothing has changed."""
    attempt = Attempt.objects.filter(pk=pk)
    answers = attempt.get().answers.values()
    return list(attempt.values()), list(answers), attempt.get().added_times.count()


@pytest.mark.parametrize("theirs", ["user", "guest"])
@pytest.mark.parametrize("asking", ["another user", "another guest", "nobody"])
@pytest.mark.parametrize("action", list(ACTIONS))
def test_to_anybody_else_an_attempt_does_not_exist(action, asking, theirs):
    owner = a_user() if theirs == "user" else a_guest()
    candidate = start_candidate(owner=owner)
    candidate.save(1, "theirs", at=10)
    if action == "mark":
        candidate.finish(at=15)
    before = facts(candidate.pk)
    stranger = {"another user": a_user, "another guest": a_guest, "nobody": lambda: None}[asking]()

    with pytest.raises(Attempt.DoesNotExist):
        ACTIONS[action](Candidate(stranger, candidate.pk))

    assert facts(candidate.pk) == before


def test_to_its_owner_it_does():
    for owner in (a_user(), a_guest()):
        for action in ("look", "save", "flag", "move", "finish"):
            ACTIONS[action](start_candidate(owner=owner))
        Attempt.objects.all().delete()


def request_of(user=None, **session):
    return SimpleNamespace(user=user or AnonymousUser(), session=session)


def test_who_is_asking():
    user = UserFactory()
    assert owner_of(request_of(user)) == Owner(user_id=user.pk)
    assert owner_of(request_of(user, **{GUEST_KEY: "key"})) == Owner(user_id=user.pk)
    assert owner_of(request_of(**{GUEST_KEY: "key"})) == Owner(guest_key="key")
    assert owner_of(request_of()) is None


def test_a_visitor_becomes_a_guest_once():
    request = request_of()
    guest = owner_or_new_guest(request)
    assert guest == owner_or_new_guest(request) == owner_of(request)
    assert guest != owner_or_new_guest(request_of())
    assert len(guest.guest_key) <= Attempt._meta.get_field("guest_key").max_length


def test_a_user_does_not_become_a_guest():
    request = request_of(UserFactory())
    owner_or_new_guest(request)
    assert request.session == {}


def test_the_attempts_of_nobody_are_none():
    start_candidate(owner=a_user())
    assert not Attempt.objects.owned_by(None).exists()


@pytest.mark.parametrize("both_or_none", [{}, {"user_id": 1, "guest_key": "key"}])
def test_an_owner_is_a_user_or_a_guest(both_or_none):
    with pytest.raises(ValueError, match="a user or a guest"):
        Owner(**both_or_none)
