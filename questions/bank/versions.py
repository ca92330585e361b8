"""New versions of questions."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from questions.models import (
    LIST_FIELDS,
    OPTIONAL_FIELDS,
    VERSION_FIELDS,
    ChangeKind,
    Question,
    QuestionVersion,
    Texts,
    content_hash,
)


@transaction.atomic
def save_texts(
    question: Question,
    texts: Texts,
    *,
    now: datetime,
    author: User | None = None,
    change_kind: str = ChangeKind.MATERIAL.value,
    change_note: str = "",
) -> QuestionVersion:
    """Make `texts` what the question says: a new version, or the current one if nothing changed.

    The question must have been saved. Its row is locked, so that two editors' versions get two
    numbers.
    """
    locked = Question.objects.select_for_update().get(pk=question.pk)
    current = locked.current_version
    if current is not None and current.content_hash == content_hash(texts):
        return current
    last = locked.versions.order_by("-number").first()
    version = new_version(
        locked,
        texts,
        number=last.number + 1 if last else 1,
        now=now,
        author=author,
        change_kind=change_kind,
        change_note=change_note,
    )
    version.save()
    question.current_version = version
    question.save(update_fields=["current_version"])
    return version


def new_version(
    question: Question,
    texts: Texts,
    *,
    number: int,
    now: datetime,
    author: User | None,
    change_kind: str = ChangeKind.MATERIAL.value,
    change_note: str = "",
) -> QuestionVersion:
    """A version that is not saved yet. The question must be locked, or new.

    texts: as in a stored version; OPTIONAL_FIELDS may be missing.
    """
    missing = [field for field in OPTIONAL_FIELDS if field not in texts]
    said = {field: texts[field] for field in VERSION_FIELDS if field not in missing}
    return QuestionVersion(
        question=question,
        number=number,
        **{field: list(v) if field in LIST_FIELDS else v for field, v in said.items()},
        content_hash=content_hash(texts),
        change_kind=change_kind,
        change_note=change_note,
        author=author,
        created_at=now,
    )
