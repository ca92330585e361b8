from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist

from attempts.models import ClosedBy
from attempts.rules.lifecycle import IllegalTransition, State
from attempts.rules.saves import Verdict
from attempts.transitions.starting import Pace
from tests.attempts.candidate import EACH, OVERTIME, TOTAL, after, start_candidate

pytestmark = pytest.mark.django_db


# --- save -----------------------------------------------------------------------------------


def test_a_save_is_stored_with_revision_writer_and_time():
    candidate = start_candidate()

    saved = candidate.save(1, "first", at=5, sequence=3)

    answer = candidate.answer(1)
    assert saved.verdict == Verdict.ACCEPTED
    assert saved.answer.revision == 1
    assert (answer.text, answer.revision, answer.writer) == ("first", 1, "writer-1")
    assert (answer.sequence, answer.saved_at) == (3, after(5))
    assert candidate.kept == []


def test_a_save_takes_two_statements(django_assert_num_queries):
    candidate = start_candidate()
    with django_assert_num_queries(4):  # two of them open and close the transaction's savepoint
        candidate.save(1, "first", at=5)


def test_a_retry_after_a_lost_reply_changes_nothing():
    candidate = start_candidate()
    candidate.save(1, "first", at=5)
    again = candidate.save(1, "first", at=6)
    assert (again.verdict, again.answer.revision) == (Verdict.ALREADY, 1)
    assert candidate.answer(1).saved_at == after(5)


def test_the_same_writer_goes_on_after_a_lost_reply():
    candidate = start_candidate()
    candidate.save(1, "first", at=5, sequence=1)
    on = candidate.save(1, "first and more", at=6, sequence=2)
    assert (on.verdict, on.answer.revision) == (Verdict.ACCEPTED, 2)


def test_an_older_save_that_arrives_late_changes_nothing():
    candidate = start_candidate()
    candidate.save(1, "first and more", at=5, sequence=2)
    old = candidate.save(1, "first", at=6, sequence=1)
    assert (old.verdict, old.answer.text) == (Verdict.ALREADY, "first and more")
    assert candidate.kept == []


def test_of_two_writers_the_second_is_kept_aside():
    candidate = start_candidate()
    candidate.save(1, "from here", at=5)

    saved = candidate.save(1, "from there", at=6, writer="writer-2")

    assert (saved.verdict, saved.answer.text) == (Verdict.CONFLICT, "from here")
    assert (candidate.answer(1).text, candidate.answer(1).revision) == ("from here", 1)
    assert candidate.kept == [("other", "from there")]


def test_a_text_that_goes_on_from_a_kept_one_takes_its_place():
    candidate = start_candidate()
    candidate.save(1, "from here", at=5)
    for at, text in enumerate(["fr", "from", "from there"], start=6):
        candidate.save(1, text, at=at, writer="writer-2", sequence=at)
    assert candidate.kept == [("other", "from there")]


def test_a_text_that_leaves_something_out_is_kept_beside_the_other():
    candidate = start_candidate()
    candidate.save(1, "from here", at=5)
    for at, text in enumerate(["from there", "from th"], start=6):
        candidate.save(1, text, at=at, writer="writer-2", sequence=at)
    assert candidate.kept == [("other", "from there"), ("other", "from th")]


def test_the_same_text_is_kept_once():
    candidate = start_candidate()
    candidate.save(1, "from here", at=5)
    for at in (6, 7, 8):
        candidate.save(1, "from there", at=at, writer=f"writer-{at}")
    assert candidate.kept == [("other", "from there")]


def test_who_chooses_the_own_text_keeps_the_other_one():
    candidate = start_candidate()
    candidate.save(1, "from here", at=5)
    candidate.save(1, "from there", at=6, writer="writer-2")

    chosen = candidate.save(1, "from there", at=7, writer="writer-2", sequence=2, chosen=True)

    assert (chosen.verdict, candidate.answer(1).text) == (Verdict.ACCEPTED, "from there")
    assert ("other", "from here") in candidate.kept


def test_who_chooses_with_the_newest_revision_keeps_the_other_one_too():
    candidate = start_candidate()
    candidate.save(1, "from here", at=5)
    candidate.save(1, "from there", at=6, writer="writer-2")
    candidate.save(1, "from there", at=7, writer="writer-2", revision=1, chosen=True)
    assert candidate.answer(1).text == "from there"
    assert ("other", "from here") in candidate.kept


def test_a_save_overtaken_by_a_return_to_the_stored_text_does_not_come_back():
    candidate = start_candidate()
    candidate.save(1, "first", at=5, sequence=1)
    candidate.save(1, "first", at=7, sequence=3)
    overtaken = candidate.save(1, "first, mistyped", at=8, sequence=2)
    assert (overtaken.verdict, candidate.answer(1).text) == (Verdict.ALREADY, "first")


