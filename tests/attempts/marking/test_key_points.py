"""What the pages say of a key point, and in which order."""

import pytest

from attempts.marking.key_points import KeyPoint, key_points_of
from attempts.models import AskedQuestion
from tests.attempts.marking.answers import answered

CLAUSE = "it caches"


def point(suggested=None, evidence=None, ticked=None, **fields) -> KeyPoint:
    met = suggested if ticked is None else ticked
    return KeyPoint(0, "An idea.", met, suggested=suggested, evidence=evidence, **fields)


@pytest.mark.parametrize(
    ("suggested", "evidence", "opposite", "ticked", "state"),
    [
        (True, CLAUSE, None, None, "found"),
        (True, CLAUSE, None, False, "found"),
        (False, CLAUSE, None, None, "unsure"),
        (False, CLAUSE, None, False, "unsure"),
        (False, None, None, None, "not found"),
        (False, None, None, False, "not found"),
        (False, None, None, True, "added by you"),
        (False, CLAUSE, "It is false.", None, "says the opposite?"),
        (False, CLAUSE, "It is false.", False, "says the opposite?"),
        (False, CLAUSE, "It is false.", True, "added by you"),
        (None, None, None, True, ""),
    ],
)
def test_the_state_of_a_key_point(suggested, evidence, opposite, ticked, state):
    assert point(suggested, evidence, ticked, opposite=opposite).state == state


def test_a_point_said_the_opposite_of_is_not_unsure():
    assert point(False, CLAUSE).is_unsure
    assert not point(False, CLAUSE, opposite="It is false.").is_unsure
    assert not point(True, CLAUSE).is_unsure
    assert not point(None, None).is_unsure


@pytest.mark.parametrize("ticked", [None, True, False])
def test_what_is_to_be_decided_comes_first_whatever_is_ticked(ticked):
    kinds = {
        "found": point(True, CLAUSE, ticked),
        "not found": point(False, None, ticked),
        "withdrawn": point(True, CLAUSE, ticked, counts=False),
        "unsure": point(False, CLAUSE, ticked),
        "opposite": point(False, CLAUSE, ticked, opposite="It is false."),
    }
    in_order = sorted(kinds, key=lambda kind: kinds[kind].urgency)
    assert in_order == ["unsure", "opposite", "not found", "found", "withdrawn"]


@pytest.mark.django_db
def test_an_answer_from_before_there_were_opposites_is_read():
    evidence = [{"confidence": 0.9, "text": "Git"}, {"confidence": 0.1, "text": None}]
    answer = answered(suggested=[True, False], evidence=evidence, engine="minilm-2")
    points = key_points_of(AskedQuestion(answer))
    assert [point.state for point in points] == ["found", "not found"]
    assert [point.opposite for point in points] == [None, None]


@pytest.mark.django_db
def test_an_answer_that_nobody_has_checked_has_its_points_all_the_same():
    points = key_points_of(AskedQuestion(answered()))
    assert [(p.number, p.met, p.state, p.said) for p in points] == [
        (1, None, "", None),
        (2, None, "", None),
    ]
