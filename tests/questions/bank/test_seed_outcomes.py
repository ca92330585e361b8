"""Rows that a seed wrote before questions and interviews said more keep the hashes they had."""

from dataclasses import replace

import pytest

from questions.bank.seed_outcomes import Outcome, has_hash_with_phrasings, hash_of, outcome_for
from questions.formats import PhrasingRecord
from tests.questions.bank.small_bank import BANK, QUESTIONS

QUESTION, INTERVIEW = QUESTIONS[0], BANK.interviews[0]
WRITTEN_BEFORE = [
    (QUESTION, "b7e211fe4ad127d309bcc26fd4ab063488335026418672a8076baa060f269717"),
    (INTERVIEW, "de2d8ead66ec011d01c5e39473be72b2b0ad5570adc465eb9c7e93ea3cbac1c6"),
    (BANK.topics[0], "9533c47554c1130e1be8b66ef7d35d2d487643a09b70288bdb9e7081ec221781"),
]
WITH_PHRASINGS_BEFORE = "1cf1636cbe13e36a60b1ae113943c5810a5111ab3480bf1ba427427fb4dd136d"
MORE = {
    "short_example": "Briefly.",
    "follow_ups": ("And then?", ""),
    "common_mistakes": ("Saying so.",),
    "sources": ("Somebody: Something",),
}


@pytest.mark.parametrize(("record", "digest"), WRITTEN_BEFORE)
def test_a_row_without_what_came_later_has_the_hash_that_it_had(record, digest):
    assert hash_of(record) == digest


def test_so_has_a_question_from_when_hashes_covered_phrasings():
    said = (PhrasingRecord(("It is said.",), ()), PhrasingRecord())
    assert has_hash_with_phrasings(replace(QUESTION, phrasings=said), WITH_PHRASINGS_BEFORE)
    assert not has_hash_with_phrasings(INTERVIEW, WITH_PHRASINGS_BEFORE)


@pytest.mark.parametrize("name", MORE)
def test_an_untouched_question_gets_what_came_later_and_an_edited_one_is_kept(name):
    newer = replace(QUESTION, **{name: MORE[name]})
    assert outcome_for(newer, QUESTION, hash_of(QUESTION)) == Outcome.UPDATED
    edited = replace(newer, answer="Mine.")
    assert outcome_for(newer, edited, hash_of(QUESTION)) == Outcome.KEPT
    assert outcome_for(newer, newer, hash_of(QUESTION)) == Outcome.UNCHANGED


@pytest.mark.parametrize("change", [{"follow_ups": 1}, {"follow_up_seconds": 45}])
def test_an_untouched_interview_gets_follow_ups_and_an_edited_one_is_kept(change):
    newer = replace(INTERVIEW, **change)
    assert outcome_for(newer, INTERVIEW, hash_of(INTERVIEW)) == Outcome.UPDATED
    assert outcome_for(INTERVIEW, newer, hash_of(INTERVIEW)) == Outcome.KEPT
