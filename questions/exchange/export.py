"""Writing the bank to a file."""

from questions.bank.records import question_record, stored_interview
from questions.formats import (
    FORMATS,
    ForeignIdRecord,
    StoredInterview,
    StoredQuestion,
    TopicRecord,
)
from questions.models import Interview, Question, QuestionQuerySet, Topic
from questions.rules.numbers import counted


def export_bank(format_name: str, questions: QuestionQuerySet | None = None) -> bytes:
    """The bank, or some of its questions, as a file of one of FORMATS.

    The whole bank has its interviews, too, where the format has a place for them. Questions
    without a version are left out, and topics that none of the given questions has.
    """
    rows = _questions(Question.objects.all() if questions is None else questions)
    used = {row.topic for row in rows}
    topics = [
        TopicRecord(slug, " ".join(name.split()))
        for slug, name in Topic.objects.order_by("position", "name").values_list("slug", "name")
        if questions is None or slug in used
    ]
    known = FORMATS[format_name]
    if known.write_whole and questions is None:
        return known.write_whole(topics, rows, _interviews())
    return known.write(topics, rows)


def missing_from(format_name: str, questions: QuestionQuerySet | None = None) -> list[str]:
    """What the bank has and an export does not, as sentences."""
    chosen = Question.objects.all() if questions is None else questions
    without_texts = chosen.filter(current_version=None).count()
    missing = []
    if without_texts:
        missing.append(f"Left out: {counted(without_texts, 'question')} without texts.")
    known = FORMATS[format_name]
    if questions is None and not known.write_whole:
        unused = Topic.objects.exclude(questions__current_version__isnull=False).count()
        lost = [(Interview.objects.count(), "interview"), (unused, "topic")]
        named = [counted(count, noun) for count, noun in lost if count]
        if named:
            missing.append(
                f"{known.label} has no place for interviews, nor for topics without questions."
                f" Left out: {' and '.join(named)}. JSON and YAML carry them."
            )
    return missing


def _questions(chosen: QuestionQuerySet) -> list[StoredQuestion]:
    with_texts = chosen.filter(current_version__isnull=False).order_by("position", "slug")
    related = with_texts.select_related("topic", "current_version")
    return [
        StoredQuestion(
            **vars(question_record(question)),
            status=question.status,
            foreign_ids=tuple(
                ForeignIdRecord(known.system, known.foreign_id)
                for known in question.foreign_ids.all()
            ),
        )
        for question in related.prefetch_related("foreign_ids")
    ]


def _interviews() -> list[StoredInterview]:
    ordered = Interview.objects.order_by("position", "name", "slug")
    related = ordered.prefetch_related("slots__question", "slots__topic")
    return [stored_interview(interview) for interview in related]
