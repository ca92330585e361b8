"""Where a question is used: which interviews ask it, and how many people were asked it.

Answers belong to attempts, which this app does not import. The database knows them.
"""

from typing import TypedDict

from django.db.models import Count, Q, QuerySet

from questions.models import Question, Slot, Status


class VersionAudience(TypedDict):
    """How many people were asked a version, and how many of them wrote something."""

    number: int
    asked: int
    answered: int


class QuestionUsage(TypedDict):
    """Slots that ask a question by name, slots whose rule may draw it, its number of answers."""

    named: QuerySet[Slot]
    drawn: QuerySet[Slot]
    attempts: int


def was_asked(question: Question) -> bool:
    """Whether anybody was asked any version of the question."""
    return question.versions.filter(answers__isnull=False).exists()


def times_asked(question: Question) -> int:
    """How often any version of a question was asked, as of now, without its follow-ups."""
    itself = Q(answers__follows=None)
    times: int = question.versions.aggregate(times=Count("answers", filter=itself))["times"]
    return times


def audience_by_version(question: Question) -> list[VersionAudience]:
    """The audience of each version that was asked, newest first."""
    guest, wrote = ~Q(answers__attempt__guest_key=""), Q(answers__text__regex=r"\S")
    user, key = "answers__attempt__user", "answers__attempt__guest_key"
    counted = (
        question.versions.filter(answers__isnull=False)
        .order_by("-number")
        .values("number")
        .annotate(
            asked=Count(user, distinct=True) + Count(key, distinct=True, filter=guest),
            answered=Count(user, distinct=True, filter=wrote)
            + Count(key, distinct=True, filter=guest & wrote),
        )
    )
    return [VersionAudience(**version) for version in counted]


def audience_in_words(audience: list[VersionAudience]) -> str:
    """For example: 14 people answered version 3, 2 people version 2. Empty if nobody was asked."""
    if not audience:
        return ""
    parts, verb = [], ""
    for version in audience:
        number = version["answered"] or version["asked"]
        people = f"{number} {'person' if number == 1 else 'people'}"
        last_verb = verb
        verb = "answered" if version["answered"] else "was asked" if number == 1 else "were asked"
        did = "" if verb == last_verb else f"{verb} "
        parts.append(f"{people} {did}version {version['number']}")
    theirs = "theirs" if len(audience) > 1 else f"version {audience[0]['number']}"
    return f"{', '.join(parts)}. They keep seeing {theirs}, with a note that it changed."


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
    return {"named": named, "drawn": drawn, "attempts": times_asked(question)}
