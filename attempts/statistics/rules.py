"""Which questions need a look, and why: the rules with their thresholds."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypedDict

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When

from attempts.models import QuestionStatistics, Report
from attempts.rules.numbers import percent


class Reasons(TypedDict):
    """What rows_with_reasons adds to each row, besides a column for each of RULES."""

    reasons: int
    time_ratio: float


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    RowsWithReasons = QuerySet[WithAnnotations[QuestionStatistics, Reasons]]

Grouping = Literal["question", "version"]
"""Whether rows are about questions, all versions together, or about single versions."""

ENOUGH_ANSWERS = 20
"""Answers from which on a number about a question is more than chance."""

ENOUGH_CHECKED = 5
"""Answers that candidates have confirmed from which on a share of them is shown. It is small,
because few candidates check; a page says how many there are."""

LEAST_DISCRIMINATION = 0.1
MOST_TIME_OUTS = 0.3
MOST_SKIPS = 0.3
MOST_MISSES = 0.8
MOST_CORRECTIONS = 0.3


@dataclass(frozen=True)
class Rule:
    """A reason to look at a question. name: of a column that rows_with_reasons adds, 0 or 1."""

    name: str
    words: str
    condition: Q


RULES = (
    Rule("is_reported", "It has open reports.", Q()),  # open_reports brings the condition
    Rule(
        "is_blunt",
        f"Discrimination is below {LEAST_DISCRIMINATION}, from at least {ENOUGH_ANSWERS} answers:"
        " strong candidates hardly do better on this question.",
        Q(discrimination__lt=LEAST_DISCRIMINATION),
    ),
    Rule(
        "is_rushed",
        f"Time ran out in more than {percent(MOST_TIME_OUTS)} of at least {ENOUGH_ANSWERS}"
        " answers.",
        Q(time_out_rate__gt=MOST_TIME_OUTS, reached__gte=ENOUGH_ANSWERS),
    ),
    Rule(
        "is_skipped",
        f"More than {percent(MOST_SKIPS)} of at least {ENOUGH_ANSWERS} candidates left it"
        " without an answer.",
        Q(skip_rate__gt=MOST_SKIPS, reached__gte=ENOUGH_ANSWERS),
    ),
    Rule(
        "is_missed",
        f"One key point is missing in more than {percent(MOST_MISSES)} of at least"
        f" {ENOUGH_ANSWERS} answers.",
        Q(most_missed__gt=MOST_MISSES, ticked__gte=ENOUGH_ANSWERS),
    ),
    Rule(
        "is_corrected",
        f"Candidates changed the automatic tick of one key point in more than"
        f" {percent(MOST_CORRECTIONS)} of at least {ENOUGH_CHECKED} answers that they checked.",
        Q(most_corrected__gt=MOST_CORRECTIONS),  # computed from ENOUGH_CHECKED answers on
    ),
    Rule(
        "asks_in_vain",
        f"One follow-up was asked at least {ENOUGH_ANSWERS} times and never helped: nobody made its"
        " key point when asked.",
        Q(most_in_vain__gte=ENOUGH_ANSWERS),
    ),
)


def open_reports(by: Grouping) -> dict[int, int]:
    """How many open reports there are, by id of the question or of the version."""
    path = {"question": "answer__version__question", "version": "answer__version"}[by]
    counted = Report.objects.open().order_by().values_list(path)
    return dict(counted.annotate(count=Count("pk")))


def rows_with_reasons(by: Grouping, reported: Iterable[int]) -> "RowsWithReasons":
    """Rows of questions or of versions, each with a column for each rule and their sum, `reasons`.

    reported: ids of the questions or of the versions that have open reports (open_reports).
    """
    conditions = {rule.name: rule.condition for rule in RULES}
    conditions["is_reported"] = Q(**{f"{by}_id__in": list(reported)})
    holds = {
        name: Case(When(condition, then=1), default=0, output_field=IntegerField())
        for name, condition in conditions.items()
    }
    rows = QuestionStatistics.objects.filter(version__isnull=by == "question")
    return rows.annotate(**holds).annotate(
        reasons=sum((F(name) for name in holds), Value(0)),
        time_ratio=F("median_seconds") / F("question__seconds"),
    )
