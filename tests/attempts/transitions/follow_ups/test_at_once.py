"""Real threads with connections of their own: never two follow-ups, and none after the end."""

import pytest

from attempts import transitions
from attempts.models import ClosedBy
from attempts.rules.lifecycle import IllegalTransition
from tests.attempts.candidate import after
from tests.attempts.interviewer import found, start_asked
from tests.attempts.transitions.follow_ups.test_offering import decline, offered, take
from tests.threads import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROUNDS = 10


def asked(candidate) -> list[int]:
    rows = candidate.attempt.answers.all()
    return [answer.asked_point for answer in rows if answer.is_follow_up]


def test_24_submits_at_once_ask_one_follow_up():
    candidate = start_asked(2, follow_ups=2)

    def submit(n):
        follow_up = found("thin", point=n % 2)
        return candidate.submit(1, "thin", at=20, follow_up=follow_up)

    together(*[lambda n=n: submit(n) for n in range(24)])

    assert len(asked(candidate)) == 1
    assert candidate.open_positions == [2]


def test_two_tabs_with_two_texts_ask_about_the_one_that_is_stored():
    for _ in range(ROUNDS):
        candidate = start_asked(2)

        def submit(text, point, candidate=candidate):
            how = {"writer": text, "follow_up": found(text, point)}
            return candidate.submit(1, text, at=20, **how)

        together(lambda: submit("one", 0), lambda: submit("other", 1))

        stored = candidate.answer(1)
        assert asked(candidate) == [0 if stored.text == "one" else 1]


@pytest.mark.parametrize("other", ["skip", "finish", "sweep", "settle"])
def test_a_submit_against_what_closes_the_question_asks_only_if_it_came_first(other):
    for _ in range(ROUNDS):
        candidate = start_asked(1)
        acts = {
            "skip": lambda c=candidate: c.skip(1, "thin", at=20),
            "finish": lambda c=candidate: c.finish(at=20),
            "sweep": lambda: transitions.finish_overdue(now=after(60)),
            "settle": lambda c=candidate: c.settle(at=60),
        }
        together(
            lambda c=candidate: c.submit(1, "thin", at=20, follow_up=found("thin")), acts[other]
        )
        was_submitted = candidate.answer(1).closed_by == ClosedBy.SUBMITTED
        assert asked(candidate) == ([0] if was_submitted else [])


def test_an_offer_that_is_taken_twice_at_once_is_asked_once():
    for _ in range(ROUNDS):
        candidate = offered()
        together(*[lambda c=candidate: take(c, at=30)] * 6)
        assert (asked(candidate), candidate.open_positions) == ([1], [2])


def test_an_offer_that_is_taken_and_declined_at_once_is_one_of_the_two():
    for _ in range(ROUNDS):
        candidate = offered()

        def try_to_take(candidate=candidate):
            try:
                return take(candidate, at=30)
            except IllegalTransition:
                return None

        together(try_to_take, lambda c=candidate: decline(c, at=30))
        assert candidate.answer(1).offered_point is None
        assert (asked(candidate) == [1]) == candidate.attempt.is_running
