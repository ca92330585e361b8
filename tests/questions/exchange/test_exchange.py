"""What an import would do, that it does all of it or nothing, and that an export comes back."""

import dataclasses
import uuid
from time import perf_counter

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from questions.exchange.apply import LOCK, Refused, run_import
from questions.exchange.export import export_bank
from questions.exchange.plan import Change, Outcome, plan_import
from questions.formats import FORMATS, ExchangeFile, TopicRecord, read_file
from questions.formats.checks import item
from questions.models import Question, Status, content_hash
from tests.factories import START, TopicFactory, UserFactory, published_question
from tests.questions.large_bank import empty_bank, many_questions, many_topics

pytestmark = pytest.mark.django_db
UID = "817662ef-cc00-429a-a7df-1a928d21f1b3"
RAW = {"slug": "drift", "topic": "data", "prompt": "What is drift?", "key_points": ["It changes."]}


@pytest.fixture
def data():
    return TopicFactory(slug="data", name="Data")


def file_of(*rows, **options) -> ExchangeFile:
    items = tuple(item(f"row {number}", row) for number, row in enumerate(rows, start=2))
    return ExchangeFile(items, **options)


def planned(*rows, **options):
    """The only row's plan."""
    (row,) = plan_import("bank.csv", file_of(*rows), **options).rows
    return row


def run(content: ExchangeFile, **options):
    return list(run_import("bank.csv", content, now=START, **options))


def mistakes_of(row) -> list[tuple[str, str]]:
    return [(mistake.column, mistake.what) for mistake in row.mistakes]


# --- which question a row is about ----------------------------------------------------------


def test_a_row_with_an_unknown_uid_is_new(data):
    row = planned({**RAW, "uid": UID})
    assert (row.outcome, row.values["uid"]) == (Outcome.NEW, uuid.UUID(UID))


@pytest.mark.parametrize("known_by", ["uid", "slug", "prompt"])
def test_a_question_is_known_by_uid_else_slug_else_prompt(data, known_by):
    question = published_question(data, prompt="What is drift?")
    row = {"uid": str(question.uid), "slug": question.slug, "prompt": "what is  DRIFT?"}
    said = {known_by: row[known_by], "seconds": 77}
    found = planned(said)
    assert found.pk == question.pk
    assert Change("seconds", "180", "77") in found.changes


def test_what_a_file_does_not_say_stays(data):
    question = published_question(data, answer="Fine.")
    row = planned({"uid": str(question.uid), "difficulty": "hard"})
    assert row.changes == (Change("difficulty", "2", "3"),)
    assert row.values["answer"] == "Fine."


def test_a_text_that_differs_only_in_blanks_around_it_is_unchanged(data):
    question = published_question(data, answer="Fine.\n")
    row = planned({"uid": str(question.uid), "answer": "Fine."})
    assert row.outcome == Outcome.UNCHANGED


def test_two_rows_about_one_question_are_both_wrong(data):
    question = published_question(data)
    rows = [{"uid": str(question.uid), "seconds": 60}, {"slug": question.slug, "seconds": 90}]
    plan = plan_import("bank.csv", file_of(*rows))
    assert [row.outcome for row in plan.rows] == [Outcome.WRONG, Outcome.WRONG]


# --- what is wrong --------------------------------------------------------------------------


def test_what_the_bank_has_against_a_row(data):
    other = published_question(data, prompt="What is skew?")
    taken = {**RAW, "uid": UID, "prompt": "What else?", "slug": other.slug}
    assert mistakes_of(planned(taken)) == [("slug", "belongs to another question of the bank")]
    no_prompt = {"uid": UID, "topic": "data"}
    assert mistakes_of(planned(no_prompt)) == [("prompt", "is missing")]
    emptied = {"uid": str(other.uid), "key_points": ""}
    assert mistakes_of(planned(emptied)) == [
        ("key_points", "is empty, and the question is published")
    ]


def test_a_new_question_may_ask_what_another_asks(data):
    published_question(data, prompt="What is drift?")
    assert planned({**RAW, "uid": UID}).outcome == Outcome.NEW
    assert planned(RAW).outcome == Outcome.NEW


def test_a_published_question_does_not_come_to_ask_what_another_asks(data):
    published, other = published_question(data, prompt="What is drift?"), published_question(data)
    reworded = {"uid": str(other.uid), "prompt": "what is  DRIFT?"}
    wrong = [("prompt", f"is that of the published question {published.slug}")]
    row = planned(reworded)
    assert (mistakes_of(row), row.place) == (wrong, "row 2")
    assert row.mistakes[0].fix == "Write another one, or retire one of the two first."
    Question.objects.filter(pk=other.pk).update(status=Status.DRAFT)
    assert planned(reworded).outcome == Outcome.CHANGED


def test_two_that_ask_the_same_already_can_still_be_changed(data):
    twins = [published_question(data, prompt="What is drift?") for _ in range(2)]
    for duplicate in twins:
        again = {"uid": str(duplicate.uid), "prompt": "what is drift?", "seconds": 9}
        assert planned(again).outcome == Outcome.CHANGED


