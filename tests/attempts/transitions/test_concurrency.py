"""Real threads with connections of their own, against real Postgres."""

import time
from datetime import timedelta

import pytest
from django.db import transaction

from attempts import transitions
from attempts.models import Answer, Attempt
from attempts.rules.lifecycle import IllegalTransition, State
from attempts.rules.save_verdicts import GRACE, Verdict
from attempts.transitions.starting import Pace
from quizsite.clock import database_now
from tests.attempts.candidate import (
    EACH,
    TOTAL,
    Candidate,
    a_guest,
    a_user,
    after,
    sent,
    start_candidate,
)
from tests.factories import interview_of
from tests.threads import Threads, together, wait_until_blocked

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROUNDS = 10


# --- start ----------------------------------------------------------------------------------


@pytest.mark.parametrize("make_owner", [a_user, a_guest])
def test_two_starts_give_one_attempt(make_owner):
    interview = interview_of(2)
    for _ in range(ROUNDS):
        owner = make_owner()

        def start(owner=owner):
            return transitions.start(owner, interview, Pace(), now=after(0))

        first, second = together(start, start)

        assert first == second
        assert Attempt.objects.owned_by(owner).get().answers.count() == 2


def test_starts_when_the_old_attempt_has_run_out_give_one_new_one():
    owner, interview = a_user(), interview_of(1)
    old = transitions.start(owner, interview, Pace(), now=after(0))

    def start():
        return transitions.start(owner, interview, Pace(), now=after(100))

    new = set(together(*[start] * 6))

    assert len(new) == 1
    assert old not in new
    assert Attempt.objects.get(pk=old.pk).finished_at == after(60)


# --- finish and submit ----------------------------------------------------------------------


def test_two_finishes_finish_once():
    for _ in range(ROUNDS):
        candidate = start_candidate()
        first, second = together(
            lambda s=candidate: s.finish(at=20), lambda s=candidate: s.finish(at=21)
        )
        assert first.finished_at == second.finished_at == candidate.attempt.finished_at
        assert {a.closed_at for a in candidate.attempt.answers.all()} == {
            candidate.attempt.finished_at
        }


@pytest.mark.parametrize("timing", [TOTAL, EACH])
def test_24_submits_at_once_are_one_step_forward(timing):
    candidate = start_candidate(timing, 4)

    saved = together(*[lambda: candidate.submit(1, "done", at=20)] * 24)

    assert [s.verdict for s in saved].count(Verdict.ACCEPTED) == 1
    assert {s.verdict for s in saved} == {Verdict.ACCEPTED, Verdict.ALREADY}
    assert candidate.open_positions == [2]
    assert (candidate.answer(1).text, candidate.answer(1).revision) == ("done", 1)


def test_24_submits_of_the_last_question_finish_once():
    candidate = start_candidate(EACH, 1)
    together(*[lambda n=n: candidate.submit(1, "done", at=20 + n / 100) for n in range(24)])
    assert candidate.attempt.state == State.SUBMITTED
    assert candidate.attempt.finished_at == candidate.answer(1).closed_at


@pytest.mark.parametrize("timing", [TOTAL, EACH])
def test_a_save_against_a_finish_counts_or_is_kept(timing):
    for _ in range(ROUNDS):
        candidate = start_candidate(timing)

        saved, _ = together(
            lambda s=candidate: s.save(1, "typed", at=20), lambda s=candidate: s.finish(at=20)
        )

        counts = saved.verdict == Verdict.ACCEPTED
        assert candidate.answer(1).text == ("typed" if counts else "")
        assert candidate.kept == ([] if counts else [("late", "typed")])
        assert candidate.attempt.score == (None if counts else 0), "the finish has seen the text"


def test_a_save_against_the_sweep_counts_in_the_grace():
    for _ in range(ROUNDS):
        candidate = start_candidate(TOTAL, 1)
        saved, ended = together(
            lambda s=candidate: s.save(1, "typed", at=59.9),
            lambda: transitions.finish_overdue(now=after(60)),
        )
        assert (saved.verdict, ended) == (Verdict.ACCEPTED, 1) or ended == 0
        transitions.finish_overdue(now=after(60))
        assert candidate.answer(1).text == "typed"
        assert (candidate.attempt.state, candidate.attempt.score) == (State.EXPIRED, None)


# --- saves ----------------------------------------------------------------------------------


def test_20_writers_at_once_are_one_accepted_for_each_revision_and_none_lost():
    candidate = start_candidate()
    for revision in range(3):
        texts = [f"{revision} by {n}" for n in range(20)]

        saved = together(
            *[
                lambda t=t, r=revision: candidate.save(1, t, at=5, revision=r, writer=t)
                for t in texts
            ]
        )

        verdicts = [s.verdict for s in saved]
        assert verdicts.count(Verdict.ACCEPTED) == 1
        assert verdicts.count(Verdict.CONFLICT) == 19
        answer = candidate.answer(1)
        assert answer.revision == revision + 1
        assert set(texts) == {answer.text} | {
            t for _, t in candidate.kept if t.startswith(f"{revision} ")
        }


