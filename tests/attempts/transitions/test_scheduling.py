"""Every scored answer schedules its question, whatever becomes of the answer later."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attempts import transitions
from attempts.models import Answer, Schedule, Suggestion
from attempts.owners import Owner
from attempts.rules.recall.due import Review, memory_after
from attempts.rules.recall.steps import Step
from attempts.transitions import scheduling, staff
from attempts.transitions.starting import Pace
from tests.attempts.candidate import EACH, TOTAL, Candidate, a_guest, after
from tests.factories import UserFactory, interview_of

pytestmark = pytest.mark.django_db
DAY = 24 * 3600


def taking(owner: Owner, interview, *, at: float = 0) -> Candidate:
    return Candidate(owner, transitions.start(owner, interview, Pace(), now=after(at)).pk)


def suggest(candidate: Candidate, position: int, covered: list[bool]) -> None:
    answer = candidate.answer(position)
    evidence = [{"confidence": 1.0, "text": None} for _ in covered]
    found = Suggestion(covered, evidence, "engine")
    assert transitions.store_suggestion(answer.pk, answer.revision, found)


def finished(owner: Owner, interview, covered: list[bool], *, at: float = 0) -> Candidate:
    """One question, answered 60 s after the start; the engine finds these points in it."""
    candidate = taking(owner, interview, at=at)
    candidate.save(1, "Mine.", at=at + 10)
    candidate.finish(at=at + 60)
    suggest(candidate, 1, covered)
    return candidate


def one_question(points: int = 2):
    interview = interview_of(1, timing=TOTAL)
    version = interview.slots.get().question.current_version
    assert len(version.key_points) == points
    return interview


def schedule_of(owner: Owner) -> Schedule:
    return Schedule.objects.owned_by(owner).get()


def test_a_finished_answer_is_due_as_its_share_says():
    owner = a_guest()
    finished(owner, one_question(), [True, True])
    row = schedule_of(owner)
    assert (row.share, row.answers, row.share_before) == (1, 1, None)
    assert row.answered_at == after(60)
    assert row.due_at == after(60) + timedelta(days=8)
    assert row.step == Step.SOLID


def test_while_an_engine_has_not_looked_nothing_is_scheduled():
    owner = a_guest()
    candidate = taking(owner, one_question())
    candidate.save(1, "Mine.", at=10)
    candidate.finish(at=60)
    assert not Schedule.objects.exists()


def test_what_was_reached_and_left_blank_counts_as_nothing_and_nothing_else_does():
    owner = a_guest()
    candidate = taking(owner, interview_of(3, timing=EACH))
    candidate.skip(1, "", at=5)
    candidate.finish(at=10)
    shares = {row.question_id: row.share for row in Schedule.objects.owned_by(owner)}
    asked = [candidate.answer(position).version.question_id for position in (1, 2)]
    assert shares == dict.fromkeys(asked, Decimal())


@pytest.mark.parametrize("timing", [EACH, TOTAL])
def test_blanks_are_no_answer(timing):
    owner = a_guest()
    candidate = taking(owner, interview_of(1, timing=timing))
    candidate.save(1, " \n\u3000", at=5)
    candidate.finish(at=10)
    assert schedule_of(owner).share == 0


def test_with_one_clock_a_question_that_was_left_blank_was_reached_too():
    owner = a_guest()
    candidate = taking(owner, interview_of(3, timing=TOTAL))
    candidate.move(1, 2, at=5)
    candidate.move(2, 1, at=9)
    candidate.finish(at=60)
    asked = [candidate.answer(position).version.question_id for position in (1, 2)]
    rows = Schedule.objects.owned_by(owner).order_by("question")
    assert [row.question_id for row in rows] == sorted(asked)


def test_a_tick_changes_the_day():
    owner = a_guest()
    candidate = finished(owner, one_question(), [True, True])
    transitions.mark(owner, candidate.pk, 1, [False, False], now=after(90))
    row = schedule_of(owner)
    assert (row.share, row.answers) == (0, 1)
    assert row.due_at == after(60) + timedelta(days=1)


def test_answers_of_several_attempts_are_replayed_in_order():
    owner, interview = a_guest(), one_question()
    finished(owner, interview, [True, True])
    finished(owner, interview, [True, False], at=9 * DAY)
    row = schedule_of(owner)
    reviews = [
        Review(after(60), Decimal(1)),
        Review(after(9 * DAY + 60), Decimal("0.5")),
    ]
    assert row.due_at == memory_after(reviews).due_at
    assert (row.share, row.share_before, row.answers) == (Decimal("0.5"), 1, 2)
    assert row.step == Step.STARTED


def test_an_earlier_answer_that_changes_moves_the_day_too():
    owner, interview = a_guest(), one_question()
    first = finished(owner, interview, [False, False])
    finished(owner, interview, [True, True], at=9 * DAY)
    before = schedule_of(owner).due_at
    transitions.mark(owner, first.pk, 1, [True, True], now=after(10 * DAY))
    assert schedule_of(owner).due_at > before


def test_an_attempt_that_runs_again_counts_when_it_ends_again():
    owner = a_guest()
    candidate = finished(owner, one_question(), [True, True])
    now = after(100)
    staff.reopen(candidate.pk, timedelta(minutes=5), why="x", now=now)
    assert not Schedule.objects.exists()
    candidate.finish(at=120)
    assert schedule_of(owner).answered_at == after(120)


def test_a_discarded_attempt_schedules_nothing():
    owner = a_guest()
    candidate = taking(owner, one_question())
    candidate.save(1, "Mine.", at=10)
    candidate.discard(at=20)
    assert not Schedule.objects.exists()


def test_a_guest_who_becomes_a_user_takes_the_days_along():
    user: User = UserFactory()
    guest, account, interview = a_guest(), Owner(user_id=user.pk), one_question()
    finished(account, interview, [False, False])
    finished(guest, interview, [True, True], at=9 * DAY)
    transitions.claim(guest.guest_key, user, now=after(10 * DAY))
    row = Schedule.objects.get()
    assert (row.user_id, row.guest_key, row.answers, row.share) == (user.pk, "", 2, 1)


def test_what_a_browser_forgets_is_due_for_nobody():
    guest, other, interview = a_guest(), a_guest(), one_question()
    finished(guest, interview, [True, True])
    finished(other, interview, [True, True])
    transitions.delete_all(guest)
    assert [row.guest_key for row in Schedule.objects.all()] == [other.guest_key]


def test_other_owners_are_left_alone():
    mine, theirs, interview = a_guest(), a_guest(), one_question()
    finished(theirs, interview, [False, False])
    before = Schedule.objects.owned_by(theirs).values().get()
    finished(mine, interview, [True, True], at=DAY)
    assert Schedule.objects.owned_by(theirs).values().get() == before


def test_many_questions_take_the_same_statements_as_one():
    counts = []
    for questions in (2, 12):
        owner = a_guest()
        candidate = taking(owner, interview_of(questions, timing=TOTAL))
        candidate.finish(at=60)
        ids = list(Answer.objects.values_list("version__question", flat=True))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            scheduling.reschedule(owner, ids)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 5
