"""A file finds its questions again: by ids of other systems, by old slugs, and while slugs swap."""

import random

import pytest

from questions.exchange.apply import CHUNK, Refused
from questions.exchange.plan import Choices, ImportFile, Outcome, plan_import
from questions.formats import ExchangeFile, ForeignIdRecord
from questions.formats.rows import item, with_repeats_marked
from questions.models import ForeignId, Question, Status
from tests.factories import TopicFactory, published_question
from tests.questions.exchange.imports import (
    RAW,
    file_of,
    mistakes_of,
    plan_of,
    planned,
    run,
    run_bytes,
)

pytestmark = pytest.mark.django_db


def foreign_file(*rows: tuple[str, dict], name: str = "course.xml", **options) -> ImportFile:
    """A file of another system: ids and rows."""
    items = [
        item(f"line {n}", {"topic": "data", **raw}, foreign_id=foreign, title=f"Q{n}")
        for n, (foreign, raw) in enumerate(rows, start=1)
    ]
    return ImportFile(name, ExchangeFile(with_repeats_marked(items)), **options)


# --- ids of other systems -----------------------------------------------------------------------


def test_a_question_is_found_again_by_its_id_elsewhere(data):
    assert run(foreign_file(("A-1", {"prompt": "What is drift?"}))) == 1
    question = Question.objects.get()
    assert [str(known) for known in question.foreign_ids.all()] == ["Moodle: A-1"]
    Question.objects.update(slug="renamed-since")
    reworded = foreign_file(("A-1", {"prompt": "What is meant by drift?"}))
    (row,) = plan_import(reworded).rows
    assert (row.outcome, row.pk) == (Outcome.CHANGED, question.pk)
    run(reworded)
    question.refresh_from_db()
    assert (Question.objects.count(), question.slug) == (1, "renamed-since")
    assert plan_import(reworded).counts["unchanged"] == 1


def test_ids_of_two_systems_are_not_mixed_up(data):
    run(foreign_file(("1", {"prompt": "What is drift?"})))
    other = foreign_file(("1", {"prompt": "What is skew?"}), name="sheet.csv")
    assert plan_import(other).counts["new"] == 1
    named = foreign_file(
        ("1", {"prompt": "What is lag?"}), choices=Choices(source="Moodle: of the east")
    )
    assert plan_import(named).counts["new"] == 1
    run(named)
    assert ForeignId.objects.filter(system="Moodle of the east").count() == 1


def test_a_known_question_gets_its_id_elsewhere_once(data):
    question = published_question(data, prompt="What is drift?")
    file = foreign_file(("A-1", {"prompt": "What is drift?"}))
    (row,) = plan_import(file).rows
    assert [(change.field, change.new) for change in row.changes] == [
        ("foreign_ids", "Moodle: A-1")
    ]
    run(file)
    assert question.foreign_ids.count() == 1
    assert plan_import(file).counts["unchanged"] == 1


def test_two_ids_with_one_prompt_are_two_questions_and_that_is_said(data):
    rows = [(name, {"prompt": "Explain back-pressure."}) for name in ("A-1", "A-2")]
    plan = plan_import(foreign_file(*rows))
    assert (plan.counts["new"], plan.same_prompts) == (2, 2)
    assert "line 2" in plan.rows[0].warnings[0]
    run(foreign_file(*rows))
    assert plan_import(foreign_file(*rows)).counts["unchanged"] == 2


def test_an_id_that_comes_twice_is_wrong_in_both_rows(data):
    rows = [("A-1", {"prompt": "What is drift?"}), ("A-1", {"prompt": "What is skew?"})]
    for row in plan_import(foreign_file(*rows)).rows:
        assert [column for column, _ in mistakes_of(row)] == ["foreign_id"]


def test_an_id_that_another_question_has_is_refused(data):
    run(foreign_file(("A-1", {"prompt": "What is drift?"})))
    other = published_question(data)
    raw = {"uid": str(other.uid), "foreign_ids": ["Moodle: A-1"]}
    ((column, what),) = mistakes_of(planned(raw))
    assert column == "foreign_id"
    assert Question.objects.exclude(pk=other.pk).get().slug in what


def test_an_id_alone_that_leads_to_another_question_is_doubted(data):
    run(foreign_file(("1", {"prompt": "What is drift?"})))
    (row,) = plan_import(foreign_file(("1", {"prompt": "Explain back-pressure in a queue."}))).rows
    assert row.outcome == Outcome.CHANGED
    assert "another source of the ids" in row.warnings[0]


@pytest.mark.parametrize("foreign", ["", " ", "x" * 256])
def test_what_is_no_id_is_not_kept(data, foreign):
    run(foreign_file((foreign, {"prompt": "What is drift?"})))
    assert not ForeignId.objects.exists()


# --- slugs that questions had -------------------------------------------------------------------


def test_a_file_with_an_old_slug_updates_and_does_not_rename_back(data):
    run(file_of(RAW))
    question = Question.objects.get()
    question.slug = "drift-in-data"
    question.save()
    Question.objects.filter(pk=question.pk).update(slug="what-drifts")
    question.refresh_from_db()
    assert question.former_slugs == ["drift", "drift-in-data"]
    for old in question.former_slugs:
        row = planned({**RAW, "slug": old, "seconds": 77, "prompt": "Reworded?"})
        assert (row.pk, row.question.slug) == (question.pk, "what-drifts")
        assert {change.field for change in row.changes} == {"seconds", "prompt"}
        assert "what-drifts" in row.warnings[0]


