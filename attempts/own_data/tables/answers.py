"""Answers, and what belongs to one answer.

Of a running attempt, nothing is in the file that its room does not show yet: not the key points,
and with per-question timing not the questions that no page has shown.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby

from attempts.models import (
    Answer,
    AskedQuestion,
    Attempt,
    KeptText,
    Report,
    SaidHere,
    by_question,
)
from attempts.own_data.table import Column, Table
from attempts.own_data.tables.attempts import ATTEMPT, ROW
from attempts.owners import Owner
from attempts.rules.lifecycle import State

POSITION = Column(
    "position",
    "Its place in the attempt, from 1. After each question there is room for its follow-ups.",
)
OF_ANSWER = [
    Column("attempt_id", ATTEMPT.about, "answer.attempt_id"),
    Column("position", POSITION.about, "answer.position"),
]
NOT_WHILE_RUNNING = "Those of a running attempt are left out."


@dataclass(frozen=True)
class Point:
    """A key point of an answer, to a question or to a follow-up. index: from 0."""

    answer: Answer
    index: int
    asked: AskedQuestion

    @property
    def counts(self) -> bool:
        counted = self.asked.answer.counted
        return counted is None or counted[self.index]

    @property
    def made(self) -> str | None:
        """How the question makes it; None for a follow-up, and while it is not known."""
        how = None if self.answer.is_follow_up else self.asked.how_made
        return how[self.index].value if how else None

    def of(self, values: list[bool] | None) -> bool | None:
        return values[self.index] if values else None

    def found(self, name: str) -> object:
        """What the engine found of it; None if no engine has looked at the answer."""
        return (self.answer.evidence or [{}] * (self.index + 1))[self.index].get(name)


def answer_tables(owner: Owner) -> list[Table]:
    mine = Attempt.objects.owned_by(owner)
    ended = mine.exclude(state=State.RUNNING.value)

    def answers() -> Iterator[Answer]:
        rows = Answer.objects.filter(attempt__in=mine)
        rows = rows.select_related("attempt", "version__question__topic", "follows")
        rows = rows.defer("search", "version__question__phrasings", "follows__search")
        return rows.order_by("attempt__started_at", "attempt", "position").iterator(chunk_size=500)

    def points() -> Iterator[Point]:
        rows = Answer.objects.filter(attempt__in=ended).select_related("version").defer("search")
        in_order = rows.order_by("attempt__started_at", "attempt", "position")
        of_attempts = groupby(in_order.iterator(chunk_size=500), key=lambda a: a.attempt_id)
        for asked in chain.from_iterable(by_question(answers) for _, answers in of_attempts):
            for answer in (asked.answer, *asked.follow_ups):
                yield from (Point(answer, i, asked) for i in range(len(answer.version.key_points)))

    def kept() -> Iterator[KeptText]:
        rows = KeptText.objects.filter(answer__attempt__in=mine).select_related("answer")
        return rows.defer("answer__search").order_by("kept_at", "pk").iterator()

    def said() -> Iterator[SaidHere]:
        rows = SaidHere.objects.filter(answer__attempt__in=ended).select_related("answer")
        return rows.defer("answer__search").order_by("created_at", "pk").iterator()

    def reports() -> Iterator[Report]:
        rows = Report.objects.filter(answer__attempt__in=mine).select_related("answer")
        return rows.defer("answer__search").order_by("reported_at", "pk").iterator()

    return [
        Table("answers", "The questions you were asked and your answers, by attempt. Of a running"
              " attempt, what its pages have not shown yet is empty.", Answer, answers, ANSWERS,
              {**ROW, "revision": BOOKKEEPING, "writer": BOOKKEEPING, "sequence": BOOKKEEPING,
               "offered_point": BOOKKEEPING,
               "search": "the words of the answer again, prepared for the search"}),
        Table("key_points", "The key points of the questions, and which of them your answers make."
              f" {NOT_WHILE_RUNNING}", Answer, points, KEY_POINTS),
        Table("kept_texts", "Texts that did not count and were kept.", KeptText, kept, KEPT,
              {**ROW, "writer": BOOKKEEPING}),
        Table("said_here", "Words with which you showed that an answer makes a key point."
              f" {NOT_WHILE_RUNNING}", SaidHere, said, SAID,
              {**ROW, "question": "it is in the answer"}),
        Table("reports", "Your reports of problems with a question.", Report, reports, REPORTS,
              {**ROW, "handled_by": "another person"}),
    ]  # fmt: skip


BOOKKEEPING = "by this the site tells two open pages apart; it says nothing of you"


def was_shown(answer: Answer) -> bool:
    """Whether a page of its attempt has shown the question by now."""
    attempt = answer.attempt
    return not (attempt.is_running and attempt.forward_only and answer.shown_at is None)


def if_shown(read: Callable[[Answer], object]) -> Callable[[Answer], object]:
    return lambda answer: read(answer) if was_shown(answer) else None


def if_ended(read: Callable[[Answer], object]) -> Callable[[Answer], object]:
    """What tells of the points, which are hidden again while staff have reopened the attempt."""
    return lambda answer: None if answer.attempt.is_running else read(answer)


def _asked_for(answer: Answer) -> int | None:
    return None if answer.asked_point is None else answer.asked_point + 1


ANSWERS = [
    ATTEMPT,
    POSITION,
    Column("question", "The question's name in addresses.", "version",
           if_shown(lambda answer: answer.version.question.slug)),
    Column("version", "Which version of the question.",
           read=if_shown(lambda answer: answer.version.number)),
    Column("topic", "The question's topic.", "version",
           if_shown(lambda answer: answer.version.question.topic.name)),
    Column("difficulty", "1 easy, 2 medium, 3 hard.", "version",
           if_shown(lambda answer: answer.version.question.difficulty)),
    Column("prompt", "The question, or the follow-up, as you were asked it. Markdown.", "version",
           if_shown(lambda answer: answer.asked)),
    Column("follows", "Of a follow-up: the position of the question that it follows.", "follows",
           lambda answer: answer.follows and answer.follows.position),
    Column("asked_for", "Of a follow-up: the number of the key point that it asks for; empty while"
           " the attempt runs.", "asked_point", if_ended(_asked_for)),
    Column("limit_seconds", "With a limit for each question: its time.", "limit"),
    Column("opened_at", "When it opened; with one clock for all, when you last went to it."),
    Column("shown_at", "With a limit for each question: when a page first showed it."),
    Column("closed_at", "When it closed."),
    Column("closed_by", "submitted, skipped, deadline (time ran out) or finish."),
    Column("time_spent_seconds", "How long it was open.", "time_spent"),
    Column("text", "Your answer."),
    Column("saved_at", "When the text was last saved."),
    Column("flagged", "Whether you flagged it."),
    Column("text_at_deadline", "With overtime: the text when time was up."),
    Column("engine", "What checked the answer automatically; empty: nothing yet."),
    Column("not_english", "Whether it was not checked because it is not in English."),
    Column("share", "The part of its key points that count, 0 to 1; empty: not scored, or the"
           " attempt runs again. A key point made only in the answer to a follow-up counts half; a"
           " follow-up has no share of its own.", "share", if_ended(lambda answer: answer.share)),
    Column("regraded_at", "When the question was corrected after you had answered it."),
    Column("regrade_note", "What the correction was; empty while the attempt runs again.",
           "regrade_note", if_ended(lambda answer: answer.regrade_note)),
    Column("sureness", "How sure you were, said before the score: 1 to 3."),
    Column("first_word_after_seconds", "From its opening to the first text.", "first_word_after"),
    Column("last_word_after_seconds", "From its opening to the last new text.",
           "last_word_after"),
    Column("longest_pause_seconds", "The longest time without new text.", "longest_pause"),
]  # fmt: skip
KEY_POINTS = [
    *OF_ANSWER,
    Column("number", "Which key point of the question, from 1.", "version",
           lambda point: point.index + 1),
    Column("key_point", "What a good answer says.", "version",
           lambda point: point.answer.version.key_points[point.index]),
    Column("suggested", "Whether the automatic check found it; empty: not checked.",
           read=lambda point: point.of(point.answer.suggested)),
    Column("confidence", "How sure the automatic check was, 0 to 1.", "evidence",
           lambda point: point.found("confidence")),
    Column("evidence", "The part of your answer that it read for this.",
           read=lambda point: point.found("text")),
    Column("opposite", "The false statement that this part makes instead, if any.", "evidence",
           lambda point: point.found("opposite")),
    Column("ticked", "Whether you ticked it; empty: you have not checked the answer.",
           "confirmed", lambda point: point.of(point.answer.confirmed)),
    Column("counts", "Whether it counts; false if a correction took it out.", "counted",
           lambda point: point.counts),
    Column("made", "How you made it: made, made when asked (in the answer to a follow-up, which"
           " counts half), or missed; empty for a follow-up.", "confirmed",
           lambda point: point.made),
]  # fmt: skip
KEPT = [
    *OF_ANSWER,
    Column("source", "late: typed after time. other: from another tab or device."),
    Column("text", "The text."),
    Column("kept_at", "When."),
]
SAID = [
    *OF_ANSWER,
    Column("number", "Which key point, from 1.", "point", lambda said: said.point + 1),
    Column("key_point", "What it says."),
    Column("words", "The words of your answer."),
    Column("created_at", "When you showed them."),
]
REPORTS = [
    *OF_ANSWER,
    Column("reason", "wrong, unclear, outdated or other."),
    Column("text", "What you wrote."),
    Column("reported_at", "When."),
    Column("status", "open, accepted or declined."),
    Column("reply", "What the editors answered."),
    Column("handled_at", "When they did."),
]