def test_a_save_that_waited_sees_what_was_saved_meanwhile():
    """READ COMMITTED: the answer is read again after the wait, not from the older snapshot."""
    candidate = start_candidate()
    with Threads(1) as threads:
        with transaction.atomic():
            candidate.save(1, "first", at=5)
            waiting = threads.begin(lambda: candidate.save(1, "other", at=6, writer="writer-2"))
            wait_until_blocked()
        saved = waiting.result(timeout=20)
    assert (saved.verdict, saved.answer.text, saved.answer.revision) == (
        Verdict.CONFLICT,
        "first",
        1,
    )


def test_a_save_that_waited_for_the_lock_past_the_deadline_counts_by_its_arrival():
    now = database_now()
    grace_ends_at = now + timedelta(seconds=1)
    interview = interview_of(1, timing=TOTAL)
    owner, start = a_guest(), grace_ends_at - GRACE - timedelta(seconds=60)
    candidate = Candidate(owner, transitions.start(owner, interview, Pace(), now=start).pk)

    def save(text, sequence):
        return transitions.save(owner, candidate.pk, 1, sent(text, sequence=sequence))

    with Threads(1) as threads:
        with transaction.atomic():
            Attempt.objects.select_for_update().get(pk=candidate.pk)
            waiting = threads.begin(lambda: save("in time", 1))
            wait_until_blocked()
            while database_now() <= grace_ends_at:
                time.sleep(0.02)
        saved = waiting.result(timeout=20)

    assert saved.verdict == Verdict.ACCEPTED
    assert saved.now < grace_ends_at
    assert save("in time, and on", 2).verdict == Verdict.LATE
    assert candidate.answer(1).text == "in time"
    assert candidate.attempt.finished_at == start + timedelta(seconds=60)


@pytest.mark.parametrize("timing", [TOTAL, EACH])
def test_everything_at_once_neither_fails_nor_deadlocks(timing):
    candidate = start_candidate(timing, 4)
    others = [start_candidate(timing, 1) for _ in range(4)]
    acts = [
        lambda: candidate.save(1, "saved", at=10),
        lambda: candidate.save(2, "saved", at=10, writer="writer-2"),
        lambda: candidate.submit(1, "submitted", at=10, sequence=2),
        lambda: candidate.skip(2, "skipped", at=10, sequence=3),
        lambda: candidate.flag(1, True, at=10),
        lambda: candidate.settle(at=61),
        lambda: transitions.finish_overdue(now=after(61)),
        lambda: [other.save(1, "other", at=61) for other in others],
    ]
    together(*acts * 3)
    assert len(candidate.open_positions) == 1
    assert all(other.attempt.state == State.EXPIRED for other in others)


def test_marks_of_two_answers_at_once_both_make_the_score():
    for _ in range(ROUNDS):
        candidate = start_candidate(questions=2)
        for position in (1, 2):
            candidate.save(position, "written", at=5)
        candidate.finish(at=10)
        together(*[lambda p=p, s=candidate: s.mark(p, [True, True], at=20) for p in (1, 2)])
        assert candidate.attempt.score == 100


# --- the sweep ------------------------------------------------------------------------------


def test_two_sweeps_at_once_close_each_attempt_once():
    candidates = [start_candidate(TOTAL, 1, at=n / 10) for n in range(20)]
    ended = together(*[lambda: transitions.finish_overdue(now=after(100))] * 2)
    assert sum(ended) == 20
    for n, candidate in enumerate(candidates):
        assert (candidate.attempt.state, candidate.attempt.finished_at) == (
            State.EXPIRED,
            after(60 + n / 10),
        )


def test_the_sweep_skips_a_locked_attempt():
    busy, idle = start_candidate(TOTAL, 1), start_candidate(TOTAL, 1)
    with Threads(1) as threads, transaction.atomic():
        Attempt.objects.select_for_update().get(pk=busy.pk)
        sweep = threads.begin(lambda: transitions.finish_overdue(now=after(100)))
        assert sweep.result(timeout=5) == 1
    assert (busy.attempt.state, idle.attempt.state) == (State.RUNNING, State.EXPIRED)


# --- more time ------------------------------------------------------------------------------


def test_more_time_for_an_ended_attempt_against_a_new_start_is_refused():
    owner = a_guest()
    ended = start_candidate(TOTAL, 1, owner=owner)
    ended.settle(at=61)
    with Threads(1) as threads:
        with transaction.atomic():
            start_candidate(owner=owner, at=62)
            waiting = threads.begin(lambda: ended.add_time(1, at=63))
            wait_until_blocked()
        with pytest.raises(IllegalTransition):
            waiting.result(timeout=20)
    assert Attempt.objects.owned_by(owner).running().count() == 1
    assert ended.attempt.state == State.EXPIRED
    assert Answer.objects.get(attempt=ended.pk).closed_at == after(60)
