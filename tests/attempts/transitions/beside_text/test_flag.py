import pytest

from attempts.rules.lifecycle import IllegalTransition
from tests.attempts.candidate import TOTAL, start_candidate

pytestmark = pytest.mark.django_db


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
