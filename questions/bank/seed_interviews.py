"""How a seed writes an interview and its slots."""

from collections.abc import Mapping

from questions import formats
from questions.bank.seed_outcomes import hash_of
from questions.bank.slugs import refer
from questions.models import Interview, Question, Slot, Topic


def write_interview(record: formats.InterviewRecord, position: int) -> Interview:
    """Raises FormatError if a slot refers to something that does not exist."""
    interview, _ = Interview.objects.update_or_create(
        slug=record.slug,
        defaults={
            "name": record.name,
            "description": record.description,
            "timing": record.timing,
            "seconds": record.seconds,
            "think_seconds": record.think_seconds,
            "follow_ups": record.follow_ups,
            "follow_up_seconds": record.follow_up_seconds,
            "position": position,
            "seed_hash": hash_of(record),
        },
    )
    interview.slots.all().delete()
    slugs = [slot.question for slot in record.slots if slot.question]
    known = {question.slug: question for question in Question.objects.filter(slug__in=slugs)}
    Slot.objects.bulk_create(
        Slot(
            interview=interview,
            position=number,
            question=_question(slot.question, known) if slot.question else None,
            topic=refer(Topic, slot.topic) if slot.topic else None,
            difficulty_from=slot.difficulty[0],
            difficulty_to=slot.difficulty[1],
            count=slot.count,
            seconds=slot.seconds,
        )
        for number, slot in enumerate(record.slots, start=1)
    )
    return interview


def _question(slug: str, known: Mapping[str, Question]) -> Question:
    return known[slug] if slug in known else refer(Question, slug)
