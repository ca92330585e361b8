"""Where a question is used: which interviews ask it, and how many people were asked it.

Answers belong to attempts, which this app does not import. The database knows them.
"""

from typing import TypedDict

from django.db import connection
from django.db.models import Q, QuerySet

from questions.models import Question, Slot, Status
from questions.rules.numbers import counted

MOST_COUNTED = 30
"""Answers that are counted; a page does not read all of a question that everybody was asked."""

# A table of each version's first answers, for which the ORM has no words.
AUDIENCE = r"""
SELECT v.number, count(DISTINCT person), count(DISTINCT person) FILTER (WHERE wrote),
    count(*) < %(most)s
FROM questions_questionversion v
CROSS JOIN LATERAL (
    SELECT coalesce(t.user_id::text, t.guest_key) AS person, a.text ~ '\S' AS wrote
    FROM (
        SELECT attempt_id, text FROM attempts_answer
        WHERE version_id = v.id AND follows_id IS NULL LIMIT %(most)s
    ) a
    JOIN attempts_attempt t ON t.id = a.attempt_id
) AS asked
WHERE v.question_id = %(question)s
GROUP BY v.number ORDER BY v.number DESC
"""


class VersionAudience(TypedDict):
    """How many people were asked a version, and how many of them wrote something.

    is_all: whether there are no others.
    """

    number: int
    asked: int
    answered: int
    is_all: bool


class QuestionUsage(TypedDict):
    """Slots that ask a question by name, slots whose rule may draw it, its number of answers.

    attempts: in words; "" if it was never asked.
    """

    named: QuerySet[Slot]
    drawn: QuerySet[Slot]
    attempts: str


def was_asked(question: Question) -> bool:
    """Whether anybody was asked any version of the question."""
    return question.versions.filter(answers__isnull=False).exists()


def times_asked(question: Question) -> int:
    """How often any version of a question was asked, as of now, without its follow-ups.

    One more than MOST_COUNTED means more than that.
    """
    asked = question.versions.filter(answers__isnull=False, answers__follows=None)
    return asked.values("answers")[: MOST_COUNTED + 1].count()


def times_in_words(times: int, noun: str) -> str:
    """times: from times_asked. noun: what is counted, such as "answer"."""
    if times > MOST_COUNTED:
        return f"more than {counted(MOST_COUNTED, noun)}"
    return counted(times, noun)


def audience_by_version(question: Question) -> list[VersionAudience]:
    """The audience of each version that was asked, newest first, in the first answers to each."""
    with connection.cursor() as cursor:
        cursor.execute(AUDIENCE, {"question": question.pk, "most": MOST_COUNTED})
        rows = cursor.fetchall()
    return [
        VersionAudience(number=number, asked=asked, answered=answered, is_all=is_all)
        for number, asked, answered, is_all in rows
    ]


def audience_in_words(audience: list[VersionAudience]) -> str:
    """For example: 14 people answered version 3, 2 people version 2. Empty if nobody was asked."""
    if not audience:
        return ""
    parts, verb = [], ""
    for version in audience:
        number = version["answered"] or version["asked"]
        least = "" if version["is_all"] else "at least "
        people = f"{least}{number} {'person' if number == 1 else 'people'}"
        last_verb = verb
        verb = "answered" if version["answered"] else "was asked" if number == 1 else "were asked"
        did = "" if verb == last_verb else f"{verb} "
        parts.append(f"{people} {did}version {version['number']}")
    theirs = "theirs" if len(audience) > 1 else f"version {audience[0]['number']}"
    said = ", ".join(parts)
    kept = f"They keep seeing {theirs}, with a note that it changed."
    return f"{said[0].upper()}{said[1:]}. {kept}"


def usage_of(question: Question) -> QuestionUsage:
    slots = Slot.objects.select_related("interview").order_by("interview__position", "position")
    drawn = slots.none()
    if question.status == Status.PUBLISHED:
        drawn = slots.filter(
            Q(topic=None) | Q(topic=question.topic_id),
            question=None,
            difficulty_from__lte=question.difficulty,
            difficulty_to__gte=question.difficulty,
        )
    named = slots.filter(question=question)
    times = times_asked(question)
    in_words = times_in_words(times, "attempt") if times else ""
    return {"named": named, "drawn": drawn, "attempts": in_words}
