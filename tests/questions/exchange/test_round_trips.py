"""An export that is imported again gives the same bank."""

import dataclasses
import io

import pytest
from django.core.management import call_command

from questions.exchange.export import export_bank
from questions.exchange.plan import ImportFile, plan_import
from questions.formats import FORMATS, PhrasingRecord, TopicRecord, read_file
from questions.models import Question, Status
from tests.questions.exchange.imports import run_bytes
from tests.questions.large_bank import empty_bank, many_questions, many_topics
from tests.questions.spreadsheets import comparable

pytestmark = pytest.mark.django_db


def seeded_bank():
    """A bank of 12 questions: one is published and one its copy, one has everything awkward."""
    awkward = {
        "prompt": '=HYPERLINK("x") & <b>what</b>?',
        "answer": "-1\n\n\t+2  \n@3\n### Key points\n\\### Key points",
        "how_to_answer": "'=quoted\n\n    code, “quotes”, 🙂 שלום\u2028{{ x }} ]]>",
        "example_answer": "### How to answer\n_x0041_ x005F_ #N/A",
        "short_example": "### Sources\n- =1",
        "key_points": ("- dash", "=1+1", "a, b; c", '"quoted"'),
        "follow_ups": ("", "=2: why, and “how”?", "", "🙂 שלום?"),
        "common_mistakes": ("=1+1", "### Key points"),
        "sources": ("@home: <b>Title</b> (https://example.org/a_(b))", '"quoted"'),
        "phrasings": (
            PhrasingRecord(("=1+1", "2: two", "### Key points"), ("- dash",)),
            PhrasingRecord(),
            PhrasingRecord(not_to_be_confused_with=('a; "b", c', "🙂 שלום")),
            PhrasingRecord(),
        ),
    }
    questions = many_questions(12)
    questions[3] = dataclasses.replace(questions[3], **awkward)
    questions[5] = dataclasses.replace(questions[5], prompt=questions[0].prompt)
    data = FORMATS["json"].write([*many_topics(), TopicRecord("empty", "Empty/one")], questions)
    run_bytes("x.json", data)
    Question.objects.filter(slug=questions[0].slug).update(status=Status.PUBLISHED.value)


def hashes() -> dict:
    columns = ("uid", "slug", "topic__slug", "topic__name", "difficulty", "seconds", "phrasings")
    rows = Question.objects.values_list(*columns, "current_version__content_hash")
    return {row[0]: row[1:] for row in rows}


@pytest.mark.parametrize("name", FORMATS)
def test_export_then_import_into_an_empty_database_gives_the_same_content(name):
    seeded_bank()
    before = hashes()
    exported = export_bank(name)
    assert comparable(name, export_bank(name)) == comparable(name, exported)

    empty_bank()
    run_bytes(f"bank{FORMATS[name].suffix}", exported)

    assert hashes() == before
    assert set(Question.objects.values_list("status", flat=True)) == {"draft"}


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_read_again_changes_nothing(name):
    seeded_bank()
    exported = export_bank(name)
    plan = plan_import(ImportFile("f", read_file(f"bank{FORMATS[name].suffix}", exported)))
    assert plan.counts == {"wrong": 0, "new": 0, "changed": 0, "unchanged": 12}
    assert plan.new_topics == ()


def test_chosen_questions_are_exported_with_their_topics_only():
    seeded_bank()
    chosen = Question.objects.filter(slug="question-1-1")
    content = read_file("x.json", export_bank("json", chosen))
    assert [entry.values["slug"] for entry in content.items] == ["question-1-1"]
    assert content.topics == (TopicRecord("field-1", "Field 1"),)


@pytest.mark.parametrize("name", FORMATS)
def test_hazard_34_export_import_export_is_identical(name, tmp_path):
    run_bytes("x.json", FORMATS["json"].write(many_topics(), many_questions(30)))
    file = tmp_path / f"bank{FORMATS[name].suffix}"
    call_command("export_questions", output=file, stderr=io.StringIO())
    exported = file.read_bytes()
    run_bytes(file.name, exported)
    assert comparable(name, export_bank(name)) == comparable(name, exported)

    empty_bank()
    run_bytes(file.name, exported)
    assert comparable(name, export_bank(name)) == comparable(name, exported)
