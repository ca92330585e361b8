"""What Answer.search has: the words of the text as it is, from the moment the attempt ends."""

from datetime import timedelta

import pytest

from attempts.models import Answer
from attempts.models.searching import query_for
from attempts.transitions import staff
from tests.attempts.candidate import EACH, OVERTIME, TOTAL, after, start_candidate

pytestmark = pytest.mark.django_db
TEN = timedelta(seconds=10)


def found(words: str) -> list[int]:
    """The positions of the answers that a search finds."""
    rows = Answer.objects.filter(search=query_for(words)).order_by("position")
    return list(rows.values_list("position", flat=True))


def test_a_running_attempt_has_nothing_to_search(django_assert_num_queries):
    candidate = start_candidate()
    with django_assert_num_queries(4):  # as before: locked and read, written, in a savepoint
        candidate.save(1, "A gradient.", at=5)
    assert candidate.answer(1).search is None


@pytest.mark.parametrize("timing", [TOTAL, EACH])
def test_finishing_makes_every_answer_searchable(timing):
    candidate = start_candidate(timing, 3)
    candidate.save(1, "Gradients explode.", at=5)
    candidate.finish(at=20)
    assert found("gradient") == [1]
    assert candidate.answer(2).search is None  # nothing in it can be found


def test_submitting_the_last_question_does():
    candidate = start_candidate(EACH, 1)
    candidate.submit(1, "Gradients explode.", at=5)
    assert found("gradient") == [1]


def test_the_clock_does():
    candidate = start_candidate(TOTAL)
    candidate.save(1, "Gradients explode.", at=5)
    candidate.settle(at=500)
    assert found("gradient") == [1]


def test_discarding_does_because_its_owner_can_still_read_it():
    candidate = start_candidate(TOTAL)
    candidate.save(1, "Gradients explode.", at=5)
    candidate.discard(at=20)
    assert found("gradient") == [1]


def test_staff_discarding_does():
    candidate = start_candidate(TOTAL)
    candidate.save(1, "Gradients explode.", at=5)
    staff.discard(candidate.pk, now=after(20))
    assert found("gradient") == [1]


@pytest.mark.parametrize("timing", [TOTAL, EACH])
def test_a_text_that_left_the_browser_in_time_is_found_instead(timing):
    candidate = start_candidate(timing, 1, seconds_each=60)
    candidate.save(1, "Gradients explode.", at=5)
    candidate.settle(at=61)
    candidate.save(1, "Batches are small.", at=65, revision=1, sequence=2)
    assert candidate.attempt.state == "expired"
    assert (found("gradient"), found("batch")) == ([], [1])


def test_of_a_discarded_attempt_too():
    candidate = start_candidate(EACH, 2, seconds_each=60)
    candidate.save(1, "Gradients explode.", at=5)
    candidate.settle(at=61)  # the first question is closed by the clock, the second is open
    candidate.discard(at=62)
    candidate.save(1, "Batches are small.", at=65, revision=1, sequence=2)
    assert candidate.answer(1).text == "Batches are small."
    assert (found("gradient"), found("batch")) == ([], [1])


def test_what_was_handed_in_blank_after_both_were_shown_is_not_found():
    candidate = start_candidate(TOTAL)
    candidate.save(1, "Gradients explode.", at=5)
    candidate.settle(at=181)
    candidate.save(1, "", at=182, revision=1, sequence=2, chosen=True)
    assert candidate.answer(1).text == ""
    assert candidate.answer(1).search is None
    assert found("-batch") == []


def test_overtime_counts_when_it_ends():
    candidate = start_candidate(TOTAL, pace=OVERTIME)
    candidate.save(1, "Gradients explode.", at=5)
    candidate.save(1, "Batches are small.", at=200, revision=1, sequence=2)
    assert found("batch") == []
    candidate.finish(at=220)
    assert (found("gradient"), found("batch")) == ([], [1])


def test_after_more_time_the_words_are_those_of_the_new_end():
    candidate = start_candidate(TOTAL)
    candidate.save(1, "Gradients explode.", at=5)
    candidate.settle(at=185)
    candidate.add_time(1, at=190)
    candidate.save(1, "Batches are small.", at=200, revision=1, sequence=2)
    candidate.finish(at=220)
    assert (found("gradient"), found("batch")) == ([], [1])


def test_after_staff_opened_it_again_too():
    candidate = start_candidate(TOTAL)
    candidate.save(1, "Gradients explode.", at=5)
    candidate.finish(at=20)
    staff.reopen(candidate.pk, timedelta(minutes=5), why="Fire drill.", now=after(600))
    candidate.save(1, "Batches are small.", at=610, revision=1, sequence=2)
    candidate.finish(at=620)
    assert (found("gradient"), found("batch")) == ([], [1])


def test_the_longest_answer_is_no_failure():
    candidate = start_candidate(TOTAL)
    words = " ".join(f"w{number:x}" for number in range(4_000))
    candidate.save(1, words[:20_000], at=5)
    candidate.save(2, "x" * 20_000, at=6)
    candidate.finish(at=20)
    assert found("wabc") == [1]


TEXT = (
    "A KV-cache holds keys; p99 latency fell to 10ms. We split train/test, call model.fit() and"
    " log snake_case names. List<String> stays in it."
)


@pytest.mark.parametrize(
    "words",
    [
        *("kv-cache", "KV cache", "cache", "caching", "p99", "10ms", "test", "train/test", "fit"),
        *("model.fit", "snake", "snake_case", "string", '"holds keys"', "cache -gpu", "gpu or p99"),
        *("holding key", "“train test”"),
    ],
)
def test_words_are_found_as_people_write_them(words):
    candidate = start_candidate(TOTAL)
    candidate.save(2, TEXT, at=5)
    candidate.finish(at=20)
    assert found(words) == [2]


@pytest.mark.parametrize(
    "words", ["gpu", "cache -p99", '"keys holds"', "p9", "the", "", "-", "a:*"]
)
def test_and_only_these(words):
    candidate = start_candidate(TOTAL)
    candidate.save(2, TEXT, at=5)
    candidate.finish(at=20)
    assert found(words) == []
