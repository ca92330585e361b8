"""Copies of questions and interviews: what they take over, and what is their own."""

import pytest

from questions.bank.copies import copy_interview, copy_question
from questions.models import Interview, Question, Slot, Status, Timing
from tests.factories import START, TopicFactory, UserFactory, interview_of, published_question

pytestmark = pytest.mark.django_db


def values_of(row, *own) -> dict:
    """All values of a row but those that are its own."""
    values = type(row).objects.values().get(pk=row.pk)
    return {name: value for name, value in values.items() if name not in ("id", *own)}


def test_a_copy_of_an_interview_has_its_values_and_slots():
    interview = interview_of(1, timing=Timing.TOTAL, think_seconds=9, description="About it.")
    Interview.objects.filter(pk=interview.pk).update(seed_hash="x", slug="renamed")
    interview.refresh_from_db()
    Slot.objects.create(
        interview=interview, position=2, topic=TopicFactory(), count=5, difficulty_to=2, seconds=30
    )
    copy = copy_interview(interview)
    own = ("slug", "name", "is_active", "position", "seed_hash", "former_slugs")
    assert values_of(copy, *own) == values_of(interview, *own)
    slots = zip(copy.slots.all(), interview.slots.all(), strict=True)
    assert all(
        values_of(new, "interview_id") == values_of(old, "interview_id") for new, old in slots
    )
    assert (copy.name, copy.is_active, copy.seed_hash) == (f"{interview.name} (copy)", False, "")
    assert copy.slug != interview.slug
    assert (interview.former_slugs != [], copy.former_slugs) == (True, [])
    assert copy.position > interview.position


def test_a_copy_of_a_question_is_a_draft_with_its_texts():
    question = published_question(difficulty=3, seconds=99)
    question.phrasings = {"The first idea.": {"accept": ["a"], "reject": []}}
    question.save()
    copy = copy_question(question, author=UserFactory(), now=START)
    own = ("uid", "slug", "status", "position", "current_version_id")
    assert values_of(copy, *own) == values_of(question, *own)
    assert (copy.status, copy.current_version.number) == (Status.DRAFT, 1)
    assert copy.current_version.texts() == question.current_version.texts()
    assert Question.objects.get(pk=question.pk).position < copy.position


def test_a_copy_takes_no_slug_that_a_question_had():
    question = published_question()
    Question.objects.filter(pk=question.pk).update(slug="drift-2")
    Question.objects.filter(pk=question.pk).update(slug="drift")
    question.refresh_from_db()
    copy = copy_question(question, author=UserFactory(), now=START)
    assert (copy.slug, copy.former_slugs) == ("drift-3", [])
