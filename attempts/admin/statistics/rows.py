"""The rows of the statistics: their numbers, and the texts that these were measured on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from attempts.models import QuestionStatistics
from attempts.statistics.rules import ENOUGH_ANSWERS, ENOUGH_CHECKED, RULES, Grouping
from questions.models import QuestionVersion
from questions.rules.prompts import prompt_title

MAX_LABEL = 90

SHOWN = [
    *("question", "question__slug", "question__seconds", "question__current_version"),
    *("question__current_version__prompt", "question__current_version__number"),
    *("version", "version__number", "version__prompt", "version__key_points"),
    *("points_version", "points_version__number", "points_version__key_points"),
    *("version__follow_ups", "points_version__follow_ups"),
    *("asked", "reached", "scored", "mean_share", "skip_rate", "time_out_rate", "median_seconds"),
    *("paired", "discrimination", "ticked", "miss_rates", "most_missed"),
    *("checked_answers", "corrected_answers", "most_corrected"),
    *("follow_ups_asked", "follow_ups_helped", "most_in_vain"),
]


@dataclass(frozen=True)
class PointNumbers:
    """A key point. missed: the share of answers that miss it.

    corrected of checked: in how many confirmed answers the candidate changed its tick. follow_up:
    the one that leads to it, "" if none does; asked: how often; helped: how often it was then made.
    """

    text: str
    missed: float
    checked: int
    corrected: int
    follow_up: str = ""
    asked: int = 0
    helped: int = 0

    @property
    def asks_in_vain(self) -> bool:
        """Whether its follow-up was asked often and never helped."""
        return self.asked >= ENOUGH_ANSWERS and not self.helped

    @property
    def correction(self) -> float | None:
        """The share of checked answers in which it was changed; None where they are too few."""
        return self.corrected / self.checked if self.checked >= ENOUGH_CHECKED else None


class StatisticsRow:
    """A row of the table: its numbers, and beside them the texts that they were measured on.

    asked: the versions that were asked, the newest first; of a row for one version, that one.
    """

    def __init__(
        self,
        numbers: QuestionStatistics,
        open_reports: Mapping[int, int],
        by: Grouping,
        asked: Sequence[QuestionVersion] = (),
    ) -> None:
        self.numbers, self.question = numbers, numbers.question
        self.asked = [numbers.version] if numbers.version else list(asked)
        self.open_reports = open_reports.get(getattr(numbers, f"{by}_id"), 0)

    @property
    def url(self) -> str:
        return reverse("admin:attempts_questionstatistics_question", args=[self.question.pk])

    @property
    def label(self) -> str:
        text = prompt_title(self.asked[0].prompt) if self.asked else self.question.title
        return text if len(text) <= MAX_LABEL else f"{text[: MAX_LABEL - 1].rstrip()}…"

    @property
    def versions(self) -> str:
        """Which versions were asked, for example “versions 1, 2; now version 3”.

        Empty for all versions together where that is the current one alone.
        """
        if self.numbers.version:
            return f"version {self.numbers.version.number}"
        current = self.question.current_version
        numbers = [str(version.number) for version in reversed(self.asked)]
        if not numbers or (current and numbers == [str(current.number)]):
            return ""
        words = f"version{'s' if len(numbers) > 1 else ''} {', '.join(numbers)}"
        is_new = current is not None and str(current.number) not in numbers
        return f"{words}; now version {current.number}" if current and is_new else words

    @property
    def points_version(self) -> int | None:
        """The number of the version whose key points these are, where it is not the current one."""
        version = self.numbers.version or self.numbers.points_version
        is_current = version is None or version.pk == self.question.current_version_id
        return None if version is None or is_current else version.number

    @property
    def points(self) -> list[PointNumbers]:
        """The numbers of each key point; empty without ticks."""
        version = self.numbers.version or self.numbers.points_version
        texts = version.key_points if version else []
        rates = self.numbers.miss_rates
        if len(texts) != len(rates):
            return []
        none, numbers = [0] * len(texts), self.numbers
        checked, corrected = numbers.checked_answers or none, numbers.corrected_answers or none
        follow_ups = (version.follow_ups if version else []) or [""] * len(texts)
        asked, helped = numbers.follow_ups_asked or none, numbers.follow_ups_helped or none
        rows = zip(texts, rates, checked, corrected, follow_ups, asked, helped, strict=True)
        return [PointNumbers(*row) for row in rows]

    @property
    def most_missed_point(self) -> PointNumbers | None:
        return max(self.points, key=lambda point: point.missed, default=None)

    @property
    def most_corrected_point(self) -> PointNumbers | None:
        """Of those with enough checked answers. None if it is none, or none was corrected."""
        corrected = [point for point in self.points if point.correction]
        return max(corrected, key=lambda point: point.correction or 0, default=None)

    @property
    def reasons(self) -> list[str]:
        """Why the question needs a look, in words."""
        return [rule.words for rule in RULES if getattr(self.numbers, rule.name)]

    @property
    def too_few(self) -> bool:
        return self.numbers.paired < ENOUGH_ANSWERS


def with_texts(rows: QuerySet[QuestionStatistics]) -> QuerySet[QuestionStatistics]:
    """The rows with the short texts that the table shows, without the long ones."""
    related = rows.select_related("question__current_version", "version", "points_version")
    return related.only(*SHOWN)


def table_rows(
    rows: QuerySet[QuestionStatistics],
    ids: Iterable[int],
    open_reports: Mapping[int, int],
    by: Grouping,
) -> list[StatisticsRow]:
    """The rows with these ids, in their order.

    Texts are read only for these few rows, because sorting a whole bank with its texts is slow.
    """
    ids = list(ids)
    by_id = {row.pk: row for row in with_texts(rows).filter(pk__in=ids)}
    asked = asked_versions({row.question_id for row in by_id.values()}) if by == "question" else {}
    return [
        StatisticsRow(row, open_reports, by, asked.get(row.question_id, []))
        for row in map(by_id.__getitem__, ids)
    ]


def asked_versions(questions: Iterable[int]) -> Mapping[int, list[QuestionVersion]]:
    """The versions of these questions that the numbers are about, newest first, by question."""
    stored = QuestionStatistics.objects.filter(question__in=questions, version__isnull=False)
    found = QuestionVersion.objects.filter(pk__in=stored.values("version")).order_by("-number")
    by_question: dict[int, list[QuestionVersion]] = defaultdict(list)
    for version in found.only("question_id", "number", "prompt"):
        by_question[version.question_id].append(version)
    return by_question