def test_a_file_does_not_make_two_published_questions_ask_the_same(data):
    first, second = published_question(data), published_question(data)
    rows = [{"uid": str(question.uid), "prompt": "Why?"} for question in (first, second)]
    plan = plan_import("bank.csv", file_of(*rows))
    assert [mistakes_of(row) for row in plan.rows] == [
        [],
        [("prompt", f"is that of the published question {first.slug}")],
    ]


def test_a_prompt_that_several_questions_have_names_none_of_them(data):
    twins = [published_question(data, prompt="What is drift?") for _ in range(2)]
    row = planned({**RAW, "slug": None})
    slugs = " and ".join(duplicate.slug for duplicate in twins)
    assert mistakes_of(row) == [("prompt", f"is that of {slugs}")]
    assert row.mistakes[0].fix == "Write the slug or uid of the one that you mean."


def test_a_topic_is_found_by_slug_or_name_or_added_with_both(data):
    assert planned({**RAW, "topic": "DATA"}).values["topic"] == "data"
    assert planned({**RAW, "topic": None, "topic_name": "data"}).values["topic"] == "data"
    plan = plan_import("f", file_of({**RAW, "topic": "ops", "topic_name": "Operations"}))
    assert plan.new_topics == (TopicRecord("ops", "Operations"),)


def test_a_topic_that_there_is_not(data):
    wrong = [("topic", "there is no topic “ops”")]
    assert mistakes_of(planned({**RAW, "topic": "ops"})) == wrong
    named = {**RAW, "topic": "ops", "topic_name": "Operations"}
    assert mistakes_of(planned(named, may_add_topics=False)) == wrong
    clash = {**RAW, "topic": "ops", "topic_name": "DATA"}
    assert mistakes_of(planned(clash)) == [("topic_name", "“DATA” is the topic data already")]
    assert mistakes_of(planned({**RAW, "topic": None})) == [("topic", "is missing")]


def test_new_questions_without_a_topic_take_the_chosen_one(data):
    other = TopicFactory(slug="ops")
    assert planned({**RAW, "topic": None}, fallback_topic=other).values["topic"] == "ops"
    assert planned(RAW, fallback_topic=other).values["topic"] == "data"


def test_a_slug_is_made_of_the_prompt_and_free(data):
    rows = [
        {**RAW, "slug": None},
        {**RAW, "slug": None, "prompt": "What is drift!"},
        {**RAW, "slug": "what-is-drift", "prompt": "Else?"},
    ]
    plan = plan_import("f", file_of(*rows))
    slugs = [row.values["slug"] for row in plan.rows]
    assert slugs == ["what-is-drift-2", "what-is-drift-3", "what-is-drift"]


# --- writing --------------------------------------------------------------------------------


def test_new_questions_arrive_as_drafts_after_the_others(data):
    last = published_question(data)
    author = UserFactory()
    run(file_of({**RAW, "uid": UID, "status": "published"}), author=author)
    question = Question.objects.get(uid=UID)
    version = question.current_version
    assert (question.status, question.position) == (Status.DRAFT, last.position + 1)
    assert (version.number, version.author, version.created_at) == (1, author, START)
    assert version.change_note == "Imported from bank.csv."
    assert version.content_hash == content_hash(version.texts())
    assert LogEntry.objects.get().get_edited_object() == question


def test_changed_texts_become_a_new_version_and_the_status_stays(data):
    question = published_question(data, answer="Old.")
    author = UserFactory()
    row = {"uid": str(question.uid), "answer": "New.", "seconds": "60", "status": "draft"}
    run(file_of(row), author=author)
    question.refresh_from_db()
    version = question.current_version
    assert (question.status, question.seconds) == (Status.PUBLISHED, 60)
    assert (version.number, version.answer, version.author) == (2, "New.", author)
    assert version.content_hash == content_hash(version.texts())
    assert question.versions.get(number=1).answer == "Old."
    assert LogEntry.objects.get().change_message == (
        "Imported from bank.csv. Changed: seconds, answer."
    )


def test_changed_settings_make_no_version(data):
    question = published_question(data)
    run(file_of({"uid": str(question.uid), "slug": "renamed"}))
    question.refresh_from_db()
    assert (question.slug, question.versions.count()) == ("renamed", 1)


def test_one_wrong_row_and_nothing_is_written(data):
    content = file_of(RAW, {**RAW, "slug": "a b", "prompt": "Else?"})
    with pytest.raises(Refused, match=r"1 row\(s\) are wrong"):
        run(content)
    assert not Question.objects.exists()


def test_the_valid_rows_alone_if_that_is_wanted(data):
    run(file_of(RAW, {**RAW, "slug": "a b", "prompt": "Else?"}), valid_rows=True)
    assert [question.slug for question in Question.objects.all()] == ["drift"]


