"""What staff may do to an attempt: more minutes, opening again, discarding, regrading."""

from datetime import timedelta
from decimal import Decimal

import pytest

from attempts import transitions
from attempts.models import Attempt, Suggestion
from attempts.rules.lifecycle import IllegalTransition
from attempts.transitions import staff
from attempts.transitions.starting import Pace
from tests.attempts.candidate import EACH, OVERTIME, TOTAL, after, start_candidate
from tests.factories import interview_of

pytestmark = pytest.mark.django_db
FIVE = timedelta(minutes=5)


def added(candidate):
    return list(candidate.attempt.added_times.values_list("position", "amount", "reason", "note"))


# --- minutes --------------------------------------------------------------------------------


def test_minutes_are_added_to_the_whole_at_any_time():
    candidate = start_candidate(TOTAL)
    staff.add_minutes(candidate.pk, FIVE, why="Fire drill.", now=after(10))
    assert candidate.attempt.deadline_at == after(180 + 300)
    assert added(candidate) == [(None, FIVE, "staff", "Fire drill.")]


def test_minutes_go_to_the_open_question():
    candidate = start_candidate(EACH)
    candidate.submit(1, "One.", at=20)
    staff.add_minutes(candidate.pk, FIVE, why="Fire drill.", now=after(30))
    assert candidate.answer(2).limit == timedelta(seconds=360)
    assert candidate.attempt.deadline_at == after(20 + 360 + 60)
    assert added(candidate) == [(2, FIVE, "staff", "Fire drill.")]


def test_minutes_in_overtime_let_the_bell_ring_again():
    candidate = start_candidate(TOTAL, pace=OVERTIME)
    candidate.save(1, "At the bell.", at=170)
    candidate.settle(at=200)
    staff.add_minutes(candidate.pk, FIVE, why="Ill.", now=after(200))
    assert candidate.attempt.deadline_at == after(500)
    assert candidate.answer(1).text_at_deadline is None


def test_no_minutes_without_a_clock_or_after_the_end():
    untimed = start_candidate(TOTAL, pace=Pace(time_factor=None))
    ended = start_candidate(TOTAL)
    ended.finish(at=5)
    overdue = start_candidate(TOTAL)
    for candidate in (untimed, ended, overdue):
        with pytest.raises(IllegalTransition):
            staff.add_minutes(candidate.pk, FIVE, why="Why not.", now=after(400))
        assert added(candidate) == []


# --- reopening -----------------------------------------------------------------------------


def test_a_finished_attempt_runs_again_for_so_many_minutes_from_now():
    candidate = start_candidate(TOTAL)
    candidate.save(1, "One.", at=5)
    candidate.move(1, 2, at=10, text="One.")
    candidate.finish(at=20)
    staff.reopen(candidate.pk, FIVE, why="Network.", now=after(1000))
    attempt = candidate.attempt
    assert (attempt.state, attempt.finished_at, attempt.finish_reason) == ("running", None, "")
    assert attempt.deadline_at == after(1300)
    assert attempt.score is None
    assert candidate.open_positions == [2]
    assert candidate.answer(1).text == "One."
    assert candidate.answer(1).time_spent == timedelta(seconds=10)
    assert added(candidate) == [(None, FIVE, "staff", "Network.")]
    candidate.save(2, "Two.", at=1100, sequence=2)
    assert candidate.settle(at=1301).attempt.state == "expired"
    assert candidate.answer(2).text == "Two."


def test_with_per_question_timing_the_question_opened_last_reopens_and_the_pause_does_not_count():
    candidate = start_candidate(EACH)
    candidate.submit(1, "One.", at=20)
    candidate.finish(at=50)
    staff.reopen(candidate.pk, FIVE, why="Network.", now=after(1000))
    assert candidate.open_positions == [2]
    assert candidate.answer(1).closed_by == "submitted"
    assert candidate.answer(2).limit == timedelta(seconds=330)
    assert candidate.answer(3).closed_at is None
    assert candidate.attempt.deadline_at == after(1300 + 60)
    candidate.submit(2, "Two.", at=1100)
    assert candidate.answer(2).time_spent == timedelta(seconds=130)
    assert candidate.open_positions == [3]
    assert added(candidate) == [(2, FIVE, "staff", "Network.")]


@pytest.mark.parametrize("timing", [TOTAL, EACH])
def test_an_untimed_attempt_opens_without_a_clock(timing):
    candidate = start_candidate(timing, pace=Pace(time_factor=None))
    candidate.finish(at=10)
    staff.reopen(candidate.pk, FIVE, why="Network.", now=after(1000))
    assert candidate.attempt.is_running
    assert candidate.attempt.deadline_at is None
    assert candidate.open_positions == [1]


def test_after_overtime_it_is_handed_in_at_the_new_bell_and_the_old_text_stays():
    candidate = start_candidate(TOTAL, pace=OVERTIME)
    candidate.save(1, "At the bell.", at=170)
    candidate.settle(at=400)
    assert candidate.attempt.state == "expired"
    staff.reopen(candidate.pk, FIVE, why="Network.", now=after(100_000))
    assert candidate.settle(at=100_300).attempt.state == "expired"
    assert candidate.attempt.finished_at == after(100_300)
    assert candidate.answer(1).text_at_deadline == "At the bell."


def test_nothing_opens_beside_another_running_attempt():
    candidate = start_candidate(TOTAL)
    candidate.finish(at=5)
    transitions.start(candidate.owner, interview_of(1), Pace(), now=after(10))
    with pytest.raises(IllegalTransition, match="another attempt"):
        staff.reopen(candidate.pk, FIVE, why="Network.", now=after(20))
    assert Attempt.objects.running().count() == 1


