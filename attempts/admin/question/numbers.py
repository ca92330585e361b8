"""The numbers beside each question of the list: stored statistics, and open reports.

They are read for the rows of the page alone. The list of all questions is joined with them only
where it is sorted by them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Protocol, cast

from django.db.models import (
    Case,
    F,
    FilteredRelation,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from attempts.models import QuestionStatistics
from questions.models import Question


class ListedQuestion(Protocol):
    """A question of the list, with its numbers (with_numbers)."""

    pk: int
    stored_asked: int
    stored_share: float | None
    stored_skips: float | None
    reported: int


ASKED = Coalesce(F("overall__asked"), 0)
SHARE = F("overall__mean_share")
SKIPS = F("overall__skip_rate")


def joinable(questions: QuerySet[Question]) -> QuerySet[Question]:
    """The questions with a relation that is joined only where ASKED, SHARE or SKIPS are used."""
    all_versions = Q(statistics__version=None)
    return questions.annotate(overall=FilteredRelation("statistics", condition=all_versions))


def reported_order(reported: Mapping[int, int]) -> Case:
    """What to sort by for the number of open reports. reported: by question; not empty."""
    questions: dict[int, list[int]] = defaultdict(list)
    for question, count in reported.items():
        questions[count].append(question)
    cases = [When(pk__in=some, then=Value(count)) for count, some in questions.items()]
    return Case(*cases, default=Value(0), output_field=IntegerField())


def with_numbers(
    questions: Iterable[Question], reported: Mapping[int, int]
) -> list[ListedQuestion]:
    """The questions, with the numbers that the list shows. Takes one query."""
    rows = cast("list[ListedQuestion]", list(questions))
    stored = QuestionStatistics.objects.filter(version=None, question__in=[q.pk for q in rows])
    columns = ("asked", "mean_share", "skip_rate")
    numbers = {pk: more for pk, *more in stored.values_list("question", *columns)}
    for row in rows:
        row.stored_asked, row.stored_share, row.stored_skips = numbers.get(row.pk, (0, None, None))
        row.reported = reported.get(row.pk, 0)
    return rows
