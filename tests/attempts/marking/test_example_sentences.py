"""The sentence of an example that makes a key point: found by the site's engine, and stored."""

import pytest
from django.core.management import call_command

from attempts import scoring
from attempts.marking import example_sentences
from attempts.marking.example_sentences import find, find_missing, selected_sentences
from attempts.models import ExampleSentences
from questions.bank.records import with_records
from questions.formats import read_bank
from questions.management.commands.seed_questions import CORE_BANK
from questions.models import QuestionVersion
from questions.rules.texts import VERSION_FIELDS
from tests.factories import AnswerFactory, published_question

pytestmark = pytest.mark.django_db

POINTS = ["Every change is recorded in a history.", "Several people can work at the same time."]
TEXTS = {"prompt": "Why version control?", "key_points": POINTS}


def version_of(**texts) -> QuestionVersion:
    question = published_question(**(TEXTS | texts))
    return question.current_version


@pytest.mark.parametrize(
    ("example", "answer", "sentences"),
    [
        (f"I like tea. {POINTS[1]} {POINTS[0]}", "", POINTS),
        (f"**{POINTS[0]}**\n\n- {POINTS[1]}", "", POINTS),
        ("", " ".join(POINTS), POINTS),
        (f"I like tea. {POINTS[0]}", POINTS[1], POINTS),
        (POINTS[0], "Tea is a drink.", [POINTS[0], None]),
        ("I like tea.", "", [None, None]),
        ("", "", [None, None]),
        ("Jede Änderung steht in einer Geschichte, und das ist gut so.", "", [None, None]),
    ],
    ids=[
        "of the example, without the rest",
        "without the marks of Markdown",
        "of the model answer where there is no example",
        "of the model answer where the example lacks the point",
        "in neither",
        "nothing at all",
        "no texts",
        "in another language",
    ],
)
def test_the_sentence_that_makes_a_point(example, answer, sentences):
    assert find(version_of(example_answer=example, answer=answer)) == sentences


def test_the_whole_sentence_even_if_a_clause_makes_the_point():
    whole = f"On Mondays we drink tea; {POINTS[0].lower().rstrip('.')}, and nobody minds."
    assert find(version_of(example_answer=whole))[0] == whole


@pytest.mark.parametrize(
    ("slug", "point", "words"),
    [
        ("feature-scaling", 1, "Left raw, income was about a thousand times larger"),
        ("data-versioning", 3, "restored the training images"),
        ("choosing-a-framework", 5, "those requirements decided"),
        ("feature-engineering", 6, "that one leaked"),
        ("bias-variance-tradeoff", 2, "so sensitive to its training sample"),
    ],
)
def test_it_is_the_sentence_that_an_interviewer_would_quote(slug, point, words):
    """Of these questions the engine finds the point in other sentences as well."""
    if not scoring.engine_name().startswith("minilm"):
        pytest.skip("the bank is tuned for the engine with weights, which are not installed")
    bank = read_bank(CORE_BANK.read_text("utf-8"))
    (record,) = (question for question in bank.questions if question.slug == slug)
    version = version_of(**{name: getattr(record, name) for name in VERSION_FIELDS})
    version.question.phrasings = with_records({}, record)
    assert words in find(version)[point - 1]


def test_the_text_of_the_example_stays():
    version = version_of(example_answer=f"*{POINTS[0]}*")
    find_missing()
    assert QuestionVersion.objects.get(pk=version.pk).example_answer == f"*{POINTS[0]}*"


def selected() -> list[QuestionVersion]:
    return list(QuestionVersion.objects.select_related("example_sentences").order_by("pk"))


def test_what_was_found_is_selected_with_the_versions(django_assert_num_queries):
    known = version_of(example_answer=" ".join(POINTS))
    find_missing()
    version_of()
    with django_assert_num_queries(1):
        assert selected_sentences(selected()) == {known.pk: POINTS}


def test_what_another_engine_found_is_shown_until_this_one_has_looked():
    version = version_of(example_answer=" ".join(POINTS))
    yesterday = ["Of yesterday.", None]
    ExampleSentences.objects.create(version=version, sentences=yesterday, engine="older-1")
    assert selected_sentences(selected()) == {version.pk: yesterday}
    assert find_missing() == 1
    assert selected_sentences(selected()) == {version.pk: POINTS}
    assert ExampleSentences.objects.get().engine == scoring.engine_name()


def test_examples_are_read_of_what_can_be_asked_and_of_what_was():
    asked, retired, was_asked = version_of(), version_of(), version_of()
    for version in (retired, was_asked):
        version.question.status = "retired"
        version.question.save()
    AnswerFactory(version=was_asked)
    assert find_missing(lambda: False) == 0
    assert find_missing() == 2
    assert {row.version for row in ExampleSentences.objects.all()} == {asked, was_asked}
    assert find_missing() == 0


def test_an_example_that_cannot_be_read_is_tried_once_by_a_process(caplog, monkeypatch):
    monkeypatch.setattr(example_sentences, "_failed", set())
    broken, good = (version_of(example_answer=" ".join(POINTS)) for _ in range(2))
    statements = {"accept": 5, "reject": []}  # no form and no import stores this
    broken.question.phrasings = {POINTS[0]: statements}
    broken.question.save()
    assert find_missing() == 1
    caplog.clear()
    assert find_missing() == 0
    assert caplog.text == ""
    assert [row.version for row in ExampleSentences.objects.all()] == [good]


def test_points_of_the_shipped_banks_have_a_sentence():
    """Of every tenth question, because each takes seconds; `make bench` tries them all."""
    if not scoring.engine_name().startswith("minilm"):
        pytest.skip("the bank is tuned for the engine with weights, which are not installed")
    call_command("seed_questions", verbosity=0)
    versions = QuestionVersion.objects.select_related("question").order_by("question__slug")
    some = versions[::10]
    assert {str(v): found.count(None) for v in some if None in (found := find(v))} == {}
    assert len(some) == 12
