"""The checks of single fields, and that they know the same words and limits as the models."""

import pytest

from questions.formats import fields
from questions.formats.fields.statements import PHRASINGS
from questions.formats.records import PhrasingRecord, QuestionValues, WrongValue
from questions.models import (
    LIST_FIELDS,
    TEXT_FIELDS,
    Difficulty,
    Interview,
    Question,
    Status,
    Topic,
)
from questions.rules import limits


def test_words_are_those_of_the_models():
    assert {choice.label: choice.value for choice in Difficulty} == fields.DIFFICULTIES
    assert tuple(Status.values) == fields.STATUSES
    assert max(Difficulty.values) == limits.MAX_DIFFICULTY


@pytest.mark.parametrize(
    ("model", "field", "longest"),
    [
        (Topic, "slug", limits.MAX_SLUG),
        (Topic, "name", limits.MAX_TOPIC_NAME),
        (Question, "slug", limits.MAX_QUESTION_SLUG),
        (Interview, "slug", limits.MAX_SLUG),
        (Interview, "name", limits.MAX_INTERVIEW_NAME),
    ],
)
def test_limits_are_those_of_the_models(model, field, longest):
    assert model._meta.get_field(field).max_length == longest


def test_there_is_a_check_for_each_value_of_a_row():
    assert set(fields.FIELDS) == set(QuestionValues.__annotations__)


@pytest.mark.parametrize("field", fields.FIELDS)
def test_no_value_says_nothing_or_empties_a_text(field):
    check = fields.QUESTION[field]
    if field == "prompt":
        with pytest.raises(WrongValue, match="is empty"):
            check("")
    else:
        nothing = "" if field in TEXT_FIELDS else () if field in LIST_FIELDS else None
        assert check(None) == check("") == check(" ") == nothing


@pytest.mark.parametrize(
    ("field", "value", "stored"),
    [
        ("slug", " a-B_9 ", "a-B_9"),
        ("slug", "x" * limits.MAX_QUESTION_SLUG, "x" * limits.MAX_QUESTION_SLUG),
        ("topic_name", " Model\n quality ", "Model quality"),
        ("difficulty", " Hard ", 3),
        ("difficulty", 1, 1),
        ("difficulty", "3", 3),
        ("seconds", "1", 1),
        ("seconds", limits.MAX_SECONDS, limits.MAX_SECONDS),
        ("status", " Draft", "draft"),
        ("answer", 2024, "2024"),
        ("answer", "x" * limits.MAX_TEXT + "\n", "x" * limits.MAX_TEXT),
        ("key_points", "One.\n\nTwo.", ("One.", "Two.")),
        ("key_points", ["One\n idea."], ("One idea.",)),
        ("phrasings", [], ()),
        ("phrasings", [{}, {"also_said_as": None}], ()),
        (
            "phrasings",
            [{}, {"also_said_as": [" it\ncaches", "It caches", ""]}],
            (PhrasingRecord(), PhrasingRecord(("it caches",))),
        ),
        (
            "phrasings",
            [{"not_to_be_confused_with": ["it is fast"], "also_said_as": []}],
            (PhrasingRecord(not_to_be_confused_with=("it is fast",)),),
        ),
    ],
)
def test_a_value_as_the_bank_stores_it(field, value, stored):
    assert fields.QUESTION[field](value) == stored


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("seconds", limits.MAX_SECONDS + 1),
        ("seconds", 0),
        ("seconds", "hard"),
        ("seconds", "1_000"),
        ("difficulty", 0),
        ("difficulty", "-1"),
        ("slug", "x" * (limits.MAX_QUESTION_SLUG + 1)),
        ("topic", "x" * (limits.MAX_TOPIC_NAME + 1)),
        ("status", "gone"),
        ("uid", 7),
        ("answer", True),
        ("key_points", 7),
        ("key_points", ["a\0"]),
        ("phrasings", 7),
        ("phrasings", ["it caches"]),
        ("phrasings", {"also_said_as": []}),
        ("phrasings", [{"accept": ["it caches"]}]),
        ("phrasings", [{"also_said_as": "it caches"}]),
        ("phrasings", [{"also_said_as": [1]}]),
        ("phrasings", [{"also_said_as": ["a\0"]}]),
        ("phrasings", [{"also_said_as": ["x" * (limits.MAX_STATEMENT + 1)]}]),
        ("phrasings", [{"also_said_as": ["a"], "not_to_be_confused_with": ["A "]}]),
        ("phrasings", [{}] * 100),
        (
            "phrasings",
            [{"also_said_as": [f"{n} {'x' * 290}" for n in range(20)]}] * 4,
        ),
    ],
)
def test_a_wrong_value_is_told_with_its_fix(field, value):
    with pytest.raises(WrongValue) as refusal:
        fields.QUESTION[field](value)
    assert refusal.value.what
    assert refusal.value.fix[-1] in ".?"


@pytest.mark.parametrize("column", PHRASINGS)
def test_a_column_of_statements_names_their_key_points(column):
    check = fields.COLUMNS[column]
    assert check("2: it caches\n\n 1 :a: b\n2:fast") == {2: ["it caches", "fast"], 1: ["a: b"]}
    for wrong in ("it caches", "0: a", "100: a", "1: a\nb", 7):
        with pytest.raises(WrongValue):
            check(wrong)
