"""First words and pauses, measured in the time that a question was open."""

from datetime import timedelta

import pytest

from attempts import transitions
from attempts.models import Answer
from attempts.rules.save_verdicts import Verdict
from attempts.transitions.starting import Pace
from tests.attempts.candidate import EACH, OVERTIME, TOTAL, after, start_candidate

pytestmark = pytest.mark.django_db


def pace(candidate, position: int = 1) -> tuple[float | None, float | None]:
    """Seconds to the first words, and of the longest pause."""
    answer = candidate.answer(position)
    spans = (answer.first_word_after, answer.longest_pause)
    first, pause = (None if span is None else span.total_seconds() for span in spans)
    return first, pause


def write(candidate, position: int, at: float, text: str = "", **how) -> None:
    stored = candidate.answer(position)
    text = text or f"{stored.text} more"
    saved = candidate.save(position, text, at=at, revision=stored.revision, **how)
    assert saved.verdict == Verdict.ACCEPTED


both = pytest.mark.parametrize("timing", [TOTAL, EACH])


@both
def test_an_answer_that_nobody_wrote_has_neither(timing):
    candidate = start_candidate(timing)
    candidate.save(1, "", at=5)
    assert pace(candidate) == (None, None)


@both
def test_the_first_words_count_from_the_opening(timing):
    candidate = start_candidate(timing)
    write(candidate, 1, 12)
    assert pace(candidate) == (12, None)


@both
def test_blanks_and_signs_are_no_words(timing):
    candidate = start_candidate(timing)
    write(candidate, 1, 3, "\n")
    write(candidate, 1, 6, "- ")
    write(candidate, 1, 9, "- an idea")
    assert pace(candidate) == (9, None)


@both
def test_the_longest_time_between_two_new_texts_is_the_pause(timing):
    candidate = start_candidate(timing)
    for at in (5, 8, 33, 40):
        write(candidate, 1, at)
    assert pace(candidate) == (5, 25)


@both
def test_what_stores_nothing_new_ends_no_pause(timing):
    candidate = start_candidate(timing)
    write(candidate, 1, 5, "first")
    candidate.save(1, "first", at=15, sequence=2)  # the same text
    candidate.save(1, "", at=20, automatic=True, revision=1)  # not emptied
    candidate.save(1, "from there", at=25, writer="phone")  # a conflict, kept aside
    write(candidate, 1, 35, sequence=3)
    assert pace(candidate) == (5, 30)


@both
def test_a_text_that_comes_with_a_button_counts(timing):
    candidate = start_candidate(timing)
    write(candidate, 1, 5, "first")
    candidate.submit(1, "first, and more", at=30, revision=1)
    assert pace(candidate) == (5, 25)
    candidate.skip(2, "said after all", at=41)
    assert pace(candidate, 2) == (11, None)


def test_the_text_that_is_sent_on_leaving_counts():
    candidate = start_candidate(TOTAL)
    candidate.move(1, 2, at=20, text="said")
    assert pace(candidate) == (20, None)


@both
def test_the_time_before_submitting_is_no_pause(timing):
    candidate = start_candidate(timing)
    write(candidate, 1, 5, "first")
    candidate.submit(1, "first", at=50)
    assert pace(candidate) == (5, None)


def test_with_one_clock_for_all_only_the_time_in_the_question_counts():
    candidate = start_candidate(TOTAL, seconds_each=600)
    candidate.move(1, 2, at=10)  # looked at for ten seconds
    candidate.move(2, 1, at=100)
    write(candidate, 1, 107, "first")
    assert pace(candidate) == (17, None)
    candidate.move(1, 3, at=120, text="first", revision=1)
    candidate.move(3, 1, at=500)
    write(candidate, 1, 504)  # 13 seconds before it was left, and 4 after
    assert pace(candidate) == (17, 17)


