"""Adding a phrasing to a question outside of its form, by the same limits."""

from django.db import transaction

from questions.models import Question
from questions.rules.limits import MAX_TEXT
from questions.rules.numbered import numbered
from questions.rules.phrasings import (
    Kind,
    PhrasingChange,
    Phrasings,
    WrongStatement,
    changes,
    cleaned,
    for_points,
    updated,
)


@transaction.atomic
def add_statement(
    question_id: int, key_point: str, kind: Kind, statement: str
) -> list[PhrasingChange]:
    """Add a statement about a key point, and return what changed; nothing if it is there already.

    The question is locked until the transaction ends, as when its form is saved. A change makes
    no new version. Raises WrongStatement, having changed nothing.
    """
    question = Question.objects.select_for_update().get(pk=question_id)
    before: Phrasings = question.phrasings
    now = for_points(before, [key_point])[0]
    now[kind].append(statement)
    after = updated(before, [key_point], [cleaned(now["accept"], now["reject"])])
    _check_size(kind, question, after)
    added = list(changes(before, after))
    if added:
        question.phrasings = after
        question.save(update_fields=["phrasings"])
    return added


def _check_size(kind: Kind, question: Question, phrasings: Phrasings) -> None:
    """Raise WrongStatement if the form of the question would refuse so many characters."""
    points = question.current_version.key_points if question.current_version else []
    if len(numbered(said[kind] for said in for_points(phrasings, points))) > MAX_TEXT:
        what = f"has more than {MAX_TEXT:,} characters for all key points together"
        raise WrongStatement(kind, what, "Shorten it in the question's form.")
