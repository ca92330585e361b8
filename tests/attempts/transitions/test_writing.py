import pytest
from django.core.exceptions import ObjectDoesNotExist

from attempts.rules.lifecycle import State
from attempts.rules.save_verdicts import Verdict
from attempts.transitions.starting import Pace
from tests.attempts.candidate import EACH, TOTAL, after, start_candidate

pytestmark = pytest.mark.django_db


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


def test_choosing_ones_own_text_keeps_the_other_one():
    candidate = start_candidate()
    candidate.save(1, "from here", at=5)
    candidate.save(1, "from there", at=6, writer="writer-2")

    chosen = candidate.save(1, "from there", at=7, writer="writer-2", sequence=2, chosen=True)

    assert (chosen.verdict, candidate.answer(1).text) == (Verdict.ACCEPTED, "from there")
    assert ("other", "from here") in candidate.kept


def test_choosing_with_the_newest_revision_keeps_the_other_one_too():
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


def test_pages_without_a_writer_are_not_taken_for_the_same_one():
    candidate = start_candidate()
    candidate.save(1, "from here", at=5, writer="", sequence=0)
    saved = candidate.save(1, "from there", at=6, writer="", sequence=0)
    assert (saved.verdict, candidate.answer(1).text) == (Verdict.CONFLICT, "from here")


def test_a_writer_who_has_seen_the_other_text_may_write_on():
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


def test_with_one_clock_for_all_any_answer_takes_text_open_or_not():
    candidate = start_candidate(TOTAL)
    assert candidate.save(3, "third", at=5).verdict == Verdict.ACCEPTED


def test_with_per_question_timing_a_later_question_takes_no_text():
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


def test_a_text_for_a_question_that_the_clock_has_just_opened_counts():
    candidate = start_candidate(EACH, 2)
    saved = candidate.save(2, "begun", at=70)
    assert (saved.verdict, candidate.answer(2).text) == (Verdict.ACCEPTED, "begun")
    assert candidate.answer(1).closed_at == after(60)


def test_a_late_text_for_an_earlier_question_learns_that_the_attempt_has_ended():
    candidate = start_candidate(EACH, 2)
    candidate.submit(1, "one", at=10)
    saved = candidate.save(1, "one, and more", at=71, sequence=2)
    assert (saved.verdict, saved.attempt.state) == (Verdict.LATE, State.EXPIRED)


def test_after_handing_in_there_is_no_grace():
    candidate = start_candidate()
    candidate.finish(at=50)
    assert candidate.save(1, "afterthought", at=50).verdict == Verdict.LATE
    assert candidate.kept == [("late", "afterthought")]


@pytest.mark.parametrize("timing", [TOTAL, EACH])
def test_a_discarded_attempt_takes_no_text_and_loses_none(timing):
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


def test_a_position_that_the_attempt_does_not_have_is_an_error():
    candidate = start_candidate()
    for position in (0, 4, 10**12):
        with pytest.raises(ObjectDoesNotExist):
            candidate.save(position, "nowhere", at=5)
        with pytest.raises(ObjectDoesNotExist):
            candidate.submit(position, "nowhere", at=5)