def test_a_bank_that_changed_since_the_preview_is_left_alone(data):
    question = published_question(data, answer="Old.")
    content = file_of({"uid": str(question.uid), "answer": "New."})
    seen = plan_import("bank.csv", content).fingerprint
    other = published_question(data)
    run(content, expected=seen)  # what the file does not touch may change
    question.refresh_from_db()
    assert question.current_version.answer == "New."
    with pytest.raises(Refused, match="changed since the preview"):
        run(content, expected=seen)
    assert other.versions.count() == 1


def test_an_import_that_is_left_half_way_writes_nothing(data):
    rows = [{**RAW, "slug": f"q{n}", "prompt": f"What is {n}?"} for n in range(300)]
    steps = run_import("f", file_of(*rows), now=START)
    assert [next(steps).done, next(steps).done] == [0, 250]
    steps.close()
    assert not Question.objects.exists()


def test_the_number_of_statements_does_not_grow_with_the_rows(data):
    def statements(rows):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            run(file_of(*rows))
        return len(queries)

    few = [{**RAW, "slug": f"a{n}", "prompt": f"Is {n} few?"} for n in range(2)]
    many = [{**RAW, "slug": f"b{n}", "prompt": f"Is {n} many?"} for n in range(200)]
    assert statements(few) == statements(many) < 20
    for rows in (few, many):
        for row in rows:
            row["answer"], row["seconds"] = "New.", 70
    assert statements(few) == statements(many) < 25


def test_one_import_at_a_time(data):
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        with pytest.raises(Refused, match="Another import is running"):
            run(file_of(RAW))
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    finally:
        other.close()
    run(file_of(RAW))
    assert Question.objects.count() == 1


def test_thousands_of_prompts_without_a_latin_letter_get_slugs_quickly(data):
    rows = [{"topic": "data", "prompt": f"什么是漂移{'移' * n}?"} for n in range(3000)]
    start = perf_counter()
    plan = plan_import("f", file_of(*rows))
    assert perf_counter() - start < 10
    assert plan.rows[2].values["slug"] == "question-3"
    assert len({row.values["slug"] for row in plan.rows}) == 3000


# --- round trips ----------------------------------------------------------------------------


def seeded_bank():
    """A bank of 12 questions: one is published and one its copy, one has everything awkward."""
    awkward = {
        "prompt": '=HYPERLINK("x") & <b>what</b>?',
        "answer": "-1\n\n\t+2  \n@3\n### Key points\n\\### Key points",
        "how_to_answer": "'=quoted\n\n    code, “quotes”, 🙂 שלום\u2028{{ x }} ]]>",
        "example_answer": "### How to answer\n_x0041_ x005F_ #N/A",
        "key_points": ("- dash", "=1+1", "a, b; c", '"quoted"'),
    }
    questions = many_questions(12)
    questions[3] = dataclasses.replace(questions[3], **awkward)
    questions[5] = dataclasses.replace(questions[5], prompt=questions[0].prompt)
    data = FORMATS["json"].write([*many_topics(), TopicRecord("empty", "Empty/one")], questions)
    run(read_file("x.json", data))
    Question.objects.filter(slug=questions[0].slug).update(status=Status.PUBLISHED.value)


def hashes() -> dict:
    columns = ("uid", "slug", "topic__slug", "topic__name", "difficulty", "seconds")
    found = Question.objects.values_list(*columns, "current_version__content_hash")
    return {row[0]: row[1:] for row in found}


@pytest.mark.parametrize("name", FORMATS)
def test_export_then_import_into_an_empty_database_gives_the_same_content(name):
    seeded_bank()
    before = hashes()
    exported = export_bank(name)
    assert export_bank(name) == exported

    empty_bank()
    run(read_file(f"bank{FORMATS[name].suffix}", exported))

    assert hashes() == before
    assert set(Question.objects.values_list("status", flat=True)) == {"draft"}


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_read_again_changes_nothing(name):
    seeded_bank()
    exported = export_bank(name)
    plan = plan_import("f", read_file(f"bank{FORMATS[name].suffix}", exported))
    assert plan.counts == {"wrong": 0, "new": 0, "changed": 0, "unchanged": 12}
    assert plan.new_topics == ()


def test_chosen_questions_are_exported_with_their_topics_only():
    seeded_bank()
    chosen = Question.objects.filter(slug="question-1-1")
    content = read_file("x.json", export_bank("json", chosen))
    assert [entry.values["slug"] for entry in content.items] == ["question-1-1"]
    assert content.topics == (TopicRecord("field-1", "Field 1"),)


def test_a_line_that_is_left_out_leaves_the_one_before_it_as_it_is():
    pieces = Change("key_points", "One idea.\nAnother.", "One idea.").pieces()
    assert [(piece.kind, piece.text.strip()) for piece in pieces] == [
        ("same", "One idea."),
        ("removed", "Another."),
    ]


def test_a_change_is_shown_in_its_surroundings():
    change = Change("answer", "a " * 100 + "old " + "b " * 100, "a " * 100 + "new " + "b " * 100)
    assert [(piece.kind, piece.text) for piece in change.pieces(room=4)] == [
        ("same", "a a …a a "),
        ("removed", "old "),
        ("added", "new "),
        ("same", "b b …b b "),
    ]
