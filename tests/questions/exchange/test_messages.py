"""Messages that an editor can act on, whatever format the file has."""

import json

import pytest

from questions.formats import FORMATS, Item
from questions.formats.fields import COLUMNS, FIELDS, meant_by
from questions.formats.fields.places import GIFT, MOODLE
from questions.formats.rows import item, with_repeats_marked
from questions.models import Question, Status
from tests.factories import published_question
from tests.questions.exchange.imports import mistakes_of, plan_file, plan_of
from tests.questions.large_bank import many_questions, many_topics

pytestmark = pytest.mark.django_db
PROMPT = "Explain back-pressure."


def moodle(*names: str, text: str = PROMPT) -> bytes:
    questions = "".join(
        f'<question type="essay"><name><text>{name}</text></name>'
        f'<questiontext format="html"><text>{text}</text></questiontext></question>\n'
        for name in names
    )
    return f"<quiz>\n{questions}</quiz>".encode()


FILES = {
    "x.xml": moodle("A", "B"),
    "x.gift": f"::A:: {PROMPT} {{}}\n\n::B:: {PROMPT} {{}}\n".encode(),
    "x.csv": f"prompt\n{PROMPT}\n{PROMPT}\n".encode(),
    "x.json": json.dumps({"questions": [{"prompt": PROMPT}] * 2}).encode(),
}


@pytest.mark.parametrize("name", FILES)
def test_the_same_prompt_twice_names_both_rows_and_what_can_be_done(name, data):
    rows = plan_file(name, FILES[name], fallback_topic=data).rows
    for row, other in (rows, rows[::-1]):
        (mistake,) = row.mistakes
        assert mistake.column == "prompt"
        assert f"at {other.place}" in mistake.what
        assert "slug" not in str(mistake)
        assert "reword it" in mistake.fix
        if name in ("x.xml", "x.gift"):
            assert all(f"“{title}”" in mistake.what for title in "AB")
            assert mistake.where == "question text"


def test_two_rows_about_one_question_name_each_other_and_the_question(data):
    question = published_question(data, prompt=PROMPT)
    Question.objects.filter(pk=question.pk).update(slug="back-pressure")
    rows = plan_of({"uid": str(question.uid)}, {"slug": "back-pressure"}).rows
    for row, other in (rows, rows[::-1]):
        ((_, what),) = mistakes_of(row)
        assert other.place in what
        assert "back-pressure" in what


@pytest.mark.parametrize("field", ["uid", "slug", "foreign_id"])
def test_what_identifies_two_rows_is_a_mistake_in_both(field, data):
    value = "817662ef-cc00-429a-a7df-1a928d21f1b3"
    own = {"foreign_id": value} if field == "foreign_id" else {}
    said = {} if own else {field: value}
    rows = [item(f"row {n}", {"prompt": f"{n}?", **said}, **own) for n in (2, 3)]
    first, second = with_repeats_marked(rows)
    assert [m.column for m in first.mistakes] == [m.column for m in second.mistakes] == [field]
    assert "row 3" in first.mistakes[0].what


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        *[(field, field) for field in FIELDS],
        ("anwser", "answer"),
        ("Key Points", "key_points"),
        ("how-to-answer", "how_to_answer"),
        ("question", "prompt"),
        ("model_answer", "answer"),
        ("level", "difficulty"),
        ("tags", ""),
        ("source", ""),
        ("author", ""),
        ("id", ""),
        ("notes", ""),
    ],
)
def test_a_field_is_guessed_only_where_the_guess_is_good(name, meant):
    assert meant_by(name) == meant


@pytest.mark.parametrize("value", ["x", ["a"], {"a": 1}, 7, True])
def test_a_field_that_the_bank_does_not_know_is_not_taken(value):
    row: Item = item("entry 1", {"prompt": "Why?", "tags": value})
    assert (row.mistakes, row.not_taken) == ((), ("field tags",))


def test_an_id_is_one_of_another_system():
    row = item("entry 1", {"prompt": "Why?", "id": 7})
    assert (row.foreign_id, row.mistakes, row.not_taken) == ("7", (), ())


@pytest.mark.parametrize("value", [None, "", [], {}])
def test_an_empty_one_says_nothing(value):
    assert item("entry 1", {"prompt": "Why?", "tags": value}).not_taken == ()


def test_a_mistyped_field_is_a_mistake():
    (mistake,) = item("entry 1", {"prompt": "Why?", "anwser": "So."}).mistakes
    assert (mistake.column, mistake.fix) == ("anwser", "Did you mean answer?")


def test_a_mistake_in_a_foreign_format_says_where_its_field_is(data):
    content = moodle("A").replace(
        b"</question>", b"<tags><tag><text>difficulty:none</text></tag></tags></question>"
    )
    (row,) = plan_file("x.xml", content).rows
    assert {mistake.column: mistake.where for mistake in row.mistakes} == {
        "difficulty": "tag “difficulty:…”",
        "topic": "category, or tag “topic:…”",
    }
    assert str(row.mistakes[0]).startswith("difficulty (tag “difficulty:…”): ")


def test_every_field_has_its_place_in_moodle():
    assert set(MOODLE) == {*COLUMNS, "foreign_id"} - {"foreign_ids"}
    assert set(GIFT) <= set(MOODLE)


@pytest.mark.parametrize("name", FORMATS)
def test_a_published_question_that_loses_its_key_points_says_how_to_go_on(name, data):
    question = published_question(data)
    Question.objects.update(status=Status.PUBLISHED)
    (one,) = many_questions(1)
    emptied = type(one)(
        **{**vars(one), "uid": question.uid, "topic": "data", "key_points": (), "phrasings": ()}
    )
    content = FORMATS[name].write(many_topics(), [emptied])
    plan = plan_file(f"x{FORMATS[name].suffix}", content)
    assert ("key_points", "is empty, and the question is published") in mistakes_of(plan.rows[0])


def test_new_rows_with_nothing_but_a_prompt_are_named_where_others_have_an_answer(data):
    def said(text: str) -> list[str]:
        notes = plan_file("x.csv", text.encode(), fallback_topic=data).notes
        return [note for note in notes if "footer" in note]

    (note,) = said("prompt,answer\nSERVING,\nWhat is a?,One.\nTotal: 1,\n")
    assert "row 2, row 4." in note
    assert said("prompt,answer\nWhat is a?,\nWhat is b?,\n") == []
    known = published_question(data).slug
    assert said(f"slug,prompt,answer\n{known},New words?,\n,What is a?,One.\n") == []
