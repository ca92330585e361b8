"""The command: what it says, and that it writes all or nothing."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from questions.models import ForeignId, Question
from tests.factories import TopicFactory, published_question
from tests.questions.formats.cases import PAIRS, bytes_of

pytestmark = pytest.mark.django_db
ROW = {"slug": "drift", "topic": "data", "prompt": "What is drift?", "key_points": ["It changes."]}


@pytest.fixture
def data():
    return TopicFactory(slug="data", name="Data")


def output_of(tmp_path, *rows, name="bank.json", content=None, **options) -> str:
    """What the command prints about a file with these rows."""
    file, out = tmp_path / name, io.StringIO()
    file.write_bytes(content or json.dumps({"questions": rows}).encode())
    call_command("import_questions", file, stdout=out, **options)
    return out.getvalue()


def test_it_imports_and_says_how_many(tmp_path, data):
    lines = output_of(tmp_path, ROW).splitlines()
    assert lines == [
        "0 wrong, 1 new, 0 changed, 0 unchanged",
        "1 question imported. New ones are drafts.",
    ]
    assert Question.objects.get().current_version.author is None


def test_a_dry_run_shows_every_row_and_writes_nothing(tmp_path, data):
    question = published_question(data, prompt="What is skew?", answer="It is old.")
    change = {"uid": str(question.uid), "answer": "It is new."}
    text = output_of(tmp_path, ROW, change, {**ROW, "slug": "a b", "prompt": "Else?"}, dry_run=True)
    assert "wrong      entry 3, slug: “a b” can't be a slug. Use letters" in text
    assert "new        entry 1, What is drift?" in text
    assert "changed    entry 2" in text
    assert "answer: It is [-old.-]{+new.+}" in text
    assert text.endswith("Dry run: nothing was written.\n")
    assert Question.objects.count() == question.versions.count() == 1


def test_wrong_rows_stop_it_unless_the_valid_ones_are_wanted(tmp_path, data):
    rows = [ROW, {**ROW, "slug": "a b", "prompt": "Else?"}]
    with pytest.raises(CommandError, match=r"1 row is wrong.*Nothing was written"):
        output_of(tmp_path, *rows)
    assert not Question.objects.exists()
    output_of(tmp_path, *rows, valid_rows=True)
    assert Question.objects.get().slug == "drift"


def test_it_says_what_kind_of_change_the_texts_have(tmp_path, data):
    question = published_question(data, answer="It is olld.")
    change = {"uid": str(question.uid), "answer": "It is old."}
    output_of(tmp_path, change, change_kind="typo", change_note="Spelling.")
    version = question.versions.get(number=2)
    assert (version.change_kind, version.change_note) == (
        "typo",
        "Imported from bank.json. Spelling.",
    )


def test_a_topic_for_files_that_carry_none(tmp_path, data):
    gift = b"What is drift? {}\n\nIs it? {T}\n"
    with pytest.raises(CommandError, match=r"1 row is wrong"):
        output_of(tmp_path, name="q.gift", content=gift)
    text = output_of(tmp_path, name="q.gift", content=gift, topic="data")
    assert "left out   line 3, Is it? {T}: true-false question" in text
    assert "note       GIFT has no place for key points" in text
    assert Question.objects.get().topic == data
    with pytest.raises(CommandError, match="There is no topic 'ops'"):
        output_of(tmp_path, ROW, topic="ops")


def test_a_file_that_cannot_be_read(tmp_path, data):
    with pytest.raises(CommandError, match=r"bank.json: Not readable as JSON.*Nothing was written"):
        output_of(tmp_path, content=b"{")
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_questions", tmp_path / "none.json")


@pytest.mark.parametrize("name", PAIRS)
def test_a_file_that_people_have_is_imported(tmp_path, name):
    topics = {
        "data": "Data",
        "platforms-and-tools": "Platforms and tools",
        "deployment-and-operations": "Deployment and operations",
        "learning-methods": "Learning methods",
        "reproducibility": "Reproducibility",
    }
    for slug, topic in topics.items():
        TopicFactory(slug=slug, name=topic)
    output_of(tmp_path, name=name, content=bytes_of(name), topic="data")
    versions = Question.objects.order_by("position").values_list("current_version__prompt")
    assert [prompt for (prompt,) in versions] == list(PAIRS[name])


def test_unclear_columns_are_named_and_then_said(tmp_path, data):
    content = b"Kysymys,Vastaus\nMika se on oikeastaan?,Se on se mika se on.\n"
    file = {"name": "q.csv", "content": content, "topic": "data"}
    with pytest.raises(CommandError, match=r"--column.*“Kysymys”, “Vastaus”.*Nothing was written"):
        output_of(tmp_path, **file)
    assert not Question.objects.exists()
    output_of(tmp_path, **file, columns=["Kysymys=prompt", "Vastaus=answer"])
    assert Question.objects.get().current_version.answer == "Se on se mika se on."


def test_columns_by_place_without_a_row_of_names(tmp_path, data):
    output_of(
        tmp_path,
        name="q.csv",
        content=b"What is x?,It is an x.\n",
        topic="data",
        columns=["column 1=prompt", "column 2=answer"],
        heading_row=0,
    )
    assert Question.objects.get().current_version.prompt == "What is x?"


@pytest.mark.parametrize("column", ["Kysymys", "=prompt", "Kysymys=promt", "Nothing=prompt"])
def test_a_column_that_cannot_be_meant_is_refused(tmp_path, data, column):
    with pytest.raises(CommandError):
        output_of(tmp_path, name="q.csv", content=b"question,answer\na?,b\n", columns=[column])
    assert not Question.objects.exists()


NETWORKS = b"prompt,answer,topic\nWhat is a NIC?,A card.,Networks\nWhat is RDMA?,Memory.,Networks\n"


def test_it_names_topics_that_there_are_not_and_adds_them_if_told(tmp_path, data):
    named = "topic      2 rows of “Networks” go to “Data”. --add-topics adds it.\n"
    file = {"name": "x.csv", "content": NETWORKS, "topic": "data"}
    text = output_of(tmp_path, **file, dry_run=True)
    assert named in text
    assert "new        row 2, What is a NIC? [Data]" in text
    text = output_of(tmp_path, **file, add_topics=True)
    assert named not in text
    assert "new topic  networks, Networks" in text
    assert set(Question.objects.values_list("topic__slug", flat=True)) == {"networks"}


def test_it_says_what_falls_and_what_needs_a_look(tmp_path, data):
    question = published_question(data, prompt="What is drift?")
    text = output_of(tmp_path, {**ROW, "origin": "own notes", "id": "A-1"}, ids_from="Old wiki")
    assert f"It asks the same as the published question {question.slug}." in text
    assert any(
        line.startswith("not taken  ") and "origin (1 row)" in line for line in text.splitlines()
    )
    assert str(ForeignId.objects.get()) == "Old wiki: A-1"


def test_an_account_that_there_is_not_writes_nothing(tmp_path, data):
    with pytest.raises(CommandError, match=r"There is no account 'nobody'\. Nothing was written"):
        output_of(tmp_path, ROW, user="nobody")
    assert not Question.objects.exists()
