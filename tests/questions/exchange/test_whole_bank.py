"""Topics, questions and interviews move from one bank to another, and nothing else happens."""

import io
import json

import pytest
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from questions.exchange.apply import Refused
from questions.exchange.export import export_bank, missing_from
from questions.exchange.plan import Choices, ImportFile, Outcome, plan_import
from questions.formats import FORMATS, read_file
from questions.models import Interview, Question, Slot, Status, Timing, Topic
from tests.factories import InterviewFactory, TopicFactory, interview_of, published_question
from tests.questions.exchange.imports import file_of, mistakes_of, run

pytestmark = pytest.mark.django_db
WHOLE = [name for name, known in FORMATS.items() if known.write_whole]
AS_IN_FILE = Choices(as_in_file=True)


def whole_file(data: bytes, name: str = "json", **options) -> ImportFile:
    file = f"bank{FORMATS[name].suffix}"
    return ImportFile(file, read_file(file, data), **options)


def changed(data: bytes, change) -> ImportFile:
    """A JSON file in which something was changed."""
    document = json.loads(data)
    change(document)
    return whole_file(json.dumps(document).encode())


def empty_bank() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        tables = "questions_topic, questions_question, questions_interview"
        cursor.execute(f"TRUNCATE {tables} CASCADE")


@pytest.fixture
def bank():
    """Every status, both timings, fixed questions and rules, a topic and an interview unused."""
    data = TopicFactory(slug="data", name="Data")
    TopicFactory(slug="unused", name="Unused")
    for status in (Status.DRAFT, Status.RETIRED):
        question = published_question(data)
        Question.objects.filter(pk=question.pk).update(status=status.value)
    interview_of(2, name="Fixed", description="Two\n\nparagraphs.", think_seconds=5)
    mixed = interview_of(1, name="Mixed", timing=Timing.TOTAL.value, is_active=False)
    Slot.objects.create(interview=mixed, position=2, topic=data, count=2, difficulty_to=2)
    Slot.objects.create(interview=mixed, position=3, count=3, seconds=30)


@pytest.mark.parametrize("name", WHOLE)
def test_a_bank_moves_whole(bank, name):
    exported = export_bank(name)
    empty_bank()
    run(whole_file(exported, name, choices=AS_IN_FILE))
    assert export_bank(name) == exported
    assert Question.objects.published().count() == 3
    for choices in (AS_IN_FILE, Choices()):
        plan = plan_import(whole_file(exported, name, choices=choices))
        assert plan.to_write == 0
        assert plan.wrong == 0


@pytest.mark.parametrize("name", WHOLE)
def test_the_shipped_banks_move_whole_by_command(tmp_path, name):
    call_command("seed_questions", stdout=io.StringIO())
    first, second = (tmp_path / f"{n}{FORMATS[name].suffix}" for n in (1, 2))
    call_command("export_questions", output=first, stderr=io.StringIO())
    empty_bank()
    call_command("import_questions", first, as_in_file=True, stdout=io.StringIO())
    call_command("export_questions", output=second, stderr=io.StringIO())
    assert second.read_bytes() == first.read_bytes()
    LogEntry.objects.all().delete()
    out = io.StringIO()
    call_command("import_questions", second, as_in_file=True, stdout=out)
    assert "0 wrong, 0 new, 0 changed, 120 unchanged" in out.getvalue()
    assert not LogEntry.objects.exists()


def test_without_that_choice_new_questions_are_drafts_and_new_interviews_hidden(bank):
    exported = export_bank("json")
    empty_bank()
    run(whole_file(exported))
    assert set(Question.objects.values_list("status", flat=True)) == {Status.DRAFT}
    assert set(Interview.objects.values_list("is_active", flat=True)) == {False}
    run(whole_file(exported, choices=AS_IN_FILE))
    assert export_bank("json") == exported


def test_each_change_of_an_interview_is_planned_written_and_logged(bank):
    def change(document):
        fixed, mixed = document["interviews"]
        fixed["name"], fixed["think_seconds"] = "Fixed and fast", 0
        fixed["slots"].reverse()
        mixed["slots"][1]["count"] = 1
        mixed["is_active"] = True

    file = changed(export_bank("json"), change)
    fixed, mixed = plan_import(file).interviews
    assert [change.field for change in fixed.changes] == ["name", "think_seconds", "slots"]
    assert [(c.field, c.old != c.new) for c in mixed.changes] == [("slots", True)]
    order = list(Interview.objects.get(name="Fixed").slots.values_list("question", flat=True))
    run(file)
    now = Interview.objects.get(name="Fixed and fast")
    assert list(now.slots.values_list("question", flat=True)) == order[::-1]
    assert [slot.count for slot in Interview.objects.get(name="Mixed").slots.all()] == [1, 1, 3]
    messages = [
        (e.action_flag, e.content_type.model, e.change_message) for e in LogEntry.objects.all()
    ]
    assert sorted(messages) == [
        (CHANGE, "interview", "Imported from bank.json. Changed: name, think_seconds, slots."),
        (CHANGE, "interview", "Imported from bank.json. Changed: slots."),
    ]
    assert plan_import(file).to_write == 0


