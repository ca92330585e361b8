"""Writing the bank to a file."""

from questions.bank.records import question_record
from questions.formats import FORMATS, StoredQuestion, TopicRecord
from questions.models import Question, QuestionQuerySet, Topic


def export_bank(format_name: str, questions: QuestionQuerySet | None = None) -> bytes:
    """The bank, or some of its questions, as a file of one of FORMATS.

    Questions without a version are left out, and topics that none of the given questions has.
    """
    chosen = Question.objects.all() if questions is None else questions
    chosen = (
        chosen.filter(current_version__isnull=False)
        .select_related("topic", "current_version")
        .order_by("position", "slug")
    )
    rows = [
        StoredQuestion(**vars(question_record(question)), status=question.status)
        for question in chosen
    ]
    used = {row.topic for row in rows}
    topics = [
        TopicRecord(slug, name)
        for slug, name in Topic.objects.order_by("position", "name").values_list("slug", "name")
        if questions is None or slug in used
    ]
    return FORMATS[format_name].write(topics, rows)
