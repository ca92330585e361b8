"""The rows of the list: a keyset page of them, each with its numbers and what was found in it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from uuid import UUID

from django.db.models import Case, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.text import capfirst

from attempts.models import Answer, Attempt, AttemptQuerySet, FinishReason
from attempts.models.searching import marked, query_for
from attempts.owners import Owner
from attempts.practice.titles import PREFIX
from attempts.rules.follow_ups.names import name_of
from attempts.rules.history.search import Part, snippet
from attempts.rules.lifecycle import State
from attempts.rules.results.score_change import ScoreChange, score_change
from attempts.rules.score_range import Shown, as_shown
from attempts.templatetags.durations import pace
from attempts.views.history.cursor import Cursor
from questions.rules.prompts import prompt_title
from quizsite.database.compiled_once import CompiledOnce, each_of, parameter

ROWS_PER_PAGE = 20

MOST_ROWS = 200
"""Rows that an address brings back at once; of more, the oldest ones."""

MOST_SNIPPETS = 2
"""Of how many answers a row shows what was found."""

ScoreRanges = Mapping[UUID, Shown]


@dataclass(frozen=True)
class Found:
    """What a search found in one answer, to a question or to a follow-up.

    position: of the question. name: "Question 2", "Follow-up to question 2".
    """

    position: int
    name: str
    parts: list[Part]


@dataclass(frozen=True)
class HistoryRow:
    """score_range: the score without and with what is unsure, as the result shows it, or None.
    range_before: the same of the attempt before it at the same interview.

    found: in the first answers that have the words of a search. more: how many others have them.
    """

    attempt: Attempt
    score_range: Shown | None = None
    range_before: Shown | None = None
    found: Sequence[Found] = ()
    more: int = 0

    @property
    def unusual_end(self) -> str:
        """How the attempt ended, in words; "" if its owner finished it."""
        if self.attempt.state == State.DISCARDED:
            return "discarded"
        if self.attempt.finish_reason == FinishReason.SUBMITTED:
            return ""
        return self.attempt.get_finish_reason_display()

    @property
    def facts(self) -> list[str]:
        """What is not as with most attempts: it is practice, ended otherwise, had more time."""
        kind = ""
        if self.attempt.is_practice:
            kind = f"practice: {self.attempt.interview_title.removeprefix(PREFIX)}"
        elif self.attempt.own_interview_id is not None:
            kind = "put together by you"
        return [fact for fact in (kind, self.unusual_end, pace(self.attempt)) if fact]

    @property
    def name(self) -> str:
        """The interview, or the question that was practised."""
        prompt: str | None = getattr(self.attempt, "asked_prompt", None)
        return self.attempt.interview_title if prompt is None else prompt_title(prompt)

    @property
    def change(self) -> ScoreChange | None:
        """Since the attempt at the same interview before it; None where a score is missing."""
        before: Decimal | None = getattr(self.attempt, "score_before", None)
        if self.attempt.score is None or before is None:
            return None
        return score_change(
            as_shown(before, self.range_before), as_shown(self.attempt.score, self.score_range)
        )

    @property
    def change_in_words(self) -> str:
        """ "" where it may be either way."""
        return "" if self.change is None else self.change.signed

    @property
    def hide_label(self) -> str:
        return hide_label(self.attempt)


@dataclass(frozen=True)
class HistoryPage:
    """attempts: newest first. has_newer, has_older: whether there are others around them."""

    attempts: list[Attempt]
    has_newer: bool
    has_older: bool

    @property
    def last(self) -> str:
        """The cursor of the last row; "" if there are none."""
        return str(Cursor.of(self.attempts[-1]) or "") if self.attempts else ""


def hide_label(attempt: Attempt) -> str:
    """What a button does that hides an attempt, or shows it again."""
    return "Show again" if attempt.is_hidden else "Hide"


def read_page(
    attempts: AttemptQuerySet, owner: Owner | None, before: Cursor | None, through: Cursor | None
) -> HistoryPage:
    """A page of these attempts of the owner's.

    before: those after this cursor, which are older. through: all down to this cursor.
    """
    if through:
        read = _with_facts(attempts.oldest_first(since=through.place)[: MOST_ROWS + 1], owner)
        shown, has_newer = read[-MOST_ROWS:], len(read) > MOST_ROWS
        has_older = attempts.newest_first(after=through.place).exists()
        return HistoryPage(shown, has_newer, has_older)
    after = before.place if before else None
    read = _with_facts(attempts.newest_first(after=after)[: ROWS_PER_PAGE + 1], owner)
    return HistoryPage(read[:ROWS_PER_PAGE], bool(before), len(read) > ROWS_PER_PAGE)


def _with_facts(chosen: AttemptQuerySet, owner: Owner | None) -> list[Attempt]:
    """The attempts, newest first, with what their rows say. It is read for none but these."""
    ids = list(chosen.values_list("pk", flat=True))
    if owner is None or not ids:
        return []
    column, value = owner.column
    return _facts(column).rows(ids=ids, owner=value)


@cache
def _facts(owner_column: str) -> CompiledOnce[Attempt]:
    """The statement with the parameters ids and owner."""

    def rows() -> AttemptQuerySet:
        asked = Answer.objects.filter(attempt=OuterRef("pk")).values("version__prompt")[:1]
        same = Q(interview=OuterRef("interview")) | Q(own_interview=OuterRef("own_interview"))
        mine = Attempt.objects.filter(**{owner_column: parameter("owner")})
        in_the_same_time = mine.scored_interviews().filter(
            same, time_factor=OuterRef("time_factor"), untimed=OuterRef("untimed")
        )
        ended_before = in_the_same_time.filter(finished_at__lt=OuterRef("finished_at"))
        before = ended_before.newest_first()[:1]
        found = Attempt.objects.filter(pk__in=each_of("ids")).with_counts().newest_first()
        return found.annotate(
            asked_prompt=Case(When(practice__isnull=False, then=Subquery(asked))),
            score_before=Case(When(practice=None, then=Subquery(before.values("score")))),
            attempt_before=Case(When(practice=None, then=Subquery(before.values("pk")))),
        )

    return CompiledOnce(rows)


def scores_of(attempts: Iterable[Attempt]) -> dict[UUID, Decimal]:
    """By id, the scores of these attempts, and of those that their changes are since."""
    scores: dict[UUID, Decimal | None] = {}
    for attempt in attempts:
        scores[_attempt_before(attempt)] = getattr(attempt, "score_before", None)
        scores[attempt.pk] = attempt.score
    return {pk: score for pk, score in scores.items() if score is not None}


def _attempt_before(attempt: Attempt) -> UUID:
    return getattr(attempt, "attempt_before", None) or attempt.pk


def rows_of(attempts: Sequence[Attempt], ranges: ScoreRanges, words: str) -> list[HistoryRow]:
    """words: of a search; "" for none."""
    found = _found(attempts, words) if words else {}
    return [
        HistoryRow(
            attempt,
            ranges.get(attempt.pk),
            ranges.get(_attempt_before(attempt)),
            found=found.get(attempt.pk, [])[:MOST_SNIPPETS],
            more=max(0, len(found.get(attempt.pk, [])) - MOST_SNIPPETS),
        )
        for attempt in attempts
    ]


def _found(attempts: Sequence[Attempt], words: str) -> Mapping[UUID, list[Found]]:
    """By attempt, what a search finds in its answers, those to follow-ups too; one statement for
    those that are shown.
    """
    answers = Answer.objects.filter(attempt__in=attempts, search=query_for(words))
    rows = answers.annotate(
        marked=marked("text", words), at=Coalesce("follows__position", "position")
    ).order_by("position")
    room = {attempt.pk: attempt.follow_ups for attempt in attempts}
    found: dict[UUID, list[Found]] = defaultdict(list)
    columns = ("attempt", "at", "position", "text", "marked")
    for pk, at, position, text, with_marks in rows.values_list(*columns):
        name = capfirst(name_of(position, room[pk]))
        found[pk].append(Found(at, name, snippet(text, with_marks)))
    return found
