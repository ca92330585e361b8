"""What an editor should look at although nothing is wrong with a row."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from questions.exchange.matching import KnownQuestions, Match
from questions.exchange.planned import Outcome, Row
from questions.formats import Item
from questions.models import Status
from questions.rules.prompts import prompt_key
from questions.rules.texts import folded

MOST_NAMED = 3
"""A warning names no more questions than this."""
COMMON_WORDS = 0.5
"""The part of the words of a question that a reworded one still has."""


def remarks_on(item: Item, match: Match, known: KnownQuestions) -> Iterator[str]:
    """What a row alone gives reason to say."""
    if match.pk is None:
        return
    old = known.by_key[match.pk]
    if match.by == "former_slug":
        yield f"The question {item.values['slug']} is called {old.slug} here now."
    prompt = item.values.get("prompt", "")
    if match.by == "foreign_id" and prompt and not _is_like(prompt, old.prompt):
        yield (
            f"Only its id says that this is the question {old.slug}, which asks something else."
            " If it is another question, name another source of the ids."
        )


def with_same_prompts_named(rows: Sequence[Row], known: KnownQuestions) -> tuple[Row, ...]:
    """The rows; each that comes to ask what another question asks says so.

    The other question may be of any status, in the bank or in the file.
    """
    moved = {row.pk for row in rows if row.pk and _asks_anew(row)}
    asking: dict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        if row.outcome != Outcome.WRONG and _asks_anew(row):
            asking[prompt_key(row.question.prompt)].append(index)
    return tuple(_named(row, index, rows, asking, known, moved) for index, row in enumerate(rows))


def _named(
    row: Row,
    index: int,
    rows: Sequence[Row],
    asking: dict[str, list[int]],
    known: KnownQuestions,
    moved: set[int],
) -> Row:
    key = prompt_key(row.question.prompt)
    if index not in asking.get(key, []):
        return row
    others = [
        f"the {Status(known.by_key[pk].status).label} question {known.by_key[pk].slug}"
        for pk in known.by_prompt.get(key, [])
        if pk != row.pk and pk not in moved
    ]
    others += [f"the question at {rows[other].place}" for other in asking[key] if other != index]
    if not others:
        return row
    more = f" and {len(others) - MOST_NAMED} more" if len(others) > MOST_NAMED else ""
    warning = f"It asks the same as {', '.join(others[:MOST_NAMED])}{more}."
    return replace(row, warnings=(*row.warnings, warning), same_prompt=True)


def _asks_anew(row: Row) -> bool:
    return row.outcome == Outcome.NEW or any(change.field == "prompt" for change in row.changes)


def _is_like(prompt: str, other: str) -> bool:
    words, others = (set(folded(text).split()) for text in (prompt, other))
    return len(words & others) >= COMMON_WORDS * min(len(words), len(others), 6)
