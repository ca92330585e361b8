from decimal import Decimal

import pytest

from attempts.rules.draw import Prefer
from attempts.start_forms import DrawForm, StartForm
from attempts.transitions.starting import Pace
from questions.models import Interview


def test_a_start_without_choices_is_as_the_interview_has_it():
    form = StartForm({}, interview=Interview())
    assert form.is_valid()
    assert form.pace(Interview(think_seconds=20)) == Pace(Decimal(1), 20, "hand_in")


def test_a_start_with_choices():
    chosen = {"time_factor": "1.25", "think_seconds": "0", "at_deadline": "overtime"}
    form = StartForm(chosen, interview=Interview())
    assert form.is_valid()
    assert form.pace(Interview(think_seconds=20)) == Pace(Decimal("1.25"), 0, "overtime")
    form = StartForm({"time_factor": "none"}, interview=Interview())
    assert form.is_valid()
    assert form.pace(Interview()).time_factor is None


@pytest.mark.parametrize(
    ("sent", "prefer"),
    [({}, Prefer.UNSEEN), ({"prefer": "weak"}, Prefer.WEAK), ({"prefer": "any"}, Prefer.UNSEEN)],
)
def test_what_a_draw_takes_first(sent, prefer):
    assert DrawForm(sent, weak=2).chosen() == prefer