def test_pages_that_do_not_say_who_they_are_are_not_taken_for_one():
    candidate = start_candidate()
    candidate.save(1, "from here", at=5, writer="", sequence=0)
    saved = candidate.save(1, "from there", at=6, writer="", sequence=0)
    assert (saved.verdict, candidate.answer(1).text) == (Verdict.CONFLICT, "from here")


def test_who_has_seen_the_other_text_may_write_on():
    candidate = start_candidate()
    candidate.save(1, "from here", at=5)
    saved = candidate.save(1, "from here, and on", at=6, writer="writer-2", revision=1)
    assert saved.verdict == Verdict.ACCEPTED
    assert candidate.kept == []


@pytest.mark.parametrize("blank", ["", "  \n\t"])
def test_an_automatic_save_empties_nothing(blank):
    candidate = start_candidate()
    candidate.save(1, "first", at=5)
    saved = candidate.save(1, blank, at=6, sequence=2, automatic=True)
    assert (saved.verdict, candidate.answer(1).text) == (Verdict.NOT_EMPTIED, "first")


def test_a_person_may_empty_an_answer():
    candidate = start_candidate()
    candidate.save(1, "first", at=5)
    candidate.save(1, "", at=6, sequence=2)
    assert candidate.answer(1).text == ""


def test_any_answer_of_one_clock_takes_text_open_or_not():
    candidate = start_candidate(TOTAL)
    assert candidate.save(3, "third", at=5).verdict == Verdict.ACCEPTED


def test_with_a_clock_each_a_question_still_to_come_takes_no_text():
    candidate = start_candidate(EACH)
    assert candidate.save(2, "too early", at=5).verdict == Verdict.LATE
    assert candidate.answer(2).text == ""
    assert candidate.kept == [("late", "too early")]


@pytest.mark.parametrize("timing", [TOTAL, EACH])
@pytest.mark.parametrize(
    ("late_by", "verdict"),
    [(0, Verdict.ACCEPTED), (15, Verdict.ACCEPTED), (15.000001, Verdict.LATE)],
)
def test_the_grace_of_the_bell(timing, late_by, verdict):
    candidate = start_candidate(timing, 1, seconds_each=60)
    candidate.save(1, "in time", at=59)

    saved = candidate.save(1, "in time, nearly", at=60 + late_by, sequence=2)

    assert saved.verdict == verdict
    assert saved.attempt.state == State.EXPIRED
    assert candidate.attempt.finished_at == after(60)
    late = verdict == Verdict.LATE
    assert candidate.answer(1).text == ("in time" if late else "in time, nearly")
    assert candidate.kept == ([("late", "in time, nearly")] if late else [])


def test_a_text_in_the_grace_counts_while_the_next_question_is_open_already():
    candidate = start_candidate(EACH, 2)
    saved = candidate.save(1, "just before the bell", at=70)
    assert saved.verdict == Verdict.ACCEPTED
    assert candidate.open_positions == [2]
    assert candidate.answer(2).opened_at == after(60)


def test_after_handing_in_there_is_no_grace():
    candidate = start_candidate()
    candidate.finish(at=50)
    assert candidate.save(1, "afterthought", at=50).verdict == Verdict.LATE
    assert candidate.kept == [("late", "afterthought")]


@pytest.mark.parametrize("timing", [TOTAL, EACH])
def test_what_was_thrown_away_takes_no_text_and_loses_none(timing):
    candidate = start_candidate(timing, 1)
    candidate.save(1, "before", at=5)
    candidate.discard(at=10)
    for act in (candidate.save, candidate.submit, candidate.skip):
        saved = act(1, "before, and after", at=11, sequence=2)
        assert (saved.verdict, saved.attempt.state) == (Verdict.LATE, State.DISCARDED)
    assert candidate.answer(1).text == "before"
    assert candidate.kept == [("late", "before, and after")]


def test_a_text_changed_in_added_time_is_not_scored_by_the_ticks_of_the_old_one():
    candidate = start_candidate(TOTAL, 2)
    candidate.save(1, "first", at=5)
    candidate.save(2, "second", at=6)
    for position in (1, 2):
        candidate.mark(position, [True, True], at=121)
    candidate.add_time(1, at=130)
    candidate.save(1, "first, and more", at=140, sequence=2)
    candidate.finish(at=150)
    assert [candidate.answer(p).confirmed for p in (1, 2)] == [None, [True, True]]
    assert candidate.attempt.score == 50


def test_without_a_clock_text_counts_whenever_it_comes():
    for timing in (TOTAL, EACH):
        candidate = start_candidate(timing, pace=Pace(time_factor=None))
        assert candidate.save(1, "next year", at=366 * 86_400).verdict == Verdict.ACCEPTED
        assert candidate.attempt.is_running


