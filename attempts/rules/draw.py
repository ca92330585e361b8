"""Which questions an interview asks this time. Pure; the same seed draws the same questions."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum

from questions.rules.numbers import counted

NO_SHARE = Decimal(2)
"""Greater than any share."""


class Prefer(StrEnum):
    """Which questions a draw takes first."""

    UNSEEN = "unseen"
    WEAK = "weak"
    ANY = "any"


@dataclass(frozen=True)
class DrawableQuestion:
    """A question that can be drawn. seen_at: when this owner was last asked it. weak_share: of the
    last answer, if the question is weak.
    """

    id: int
    topic: int
    difficulty: int
    seen_at: datetime | None = None
    weak_share: Decimal | None = None


@dataclass(frozen=True)
class DrawSlot:
    """A slot for one question: a fixed one, or any of a topic (None: any) and difficulty.

    question, topic: ids. difficulty: from, to.
    """

    question: int | None = None
    topic: int | None = None
    difficulty: tuple[int, int] = (1, 3)

    def admits(self, question: DrawableQuestion) -> bool:
        if self.question is not None:
            return question.id == self.question
        low, high = self.difficulty
        return self.topic in (None, question.topic) and low <= question.difficulty <= high


class CannotFill(Exception):
    """The bank has too few questions for these slots. empty: indexes of those left empty."""

    def __init__(self, empty: list[int]):
        are = "is" if len(empty) == 1 else "are"
        super().__init__(f"{counted(len(empty), 'question')} {are} missing")
        self.empty = empty


def draw(
    slots: Sequence[DrawSlot],
    questions: Sequence[DrawableQuestion],
    seed: int,
    prefer: Prefer = Prefer.UNSEEN,
) -> list[int]:
    """The id of a question for each slot, no question twice.

    Questions never seen come first, then those seen longest ago; the seed decides among equals.
    Weak ones, if they are preferred, come before these, the weakest first. ANY: the seed decides.
    They are tried in that order, and a question is taken if the slots filled so far can still be
    filled together with one more. This gives the freshest set there is, and fills every slot
    whenever that is possible (greedy on a transversal matroid: Edmonds and Fulkerson 1965).
    A fixed question is never drawn for another slot. Raises CannotFill.
    """
    if not slots:
        raise CannotFill([0])  # an interview asks at least one question
    rng = random.Random(seed)
    fixed = {slot.question for slot in slots if slot.question is not None}
    pool = [(rng.random(), q) for q in sorted(questions, key=lambda question: question.id)]
    # The fixed ones come first to save time: the loop then ends as soon as all slots are filled.
    pool.sort(key=lambda pair: (pair[1].id not in fixed, _turn(pair[1], prefer), pair[0]))

    filled: dict[int, DrawableQuestion] = {}
    for _, question in pool:
        if len(filled) == len(slots):
            break
        _fill_one_more(question, slots, filled, set(), fixed)
    if len(filled) < len(slots):
        raise CannotFill([i for i in range(len(slots)) if i not in filled])
    return [filled[i].id for i in range(len(slots))]


def _turn(question: DrawableQuestion, prefer: Prefer) -> tuple[Decimal, datetime]:
    """What comes first has the smaller turn."""
    never = datetime.min.replace(tzinfo=UTC)
    if prefer == Prefer.ANY:
        return NO_SHARE, never
    if prefer == Prefer.WEAK and question.weak_share is not None:
        return question.weak_share, never
    return NO_SHARE, question.seen_at or never


def _fill_one_more(
    question: DrawableQuestion,
    slots: Sequence[DrawSlot],
    filled: dict[int, DrawableQuestion],
    tried: set[int],
    fixed: set[int],
) -> bool:
    """Put the question in a slot, moving others to other slots if that makes room."""
    for index, slot in enumerate(slots):
        if index in tried or not slot.admits(question):
            continue
        if slot.question is None and question.id in fixed:
            continue
        tried.add(index)
        if index not in filled or _fill_one_more(filled[index], slots, filled, tried, fixed):
            filled[index] = question
            return True
    return False
