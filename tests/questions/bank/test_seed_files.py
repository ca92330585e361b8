"""Several bank files are seeded as one; those that are shipped."""

import json
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command

from questions.formats import joined, read_bank
from questions.management.commands.seed_questions import CORE_BANK, SHIPPED_BANKS
from questions.models import Interview, Question, Topic
from tests.questions.bank.small_bank import state

pytestmark = pytest.mark.django_db

TOPICS = [{"slug": "later", "name": "Later"}]


def bank_file(folder, name, **sections):
    path = folder / name
    path.write_text(json.dumps(sections))
    return path


def question_of(number, **values) -> dict:
    texts = dict.fromkeys(("answer", "how_to_answer", "example_answer"), "So.")
    known = {"uid": str(UUID(int=number)), "slug": f"q{number}", "topic": "data", "seconds": 90}
    more = {"difficulty": 1, "prompt": f"What is {number}?", "key_points": ["One.", "Two."]}
    return known | texts | more | values


@pytest.fixture
def two_files(tmp_path):
    """The second has a topic of its own, a question of a topic of the first, and an interview."""
    slots = [{"question": "q1"}, {"topic": "later"}]
    named = {"slug": "mixed", "name": "Mixed", "timing": "per_question", "slots": slots}
    first = {"topics": [{"slug": "data", "name": "Data"}], "questions": [question_of(1)]}
    first["interviews"] = [named | {"slug": "first", "name": "First", "slots": [{}]}]
    second = {"topics": TOPICS, "questions": [question_of(2), question_of(3, topic="later")]}
    return [
        bank_file(tmp_path, "first.yaml", **first),
        bank_file(tmp_path, "second.yaml", **second, interviews=[named | {"follow_ups": 1}]),
    ]


def test_what_is_in_the_second_file_comes_after_the_first(two_files, capsys):
    call_command("seed_questions", *two_files)
    for model, names in ((Topic, "data later"), (Question, "q1 q2 q3"), (Interview, "first mixed")):
        rows = model.objects.order_by("position").values_list("slug", "position")
        assert [slug for slug, _ in rows] == names.split()
        assert len({position for _, position in rows}) == len(rows)
    assert Interview.objects.get(slug="mixed").follow_ups == 1
    told = capsys.readouterr().out
    assert "3 questions added" in told
    assert "2 topics added" in told
    before = state()
    call_command("seed_questions", *two_files)
    assert "3 questions unchanged" in capsys.readouterr().out
    assert state() == before


def test_one_file_that_is_missing_or_wrong_writes_nothing_of_the_other(two_files, tmp_path):
    with pytest.raises(CommandError, match=r"nowhere\.yaml"):
        call_command("seed_questions", two_files[0], tmp_path / "nowhere.yaml")
    two_files[1].write_text("questions: [{slug: a}]")
    with pytest.raises(CommandError, match=r"second\.yaml: Questions, entry 1"):
        call_command("seed_questions", *two_files)
    assert state() == [[]] * 5


@pytest.mark.parametrize(
    ("section", "entry"),
    [("questions", question_of(1, slug="else")), ("questions", question_of(9, slug="q1")),
     ("topics", {"slug": "data", "name": "Else"})],
)  # fmt: skip
def test_what_two_files_have_is_refused_with_the_names_of_both(two_files, section, entry):
    two_files[1].write_text(json.dumps({section: [entry]}))
    with pytest.raises(CommandError, match=r"first\.yaml and second\.yaml: .* comes twice"):
        call_command("seed_questions", *two_files)
    assert state() == [[]] * 5


def test_all_shipped_banks_are_there():
    assert SHIPPED_BANKS[0] == CORE_BANK
    assert [bank for bank in SHIPPED_BANKS if not bank.is_file()] == []


def test_the_shipped_banks_seed_all_and_then_nothing(capsys):
    call_command("seed_questions")
    shipped = joined(read_bank(path.read_text(encoding="utf-8")) for path in SHIPPED_BANKS)
    assert Question.objects.published().count() == len(shipped.questions) == 120
    assert Interview.objects.active().count() == len(shipped.interviews)
    assert "120 questions added" in capsys.readouterr().out
    before = state()
    call_command("seed_questions")
    assert "120 questions unchanged" in capsys.readouterr().out
    assert state() == before