def test_a_text_in_the_grace_takes_back_the_score_of_the_old_one():
    candidate = start_candidate(TOTAL, 1)
    candidate.save(1, "first", at=5)
    candidate.mark(1, [True, True], at=61)
    assert candidate.attempt.score == 100
    candidate.save(1, "first, and more", at=62, sequence=2)
    assert candidate.attempt.score is None
    assert candidate.answer(1).confirmed is None


def test_a_position_that_is_not_there_is_nobodys():
    candidate = start_candidate()
    for position in (0, 4, 10**12):
        with pytest.raises(ObjectDoesNotExist):
            candidate.save(position, "nowhere", at=5)
        with pytest.raises(ObjectDoesNotExist):
            candidate.submit(position, "nowhere", at=5)


# --- overtime -------------------------------------------------------------------------------


@pytest.mark.parametrize("timing", [TOTAL, EACH])
def test_overtime_keeps_what_stood_at_the_bell_and_goes_on(timing):
    candidate = start_candidate(timing, 1, pace=OVERTIME)
    candidate.save(1, "at the bell", at=59)

    saved = candidate.save(1, "at the bell, and on", at=90, sequence=2)

    answer = candidate.answer(1)
    assert (saved.verdict, saved.attempt.state) == (Verdict.ACCEPTED, State.RUNNING)
    assert (answer.text_at_deadline, answer.text) == ("at the bell", "at the bell, and on")


def test_what_the_page_held_at_the_bell_is_what_stood_at_the_bell():
    candidate = start_candidate(TOTAL, 1, pace=OVERTIME)
    candidate.save(1, "saved", at=50)
    candidate.save(1, "saved, and typed since", at=61, sequence=2, automatic=True, at_bell=True)
    assert candidate.answer(1).text_at_deadline == "saved, and typed since"


def test_after_the_grace_nothing_changes_what_stood_at_the_bell():
    candidate = start_candidate(TOTAL, 1, pace=OVERTIME)
    candidate.save(1, "saved", at=50)
    candidate.save(1, "much later", at=76, sequence=2, at_bell=True)
    assert (candidate.answer(1).text_at_deadline, candidate.answer(1).text) == (
        "saved",
        "much later",
    )


def test_the_bell_of_the_next_question_is_not_that_of_the_last_one():
    candidate = start_candidate(EACH, 2, seconds_each=10, pace=OVERTIME)
    candidate.save(1, "at the bell", at=9)
    candidate.settle(at=20)  # overtime is over, and the second question's bell rings at 30
    candidate.save(1, "in overtime", at=32, sequence=2, at_bell=True)
    assert (candidate.answer(1).text_at_deadline, candidate.answer(1).text) == (
        "at the bell",
        "in overtime",
    )


@pytest.mark.parametrize("timing", [TOTAL, EACH])
def test_overtime_ends_after_as_much_time_again(timing):
    candidate = start_candidate(timing, 1, pace=OVERTIME)
    candidate.save(1, "at the bell", at=59)
    assert candidate.settle(at=119.9).attempt.is_running
    assert candidate.settle(at=500).attempt.state == State.EXPIRED
    assert candidate.attempt.finished_at == after(120)
    assert candidate.answer(1).text_at_deadline == "at the bell"


def test_with_one_clock_every_answers_text_at_the_bell_is_kept():
    candidate = start_candidate(TOTAL, 3, pace=OVERTIME)
    candidate.save(1, "one", at=10)
    candidate.save(3, "three", at=20)
    candidate.settle(at=181)
    assert [candidate.answer(p).text_at_deadline for p in (1, 2, 3)] == ["one", "", "three"]


def test_who_finishes_before_the_bell_has_no_overtime():
    candidate = start_candidate(TOTAL, 1, pace=OVERTIME)
    candidate.save(1, "done", at=10)
    candidate.finish(at=20)
    assert candidate.answer(1).text_at_deadline is None


# --- submit, skip, move, flag ---------------------------------------------------------------


def test_submit_stores_closes_and_opens_the_next_one_at_once():
    candidate = start_candidate(EACH, 3)

    saved = candidate.submit(1, "done", at=20)

    first, second = candidate.answer(1), candidate.answer(2)
    assert saved.verdict == Verdict.ACCEPTED
    assert (first.text, first.closed_at) == ("done", after(20))
    assert (first.closed_by, first.time_spent) == (ClosedBy.SUBMITTED, timedelta(seconds=20))
    assert second.opened_at == after(20)
    assert candidate.attempt.deadline_at == after(140)


