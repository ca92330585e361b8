from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser

from attempts.models import Attempt
from attempts.owners import (
    GUEST_KEY,
    NOT_MINE,
    Owner,
    may_return,
    owner_of,
    owner_or_new_guest,
    owners_of,
    unclaimed_guest,
)
from tests.attempts.candidate import Candidate, a_guest, a_user, start_candidate
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

ACTIONS = {
    "settle": lambda candidate: candidate.settle(at=20),
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


@pytest.mark.parametrize("make_owner", [a_user, a_guest])
@pytest.mark.parametrize("action", [name for name in ACTIONS if name != "mark"])
def test_its_owner_may_do_it(action, make_owner):
    candidate = start_candidate(owner=make_owner())
    candidate.save(1, "before", at=10)
    before = facts(candidate.pk)

    ACTIONS[action](candidate)

    assert (facts(candidate.pk) == before) is (action == "settle")


def request_of(user=None, **session):
    return SimpleNamespace(user=user or AnonymousUser(), session=session)


def test_who_is_asking():
    user = UserFactory()
    assert owner_of(request_of(user)) == Owner(user_id=user.pk)
    assert owner_of(request_of(user, **{GUEST_KEY: "key"})) == Owner(user_id=user.pk)
    assert owner_of(request_of(**{GUEST_KEY: "key"})) == Owner(guest_key="key")
    assert owner_of(request_of()) is None


GUEST, DISOWNED = {GUEST_KEY: "key"}, {GUEST_KEY: "key", NOT_MINE: True}


@pytest.mark.parametrize(
    ("is_logged_in", "session", "reached"),
    [
        (False, {}, []),
        (False, GUEST, ["guest"]),
        (True, {}, ["user"]),
        (True, GUEST, ["guest", "user"]),
        (True, DISOWNED, ["user"]),
    ],
)
def test_whose_attempts_a_person_may_reach(is_logged_in, session, reached):
    user = UserFactory() if is_logged_in else None
    request = request_of(user, **session)
    owners = {"guest": Owner(guest_key="key"), "user": Owner(user_id=user.pk) if user else None}
    assert owners_of(request) == [owners[name] for name in reached]
    is_asked = "guest" in reached and is_logged_in
    assert unclaimed_guest(request) == (owners["guest"] if is_asked else None)


@pytest.mark.parametrize(
    ("session", "may"),
    [({}, True), (GUEST, True), (DISOWNED, False), ({GUEST_KEY: "another"}, False)],
)
def test_who_may_become_a_guest_again(session, may):
    assert may_return(request_of(**session), "key") is may


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


def test_without_an_owner_there_are_no_attempts():
    start_candidate(owner=a_user())
    assert not Attempt.objects.owned_by(None).exists()


@pytest.mark.parametrize("both_or_none", [{}, {"user_id": 1, "guest_key": "key"}])
def test_an_owner_is_a_user_or_a_guest(both_or_none):
    with pytest.raises(ValueError, match="a user or a guest"):
        Owner(**both_or_none)
