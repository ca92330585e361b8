"""Rows of the bank as records of a bank file."""

from questions import formats
from questions.models import TEXT_FIELDS, Interview, Question


def question_record(question: Question) -> formats.QuestionRecord:
    """A question as a bank file has it; without a version, its texts are empty."""
    version = question.current_version
    return formats.QuestionRecord(
        uid=question.uid,
        slug=question.slug,
        topic=question.topic.slug,
        difficulty=question.difficulty,
        seconds=question.seconds,
        **{field: getattr(version, field) if version else "" for field in TEXT_FIELDS},
        key_points=tuple(version.key_points) if version else (),
    )


def interview_record(interview: Interview) -> formats.InterviewRecord:
    """An interview as a bank file has it."""
    slots = interview.slots.select_related("question", "topic")
    return formats.InterviewRecord(
        slug=interview.slug,
        name=interview.name,
        description=interview.description,
        timing=interview.timing,
        seconds=interview.seconds,
        think_seconds=interview.think_seconds,
        slots=tuple(
            formats.SlotRecord(
                question=slot.question.slug if slot.question else None,
                topic=slot.topic.slug if slot.topic else None,
                difficulty=(slot.difficulty_from, slot.difficulty_to),
                count=slot.count,
                seconds=slot.seconds,
            )
            for slot in slots
        ),
    )