def test_what_runs_or_was_discarded_cannot_be_opened_again():
    running, discarded = start_candidate(TOTAL), start_candidate(TOTAL)
    discarded.discard(at=5)
    for candidate in (running, discarded):
        with pytest.raises(IllegalTransition):
            staff.reopen(candidate.pk, FIVE, why="Network.", now=after(20))


# --- discarding, regrading ------------------------------------------------------------------


def test_discarding_ends_a_running_attempt_and_says_who():
    candidate = start_candidate(TOTAL)
    candidate.save(1, "One.", at=5)
    staff.discard(candidate.pk, now=after(9))
    attempt = candidate.attempt
    assert (attempt.state, attempt.finish_reason) == ("discarded", "staff")
    assert attempt.finished_at == after(9)
    assert attempt.score is None
    assert candidate.answer(1).text == "One."
    with pytest.raises(IllegalTransition):
        staff.discard(candidate.pk, now=after(10))


def regrade(candidate, counted, *, instead_of="0.5", why="It was wrong."):
    shown = Decimal(instead_of)
    return staff.regrade(candidate.pk, 1, counted, instead_of=shown, why=why, now=after(30))


def half_right():
    """A finished attempt of two questions: one of two points of the first, nothing of the other."""
    candidate = start_candidate(TOTAL, questions=2)
    candidate.save(1, "One.", at=5)
    candidate.finish(at=10)
    candidate.mark(1, [True, False], at=20)
    return candidate


def test_regrading_withdraws_a_point_and_sets_the_share_and_the_score_that_follow():
    candidate = half_right()
    assert regrade(candidate, [True, False]).score == 50
    answer = candidate.answer(1)
    assert (answer.share, candidate.attempt.score) == (1, 50)
    assert (answer.confirmed, answer.counted) == ([True, False], [True, False])
    assert (answer.regraded_at, answer.regrade_note) == (after(30), "It was wrong.")


def test_a_tick_after_a_regrade_keeps_the_regrade():
    candidate = half_right()
    regrade(candidate, [True, False])
    for ticks, score in (([False, False], 0), ([True, False], 50), ([False, True], 0)):
        candidate.mark(1, ticks, at=40)
        assert (candidate.answer(1).counted, candidate.attempt.score) == ([True, False], score)


def test_a_tick_leaves_that_of_a_withdrawn_point_as_it_was():
    candidate = half_right()
    candidate.mark(1, [True, True], at=25)
    regrade(candidate, [True, False], instead_of="1")
    candidate.mark(1, [True, False], at=40)
    assert candidate.answer(1).confirmed == [True, True]


def test_a_suggestion_and_its_confirmation_keep_the_regrade():
    candidate = start_candidate(TOTAL, questions=1)
    candidate.save(1, "One.", at=5)
    candidate.finish(at=10)
    suggest(candidate, [False, True])
    regrade(candidate, [False, True])
    for covered, score in (([True, True], 100), ([True, False], 0), ([False, True], 100)):
        suggest(candidate, covered)
        assert candidate.attempt.score == score
    transitions.confirm(candidate.owner, candidate.pk, now=after(50))
    assert (candidate.answer(1).share, candidate.attempt.score) == (1, 100)


def suggest(candidate, covered):
    found = Suggestion(covered, [{"confidence": 1, "text": None}] * 2, "test-1")
    answer = candidate.answer(1)
    assert transitions.store_suggestion(answer.pk, answer.revision, found)


def test_a_text_written_anew_after_a_regrade_is_scored_by_the_points_that_count():
    candidate = half_right()
    regrade(candidate, [True, False])
    staff.reopen(candidate.pk, timedelta(minutes=1), why="An outage.", now=after(35))
    candidate.save(1, "Two.", at=40, revision=1, sequence=2)
    candidate.finish(at=50)
    assert (candidate.answer(1).share, candidate.answer(1).counted) == (None, [True, False])
    candidate.mark(1, [True, False], at=60)
    assert candidate.attempt.score == 50


def test_when_all_points_count_again_nothing_is_left_withdrawn():
    candidate = half_right()
    regrade(candidate, [True, False])
    regrade(candidate, [True, True], instead_of="1", why="It was right.")
    answer = candidate.answer(1)
    assert (answer.counted, answer.share) == (None, Decimal("0.5"))
    assert answer.regrade_note == "It was right."


@pytest.mark.parametrize("counted", [[False, False], [True], [True, True, False]])
def test_a_regrade_without_a_point_or_of_other_points_changes_nothing(counted):
    candidate = half_right()
    with pytest.raises(ValueError, match=r"key points|argument"):
        regrade(candidate, counted)
    assert (candidate.answer(1).share, candidate.answer(1).counted) == (Decimal("0.5"), None)


def test_what_was_marked_meanwhile_or_runs_is_not_regraded():
    candidate, running = start_candidate(TOTAL), start_candidate(TOTAL)
    candidate.save(1, "One.", at=5)
    candidate.finish(at=10)
    candidate.mark(1, [True, False], at=20)
    for other in (candidate, running):
        with pytest.raises(IllegalTransition):
            regrade(other, [True, False], instead_of="0")
    assert candidate.answer(1).share == Decimal("0.5")


def test_a_preview_attempt_is_never_saved():
    version = interview_of(1).slots.get().question.current_version
    attempt, answer = staff.preview_attempt(version, now=after(0))
    assert attempt.clock([answer]).questions[0].is_open
    assert not Attempt.objects.exists()
