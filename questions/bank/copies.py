"""Copies of questions and interviews, as a start for new ones."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from questions.bank.positions import next_position
from questions.bank.slugs import free_slug
from questions.bank.versions import save_texts
from questions.models import Interview, Question, Slot
from questions.rules.limits import MAX_INTERVIEW_NAME, MAX_SLUG

COPY = " (copy)"


@transaction.atomic
def copy_question(question: Question, *, author: User, now: datetime) -> Question:
    """A draft with the same texts, phrasings and settings, another slug, and the last position."""
    copy = Question.objects.create(
        slug=free_slug(question.slug, Question.objects.all()),
        topic=question.topic,
        difficulty=question.difficulty,
        seconds=question.seconds,
        phrasings=question.phrasings,
        position=next_position(Question),
    )
    if question.current_version:
        save_texts(copy, question.current_version.texts(), now=now, author=author)
    return copy


@transaction.atomic
def copy_interview(interview: Interview) -> Interview:
    """An inactive interview with the same slots, another name and slug, and the last position."""
    values = Interview.objects.values().get(pk=interview.pk) | {
        "id": None,
        "slug": free_slug(interview.slug, Interview.objects.all(), MAX_SLUG),
        "name": f"{interview.name[: MAX_INTERVIEW_NAME - len(COPY)]}{COPY}",
        "is_active": False,
        "position": next_position(Interview),
        "seed_hash": "",
        "former_slugs": [],
    }
    copy = Interview.objects.create(**values)
    own = {"id": None, "interview_id": copy.pk}
    Slot.objects.bulk_create(Slot(**(slot | own)) for slot in interview.slots.values())
    return copy