def test_submitting_the_last_question_of_a_clock_each_hands_in():
    candidate = start_candidate(EACH, 2)
    candidate.submit(1, "one", at=20)
    saved = candidate.submit(2, "two", at=50)
    assert (saved.attempt.state, saved.attempt.finish_reason) == (State.SUBMITTED, "submitted")
    assert candidate.attempt.finished_at == after(50)
    assert candidate.answer(2).closed_by == ClosedBy.SUBMITTED


def test_submitting_the_last_question_of_one_clock_stays_there():
    candidate = start_candidate(TOTAL, 2)
    candidate.submit(1, "one", at=20)
    saved = candidate.submit(2, "two", at=50)
    assert saved.attempt.is_running
    assert candidate.open_positions == [2]


def test_a_second_submit_does_not_skip_a_question():
    for timing in (TOTAL, EACH):
        candidate = start_candidate(timing, 3)
        candidate.submit(1, "done", at=20)
        candidate.submit(1, "done", at=20.01)
        assert candidate.open_positions == [2]


def test_skip_goes_on_and_keeps_what_stands_in_the_box():
    candidate = start_candidate(EACH, 2)
    candidate.skip(1, "a beginning", at=20)
    assert (candidate.answer(1).text, candidate.answer(1).closed_by) == (
        "a beginning",
        ClosedBy.SKIPPED,
    )
    assert candidate.open_positions == [2]


def test_submit_after_the_bell_counts_in_the_grace_and_does_not_skip_the_next_question():
    candidate = start_candidate(EACH, 3)
    saved = candidate.submit(1, "just before the bell", at=61)
    assert saved.verdict == Verdict.ACCEPTED
    assert candidate.answer(1).closed_by == ClosedBy.DEADLINE
    assert candidate.open_positions == [2]


def test_submit_with_a_conflict_waits_for_the_choice():
    for timing in (TOTAL, EACH):
        candidate = start_candidate(timing, 2)
        candidate.save(1, "from here", at=5)
        saved = candidate.submit(1, "from there", at=6, writer="writer-2")
        assert saved.verdict == Verdict.CONFLICT
        assert candidate.open_positions == [1]
        assert candidate.kept == [("other", "from there")]


def test_submit_with_one_clock_comes_back_to_the_same_question_as_it_was():
    candidate = start_candidate(TOTAL, 3)
    candidate.submit(1, "one", at=20)
    candidate.move(2, 1, at=50)
    candidate.settle(at=181)
    assert candidate.answer(1).closed_by == ClosedBy.DEADLINE
    assert candidate.answer(1).time_spent == timedelta(seconds=20 + 130)
    assert candidate.answer(2).time_spent == timedelta(seconds=30)


def test_submit_when_all_is_over_keeps_the_text():
    candidate = start_candidate(TOTAL, 1)
    saved = candidate.submit(1, "far too late", at=300)
    assert (saved.verdict, saved.attempt.state) == (Verdict.LATE, State.EXPIRED)
    assert candidate.kept == [("late", "far too late")]


def test_move_stores_the_text_and_opens_any_question():
    candidate = start_candidate(TOTAL, 3)
    saved = candidate.move(1, 3, at=20, text="so far")
    assert saved.verdict == Verdict.ACCEPTED
    assert (candidate.answer(1).text, candidate.open_positions) == ("so far", [3])
    assert candidate.answer(1).time_spent == timedelta(seconds=20)


def test_moving_to_where_one_is_changes_no_clock():
    candidate = start_candidate(TOTAL, 3)
    candidate.move(1, 1, at=20)
    assert candidate.answer(1).opened_at == after(0)


def test_moving_is_refused_with_a_clock_each():
    candidate = start_candidate(EACH, 3)
    with pytest.raises(IllegalTransition):
        candidate.move(1, 2, at=20)
    assert candidate.open_positions == [1]


def test_moving_to_a_question_that_is_not_there_changes_nothing():
    candidate = start_candidate(TOTAL, 3)
    with pytest.raises(ObjectDoesNotExist):
        candidate.move(1, 9, at=20)
    assert candidate.open_positions == [1]


def test_moving_after_the_end_leads_nowhere_and_keeps_the_text():
    candidate = start_candidate(TOTAL, 3)
    saved = candidate.move(1, 2, at=300, text="late")
    assert saved.attempt.state == State.EXPIRED
    assert candidate.kept == [("late", "late")]


def test_a_flag_is_set_and_taken_back():
    candidate = start_candidate(TOTAL, 3)
    candidate.flag(2, True, at=5)
    assert candidate.answer(2).flagged
    candidate.flag(2, False, at=6)
    assert not candidate.answer(2).flagged


def test_a_finished_attempt_takes_no_flag():
    candidate = start_candidate(TOTAL, 3)
    candidate.finish(at=5)
    with pytest.raises(IllegalTransition):
        candidate.flag(2, True, at=6)
    assert not candidate.answer(2).flagged