@pytest.mark.parametrize(
    ("change", "column"),
    [
        (lambda i: i.update(timing="none"), "timing"),
        (lambda i: i.pop("name"), "name"),
        (lambda i: i.pop("slots"), "slots"),
        (lambda i: i.update(slots="x"), "slots"),
        (lambda i: i.update(slots=[7]), "slots"),
        (lambda i: i.update(is_active="yes"), "is_active"),
        (lambda i: i.update(seconds=60), "seconds"),
        (lambda i: i.update(colour="red"), "unknown field colour"),
        (lambda i: i["slots"].append({"question": "none"}), "slots"),
        (lambda i: i["slots"].append({"topic": "none"}), "slots"),
        (lambda i: i["slots"].append({"count": 0}), "slots, entry 3: count"),
        (lambda i: i["slots"].append(i["slots"][0]), "slots"),
    ],
)
def test_a_wrong_interview_is_told_and_keeps_the_file_out(bank, change, column):
    file = changed(export_bank("json"), lambda document: change(document["interviews"][0]))
    plan = plan_import(file)
    wrong, right = plan.interviews
    assert [mistake.column for mistake in wrong.mistakes] == [column]
    assert (right.outcome, plan.wrong) == (Outcome.UNCHANGED, 1)
    with pytest.raises(Refused, match=r"1 row is wrong"):
        run(file)
    assert run(file, valid_rows=True) == 0


def test_an_interview_whose_question_is_wrong_in_the_file_is_wrong(bank):
    exported = export_bank("json")
    empty_bank()
    file = changed(exported, lambda document: document["questions"][2].update(difficulty="none"))
    fixed, mixed = plan_import(file).interviews
    assert (fixed.outcome, mixed.outcome) == (Outcome.WRONG, Outcome.NEW)
    run(file, valid_rows=True)
    assert [interview.name for interview in Interview.objects.all()] == ["Mixed"]


def test_an_interview_names_questions_by_uid_slug_or_former_slug(bank):
    exported = export_bank("json")
    asked = Interview.objects.get(name="Fixed").slots.first().question
    Question.objects.filter(pk=asked.pk).update(slug="renamed")
    assert plan_import(whole_file(exported)).interviews[0].outcome == Outcome.UNCHANGED

    def without_uids(document):
        document["questions"] = []
        for slot in document["interviews"][0]["slots"]:
            del slot["uid"]

    assert plan_import(changed(exported, without_uids)).interviews[0].outcome == Outcome.UNCHANGED


def test_an_interview_that_was_renamed_is_known_by_its_old_slug(bank):
    exported = export_bank("json")
    Interview.objects.filter(name="Fixed").update(slug="renamed")
    assert plan_import(whole_file(exported)).interviews[0].outcome == Outcome.UNCHANGED


def test_who_may_not_write_interviews_leaves_them_out(bank):
    exported = export_bank("json")
    Interview.objects.all().delete()
    plan = plan_import(whole_file(exported, may_write_interviews=False))
    assert (plan.interviews, plan.to_write) == ((), 0)
    assert [left.name for left in plan.left_out] == ["Fixed", "Mixed"]


def test_blanks_and_line_ends_that_files_do_not_keep_are_no_change(bank):
    Interview.objects.filter(name="Fixed").update(
        name="Fixed  one", description="Two\r\n\r\nparagraphs. ", seconds=7
    )
    Topic.objects.filter(slug="data").update(name="All  data")
    exported = export_bank("json")
    assert plan_import(whole_file(exported)).to_write == 0
    empty_bank()
    run(whole_file(exported, choices=AS_IN_FILE))
    assert export_bank("json") == exported


def test_an_interview_without_slots_moves_along(bank):
    InterviewFactory(name="Empty", position=9)
    exported = export_bank("json")
    assert plan_import(whole_file(exported)).to_write == 0
    empty_bank()
    run(whole_file(exported, choices=AS_IN_FILE))
    assert export_bank("json") == exported


def test_a_shown_interview_that_asks_drafts_says_so(bank):
    exported = export_bank("json")
    slugs = [slot.question.slug for slot in Interview.objects.get(name="Fixed").slots.all()]
    Interview.objects.update(is_active=False)
    Question.objects.update(status=Status.DRAFT)
    file = changed(exported, lambda document: document.update(questions=[]))
    shown = ImportFile(file.name, file.content, choices=AS_IN_FILE)
    assert all(slug in plan_import(shown).interviews[0].warnings[0] for slug in slugs)
    assert plan_import(whole_file(exported, choices=AS_IN_FILE)).interviews[0].warnings == ()
    assert plan_import(file).interviews[0].warnings == ()


def test_interviews_are_written_in_as_many_statements_however_many(bank):
    def statements(count):
        def copies(document):
            original = document["interviews"][0]
            document["interviews"] = [
                {**original, "slug": f"copy-{count}-{n}", "name": f"{n}"} for n in range(count)
            ]

        file = changed(export_bank("json"), copies)
        with CaptureQueriesContext(connection) as queries:
            run(file)
        return len(queries)

    assert statements(2) == statements(60)


