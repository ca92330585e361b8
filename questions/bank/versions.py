"""New versions of questions."""

from datetime import datetime

from django.db import transaction

from questions.models import TEXT_FIELDS, ChangeKind, Question, QuestionVersion, content_hash


@transaction.atomic
def save_texts(
    question: Question,
    texts: dict,
    *,
    now: datetime,
    author=None,
    change_kind: str = ChangeKind.MATERIAL.value,
    change_note: str = "",
) -> QuestionVersion:
    """Make `texts` what the question says: a new version, or the current one if nothing changed.

    texts: the four texts and key_points by name. The question must have been saved; it is locked,
    so that two editors' versions get two numbers.
    """
    locked = Question.objects.select_for_update().get(pk=question.pk)
    current = locked.current_version
    if current is not None and current.content_hash == content_hash(texts):
        return current
    last = locked.versions.order_by("-number").first()
    version = locked.versions.create(
        number=last.number + 1 if last else 1,
        **{field: texts[field] for field in TEXT_FIELDS},
        key_points=list(texts["key_points"]),
        content_hash=content_hash(texts),
        change_kind=change_kind,
        change_note=change_note,
        author=author,
        created_at=now,
    )
    question.current_version = version
    question.save(update_fields=["current_version"])
    return version