def test_a_slug_that_somebody_has_now_is_theirs(data):
    first, second = published_question(data), published_question(data)
    old = first.slug
    Question.objects.filter(pk=first.pk).update(slug="moved")
    Question.objects.filter(pk=second.pk).update(slug=old)
    assert planned({"slug": old, "seconds": 7}).pk == second.pk
    Question.objects.filter(pk=second.pk).update(slug="moved-too")
    ((column, what),) = mistakes_of(planned({"topic": "data", "slug": old, "prompt": "Why so?"}))
    assert (column, what) == ("slug", "was that of moved and moved-too")
    prompt = second.current_version.prompt
    assert planned({"slug": old, "prompt": prompt, "seconds": 7}).pk == second.pk


def test_a_slug_that_is_taken_back_is_no_former_one(data):
    question = published_question(data)
    old = question.slug
    for slug in ("a", old):
        Question.objects.filter(pk=question.pk).update(slug=slug)
    question.refresh_from_db()
    assert question.former_slugs == ["a"]


def test_a_new_slug_is_none_that_a_question_had(data):
    run(file_of({**RAW, "slug": None}))
    Question.objects.update(slug="drift")
    row = planned({**RAW, "slug": None, "prompt": "What is drift!"})
    assert row.question.slug == "what-is-drift-2"


# --- slugs that change hands --------------------------------------------------------------------


def renamed(questions: list[Question], slugs: list[str]) -> list[dict]:
    return [
        {"uid": str(question.uid), "slug": slug}
        for question, slug in zip(questions, slugs, strict=True)
    ]


@pytest.mark.parametrize("shift", [1, 2, 4])
def test_slugs_rotate_in_one_import(data, shift):
    questions = [published_question(data) for _ in range(5)]
    slugs = [question.slug for question in questions]
    wanted = slugs[shift:] + slugs[:shift]
    rows = renamed(questions, wanted)
    random.Random(shift).shuffle(rows)
    assert run(file_of(*rows)) == 5
    assert [Question.objects.get(pk=q.pk).slug for q in questions] == wanted
    assert plan_of(*rows).counts["unchanged"] == 5


def test_slugs_swap_across_chunks(data):
    raw = [{**RAW, "slug": f"q{n}", "prompt": f"What is {n}?"} for n in range(CHUNK + 2)]
    run(file_of(*raw))
    questions = list(Question.objects.order_by("pk"))
    wanted = [question.slug for question in questions][::-1]
    run(file_of(*renamed(questions, wanted)))
    assert [q.slug for q in Question.objects.order_by("pk")] == wanted


def test_a_new_question_takes_a_slug_that_is_given_up(data):
    question = published_question(data)
    new = {**RAW, "uid": "817662ef-cc00-429a-a7df-1a928d21f1b3", "slug": question.slug}
    run(file_of(new, *renamed([question], ["moved"])))
    assert Question.objects.get(uid=new["uid"]).slug == question.slug
    assert Question.objects.get(pk=question.pk).slug == "moved"


def test_a_chain_that_ends_at_a_kept_slug_is_wrong_as_a_whole(data):
    first, second, kept = (published_question(data) for _ in range(3))
    rows = renamed([first, second], [second.slug, kept.slug])
    plan = plan_of(*rows)
    assert [row.outcome for row in plan.rows] == [Outcome.WRONG, Outcome.WRONG]
    assert {column for row in plan.rows for column, _ in mistakes_of(row)} == {"slug"}


def test_a_row_that_is_left_out_gives_up_no_slug(data):
    first, second = published_question(data), published_question(data)
    rows = renamed([first, second], [second.slug, "moved"])
    rows[1]["difficulty"] = "none"
    file = file_of(*rows)
    with pytest.raises(Refused):
        run(file)
    assert run(file, valid_rows=True) == 0


# --- the same prompt ----------------------------------------------------------------------------


@pytest.mark.parametrize("status", Status.values)
def test_a_row_that_asks_what_another_asks_says_so(data, status):
    question = published_question(data, prompt="What is drift?")
    Question.objects.filter(pk=question.pk).update(status=status)
    plan = plan_of({**RAW, "prompt": "what is  DRIFT?"})
    assert (plan.counts["new"], plan.same_prompts) == (1, 1)
    assert f"the {status} question {question.slug}" in plan.rows[0].warnings[0]


def test_a_question_that_comes_to_ask_the_same_says_so_and_one_that_did_does_not(data):
    same, other = published_question(data, prompt="What is drift?"), published_question(data)
    Question.objects.update(status=Status.DRAFT)
    plan = plan_of({"uid": str(other.uid), "prompt": "What is drift?"})
    assert plan.same_prompts == 1
    assert plan_of({"uid": str(same.uid), "seconds": 7}).same_prompts == 0
    swapped = [
        {"uid": str(same.uid), "prompt": other.current_version.prompt},
        {"uid": str(other.uid), "prompt": "What is drift?"},
    ]
    assert plan_of(*swapped).same_prompts == 0


# --- by every format ----------------------------------------------------------------------------


def test_foreign_ids_are_read_as_they_are_written(data):
    TopicFactory(slug="ops")
    row = 'uid,slug,topic,prompt,foreign_ids\n,a,data,Why?,"Moodle: A:1\nAnki: x y"\n'
    run_bytes("x.csv", row.encode())
    assert {ForeignIdRecord(k.system, k.foreign_id) for k in ForeignId.objects.all()} == {
        ForeignIdRecord("Moodle", "A:1"),
        ForeignIdRecord("Anki", "x y"),
    }