def test_with_one_clock_for_all_a_text_may_come_while_another_question_is_open():
    candidate = start_candidate(TOTAL, seconds_each=600)
    candidate.move(1, 2, at=10)
    write(candidate, 1, 90, "from another tab")
    assert pace(candidate) == (10, None)
    write(candidate, 3, 95, "of a question that was never open")
    assert pace(candidate, 3) == (0, None)


def test_each_question_has_its_own_time():
    candidate = start_candidate(EACH)
    candidate.submit(1, "one", at=30)
    write(candidate, 2, 34)
    assert pace(candidate, 2) == (4, None)


def test_a_text_within_the_grace_counts_up_to_the_bell():
    candidate = start_candidate(EACH)
    write(candidate, 1, 40)
    write(candidate, 1, 70, at_bell=True, automatic=True)  # the bell rang at 60
    assert pace(candidate) == (40, 20)
    assert candidate.answer(1).time_spent == timedelta(seconds=60)


def test_a_late_text_changes_nothing():
    candidate = start_candidate(EACH)
    write(candidate, 1, 40)
    candidate.save(1, "too late", at=90, revision=1)
    assert pace(candidate) == (40, None)


@both
def test_overtime_counts_like_other_time(timing):
    candidate = start_candidate(timing, questions=1, pace=OVERTIME)
    write(candidate, 1, 40)
    write(candidate, 1, 100)
    candidate.finish(at=110)
    assert pace(candidate) == (40, 60)


@both
def test_added_time_counts_from_the_opening_too(timing):
    candidate = start_candidate(timing, questions=1)
    write(candidate, 1, 40)
    candidate.add_time(1, at=55)
    write(candidate, 1, 200)
    assert pace(candidate) == (40, 160)


@both
def test_time_after_the_bell_counts_as_the_clock_counts_it(timing):
    """With its own clock the question was open all along; with one for all it was closed."""
    candidate = start_candidate(timing, questions=1)
    write(candidate, 1, 40)
    candidate.settle(at=70)
    candidate.add_time(1, at=80)
    write(candidate, 1, 90)
    assert pace(candidate) == (40, {EACH: 50, TOTAL: 30}[timing])
    candidate.finish(at=100)
    answer = candidate.answer(1)
    assert answer.first_word_after + answer.longest_pause <= answer.time_spent


def test_a_question_that_waits_again_does_not_count_the_wait():
    candidate = start_candidate(EACH)
    candidate.settle(at=60)
    candidate.show(2, at=60)
    write(candidate, 2, 70)
    candidate.add_time(1, at=75)  # question 2 waits, having used 15 seconds
    candidate.submit(1, "one", at=200)
    write(candidate, 2, 203)
    assert pace(candidate, 2) == (10, 8)


def test_without_a_clock_it_is_measured_as_well():
    candidate = start_candidate(EACH, pace=Pace(time_factor=None))
    write(candidate, 1, 500)
    write(candidate, 1, 900)
    assert pace(candidate) == (500, 400)


def test_requests_served_out_of_order_leave_it_within_the_time_spent():
    candidate = start_candidate(EACH)
    write(candidate, 1, 20.2, "first")
    candidate.submit(1, "first", at=20)
    answer = candidate.answer(1)
    assert answer.first_word_after == answer.time_spent == timedelta(seconds=20)


def test_an_emptied_answer_keeps_when_its_first_words_came():
    candidate = start_candidate(EACH)
    write(candidate, 1, 10, "first")
    candidate.submit(1, "", at=30, revision=1)
    assert pace(candidate) == (10, 20)


def test_a_save_of_new_text_still_takes_two_statements(django_assert_num_queries):
    candidate = start_candidate(EACH)
    write(candidate, 1, 10, "first")
    with django_assert_num_queries(4):  # two of them open and close the transaction's savepoint
        candidate.save(1, "first, and more", at=30, revision=1)
    assert Answer.objects.get(attempt=candidate.pk, position=1).saved_at == after(30)
    assert transitions.settle(candidate.owner, candidate.pk, now=after(31)).attempt.is_running
