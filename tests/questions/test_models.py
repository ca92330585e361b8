"""The rules that the database itself enforces."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Case, ProtectedError, RestrictedError, Value, When

from questions.models import (
    Interview,
    Question,
    QuestionVersion,
    Slot,
    Topic,
    content_hash,
)
from tests.factories import (
    START,
    AnswerFactory,
    InterviewFactory,
    QuestionFactory,
    TopicFactory,
    UserFactory,
    VersionFactory,
    interview_of,
    published_question,
)

pytestmark = pytest.mark.django_db

OTHER_VALUES = {
    "number": 7,
    "prompt": "Another?",
    "answer": "Another.",
    "how_to_answer": "Otherwise.",
    "example_answer": "I would not.",
    "short_example": "Not so.",
    "key_points": ["Another idea."],
    "follow_ups": ["And otherwise?"],
    "common_mistakes": ["Saying the same."],
    "sources": ["Somebody: Something (2020)"],
    "change_kind": "typo",
    "change_note": "Nobody will notice.",
    "content_hash": "0" * 64,
    "created_at": START.replace(year=2030),
}


@pytest.mark.parametrize("field", OTHER_VALUES)
def test_no_field_of_a_version_can_be_changed(field):
    version = VersionFactory()
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        QuestionVersion.objects.filter(pk=version.pk).update(**{field: OTHER_VALUES[field]})
    setattr(version, field, OTHER_VALUES[field])
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        version.save()


@pytest.mark.parametrize("column", [f.column for f in QuestionVersion._meta.concrete_fields])
def test_not_by_raw_sql_either(column):
    version = VersionFactory(author=UserFactory())
    values = {**OTHER_VALUES, "id": version.pk + 1000}
    values |= {"question_id": QuestionFactory().pk, "author_id": UserFactory().pk}
    sql = f"UPDATE questions_questionversion SET {column} = %s WHERE id = %s"  # noqa: S608 - a column of ours
    with (
        pytest.raises(IntegrityError, match="never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, [values[column], version.pk])


def test_an_author_can_leave_and_the_version_stays():
    version = VersionFactory(author=UserFactory())
    version.author.delete()
    version.refresh_from_db()
    assert version.author is None


def test_nothing_else_slips_through_with_the_author():
    version = VersionFactory(author=UserFactory())
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        QuestionVersion.objects.filter(pk=version.pk).update(author=None, prompt="Another?")


def test_a_question_nobody_was_asked_goes_with_its_versions():
    published_question().delete()
    assert not QuestionVersion.objects.exists()


def test_a_question_that_was_asked_stays():
    answer = AnswerFactory()
    with pytest.raises(ProtectedError):
        answer.version.question.delete()


def test_a_topic_with_questions_stays():
    with pytest.raises(ProtectedError):
        QuestionFactory().topic.delete()


def test_a_question_that_an_interview_names_stays():
    interview = interview_of(1)
    with pytest.raises(RestrictedError):
        interview.slots.get().question.delete()


def test_two_versions_of_a_question_have_two_numbers():
    version = VersionFactory()
    with pytest.raises(IntegrityError, match="version_number_once"), transaction.atomic():
        VersionFactory(question=version.question)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"difficulty": 0}, "question_difficulty_known"),
        ({"difficulty": 4}, "question_difficulty_known"),
        ({"status": "secret"}, "question_status_known"),
        ({"status": "published"}, "question_published_has_version"),
        ({"seconds": 0}, "question_seconds_range"),
        ({"seconds": 86_401}, "question_seconds_range"),
    ],
)
def test_what_a_question_cannot_be(change, constraint):
    question = QuestionFactory()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Question.objects.filter(pk=question.pk).update(**change)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"timing": "total"}, "interview_total_has_seconds"),
        ({"timing": "total", "seconds": 0}, "interview_seconds_range"),
        ({"seconds": 86_401}, "interview_seconds_range"),
        ({"think_seconds": 601}, "interview_think_seconds_range"),
    ],
)
def test_what_an_interview_cannot_be(change, constraint):
    interview = InterviewFactory()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Interview.objects.filter(pk=interview.pk).update(**change)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"count": 0}, "slot_count_range"),
        ({"count": 101}, "slot_count_range"),
        ({"difficulty_from": 3, "difficulty_to": 2}, "slot_difficulty_order"),
        ({"difficulty_from": 0}, "slot_difficulty_order"),
        ({"difficulty_to": 4}, "slot_difficulty_order"),
        ({"seconds": 0}, "slot_seconds_range"),
        ({"seconds": 86_401}, "slot_seconds_range"),
    ],
)
def test_what_a_slot_cannot_be(change, constraint):
    slot = Slot.objects.create(interview=InterviewFactory(), position=1)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Slot.objects.filter(pk=slot.pk).update(**change)


@pytest.mark.parametrize("also", ["topic", "count"])
def test_a_slot_is_a_question_or_a_rule(also):
    slot = interview_of(1).slots.get()
    change = {"topic": TopicFactory()} if also == "topic" else {"count": 2}
    with pytest.raises(IntegrityError, match="slot_fixed_or_rule"), transaction.atomic():
        Slot.objects.filter(pk=slot.pk).update(**change)


def test_an_interview_names_a_question_once():
    slot = interview_of(1).slots.get()
    with pytest.raises(IntegrityError, match="slot_question_once"), transaction.atomic():
        Slot.objects.create(interview=slot.interview, question=slot.question, position=2)


def test_slots_may_trade_places_within_a_transaction():
    first, second = interview_of(2).slots.all()
    with transaction.atomic():
        Slot.objects.filter(pk=first.pk).update(position=2)
        Slot.objects.filter(pk=second.pk).update(position=1)
    assert list(first.interview.slots.all()) == [second, first]


def test_topics_come_by_position():
    last, first = TopicFactory(position=2), TopicFactory(position=1)
    assert list(Topic.objects.all()) == [first, last]


def test_a_content_hash_depends_on_the_texts_and_on_nothing_else():
    texts = {
        "prompt": "p",
        "answer": "a",
        "how_to_answer": "h",
        "example_answer": "e",
        "key_points": ("one", "two"),
    }
    shuffled = dict(reversed(texts.items())) | {"key_points": ["one", "two"], "note": "x"}
    assert content_hash(shuffled) == content_hash(texts)
    for field in texts:
        other = ("two", "one") if field == "key_points" else "other"
        assert content_hash({**texts, field: other}) != content_hash(texts)


# --- slugs ------------------------------------------------------------------------------------


@pytest.mark.parametrize("factory", [TopicFactory, QuestionFactory, InterviewFactory])
def test_a_slug_belongs_to_one_row_in_forms_and_in_the_database(factory):
    first, second = factory(), factory()
    second.slug = first.slug
    with pytest.raises(ValidationError) as refused:
        second.full_clean()
    assert list(refused.value.message_dict) == ["slug"]
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


def test_a_name_belongs_to_one_topic():
    first, second = TopicFactory(), TopicFactory()
    second.name = first.name
    with pytest.raises(ValidationError) as refused:
        second.full_clean()
    assert list(refused.value.message_dict) == ["name"]
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


@pytest.mark.parametrize("factory", [TopicFactory, QuestionFactory, InterviewFactory])
def test_the_slugs_that_a_row_had_are_kept_whoever_renames_it(factory):
    row = factory(slug="one")
    row.slug = "two"
    row.save()
    row.save()  # It was read before it was renamed.
    rows = type(row).objects.filter(pk=row.pk)
    rows.update(slug="three")
    rows.update(former_slugs=["forged"])
    rows.update(slug="two")
    row.refresh_from_db()
    assert (row.slug, row.former_slugs) == ("two", ["one", "three"])


def test_two_rows_swap_slugs_in_one_statement():
    first, second = TopicFactory(slug="one"), TopicFactory(slug="two")
    swapped = Case(When(slug="one", then=Value("two")), default=Value("one"))
    Topic.objects.filter(pk__in=[first.pk, second.pk]).update(slug=swapped)
    first.refresh_from_db()
    assert (first.slug, first.former_slugs) == ("two", ["one"])
