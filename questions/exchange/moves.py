"""What passes from one question to another in one import: slugs and the prompts of published ones.

No two questions have one slug, and no two published ones ask the same, at the end of the import.
So swaps, chains and rotations are right. A row that is wrong is not written: its question keeps
what another row may wait for, and that one is wrong too.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from questions.exchange.matching import KnownQuestions
from questions.exchange.planned import WRITTEN, Outcome, Row
from questions.formats import Mistake
from questions.models import Status
from questions.rules.prompts import prompt_key

Kept: TypeAlias = tuple[Literal["slug", "prompt"], int]
"""What a question of the bank, by its key, has alone."""


@dataclass(frozen=True)
class _Wait:
    """A row that is right only if a question of the bank gives something up."""

    index: int
    on: Kept
    mistake: Mistake


def with_waiting_marked(rows: Sequence[Row], known: KnownQuestions) -> tuple[Row, ...]:
    """The rows; each that wants what its holder in the bank keeps is wrong."""
    given_up = {kept for row in rows for kept in _given_up(row, known)}
    waiting: dict[Kept, list[_Wait]] = defaultdict(list)
    for index, row in enumerate(rows):
        for wait in _waits(index, row, known):
            waiting[wait.on].append(wait)
    in_vain: dict[int, list[Mistake]] = defaultdict(list)
    to_check = [kept for kept in waiting if kept not in given_up]
    while to_check:
        for wait in waiting.pop(to_check.pop(), []):
            in_vain[wait.index].append(wait.mistake)
            to_check += _given_up(rows[wait.index], known)
    return tuple(
        _wrong(row, in_vain[index]) if index in in_vain else row for index, row in enumerate(rows)
    )


def _given_up(row: Row, known: KnownQuestions) -> Iterator[Kept]:
    """What the question of a row no longer has once the row is written."""
    if not row.pk or row.outcome != Outcome.CHANGED:
        return
    old = known.by_key[row.pk]
    if row.question.slug != old.slug:
        yield "slug", row.pk
    has_other = prompt_key(row.question.prompt) != prompt_key(old.prompt)
    if has_other or row.status != Status.PUBLISHED:
        yield "prompt", row.pk


def _waits(index: int, row: Row, known: KnownQuestions) -> Iterator[_Wait]:
    if row.outcome not in WRITTEN:
        return
    holder = known.by_slug.get(row.question.slug, row.pk)
    if holder and holder != row.pk:
        name = known.by_key[holder].prompt or row.question.slug
        fix = f"Write another one. Or give “{name}” another slug, here or in the same file."
        mistake = Mistake("slug", "belongs to another question of the bank", fix)
        yield _Wait(index, ("slug", holder), mistake)
    if row.status == Status.PUBLISHED:
        for pk, slug in known.published.others_asking(row.pk, row.question.prompt).items():
            fix = "Write another one. Or reword or retire that question, here or in the same file."
            mistake = Mistake("prompt", f"is that of the published question {slug}", fix)
            yield _Wait(index, ("prompt", pk), mistake)


def _wrong(row: Row, mistakes: Sequence[Mistake]) -> Row:
    return replace(row, outcome=Outcome.WRONG, pk=None, changes=(), mistakes=tuple(mistakes))