# --- statuses -----------------------------------------------------------------------------------


def test_what_may_not_be_published_is_wrong_also_in_a_file(data):
    question = published_question(data, prompt="What is drift?")
    row = {"topic": "data", "status": "published", "key_points": ["It changes."]}
    rows = [
        {**row, "slug": "a", "prompt": "What is drift?"},
        {**row, "slug": "b", "prompt": "What is lag?", "key_points": []},
        {**row, "slug": "c", "prompt": "What is skew?"},
        {**row, "slug": "d", "prompt": "what is skew?"},
        {**row, "slug": "e", "prompt": "What is lag?"},
        {**row, "slug": "f", "prompt": "What is drift?", "status": "retired"},
    ]
    file = file_of(*rows, choices=AS_IN_FILE)
    columns = [[column for column, _ in mistakes_of(row)] for row in plan_import(file).rows]
    assert columns == [["prompt"], ["key_points"], [], ["prompt"], ["prompt"], []]
    assert run(file, valid_rows=True) == 2
    statuses = dict(Question.objects.values_list("slug", "status"))
    assert statuses == {question.slug: "published", "c": "published", "f": "retired"}


# --- topics -------------------------------------------------------------------------------------


def test_topics_are_planned_renamed_and_logged(bank):
    def swap(document):
        first, second, *_ = document["topics"]
        first["name"], second["name"] = second["name"], first["name"]
        document["topics"].append({"slug": "new", "name": "New"})

    file = changed(export_bank("json"), swap)
    rows = plan_import(file).topics
    assert [row.outcome for row in rows][:2] == [Outcome.CHANGED, Outcome.CHANGED]
    assert rows[-1].outcome == Outcome.NEW
    run(file)
    assert Topic.objects.get(slug="data").name == "Unused"
    assert Topic.objects.get(slug="unused").name == "Data"
    logged = LogEntry.objects.filter(content_type__model="topic")
    assert sorted(logged.values_list("action_flag", "change_message")) == [
        (ADDITION, "Imported from bank.json."),
        (CHANGE, "Imported from bank.json. Name: Data → Unused."),
        (CHANGE, "Imported from bank.json. Name: Unused → Data."),
    ]
    assert plan_import(file).to_write == 0


def test_a_name_that_another_topic_keeps_is_wrong(bank):
    def clash(document):
        document["topics"][0]["name"] = "UNUSED"
        del document["topics"][1]

    (row, *_) = plan_import(changed(export_bank("json"), clash)).topics
    assert (row.outcome, row.mistakes[0].column) == (Outcome.WRONG, "name")


def test_names_that_wait_for_a_refused_one_are_wrong_too(bank):
    kept = TopicFactory(slug="kept", name="Kept")
    content = f"""{{"topics": [{{"slug": "data", "name": "Unused"}},
        {{"slug": "unused", "name": "{kept.name}"}}], "questions": []}}"""
    rows = plan_import(whole_file(content.encode())).topics
    assert [row.outcome for row in rows] == [Outcome.WRONG, Outcome.WRONG]


def test_nobody_adds_a_topic_by_a_name_that_they_may_not_change(bank):
    content = b"""{"topics": [{"slug": "data", "name": "Other"}, {"slug": "new", "name": "Data"}],
        "questions": []}"""
    file = whole_file(content)
    rows = plan_import(ImportFile(file.name, file.content, may_change_topics=False)).topics
    assert [row.outcome for row in rows] == [Outcome.UNCHANGED, Outcome.WRONG]


def test_who_may_not_change_topics_renames_none(bank):
    def rename(document):
        document["topics"][0]["name"] = "Daten"

    file = changed(export_bank("json"), rename)
    (row, *_) = plan_import(ImportFile(file.name, file.content, may_change_topics=False)).topics
    assert row.outcome == Outcome.UNCHANGED
    assert "stays “Data”" in row.warnings[0]


# --- what has no place --------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_without_a_place_for_interviews_says_so(bank, name, tmp_path):
    missing = missing_from(name)
    assert bool(missing) == (name not in WHOLE)
    assert missing_from(name, Question.objects.all()) == []
    err = io.StringIO()
    call_command("export_questions", format=name, output=tmp_path / "x", stderr=err)
    assert ("Left out: 2 interviews and 1 topic." in err.getvalue()) == (name not in WHOLE)


def test_chosen_questions_go_without_interviews(bank):
    content = read_file("x.json", export_bank("json", Question.objects.all()))
    assert content.interviews == ()


def test_a_topic_that_was_renamed_is_known_by_its_old_slug_and_keeps_its_name(bank):
    exported = export_bank("json")
    Topic.objects.filter(slug="data").update(slug="all-data", name="All data")
    plan = plan_import(whole_file(exported))
    assert (plan.topics[0].outcome, plan.to_write) == (Outcome.UNCHANGED, 0)
    assert "all-data" in plan.topics[0].warnings[0]
