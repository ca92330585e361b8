"""Slugs that pass from one question to another in one import: swaps, chains and rotations."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from questions.exchange.planned import Outcome, Row
from questions.formats import Mistake

WRITTEN = (Outcome.NEW, Outcome.CHANGED)


def with_taken_slugs_marked(
    rows: Sequence[Row], holders: Mapping[str, int], names: Mapping[int, str]
) -> tuple[Row, ...]:
    """The rows; each that wants a slug which its holder keeps is wrong.

    holders: the keys of the bank's questions by slug. names: their prompts. A row that is wrong
    is not written, so its question keeps the slug that another row may want.
    """
    marked = list(rows)
    moving = {
        row.pk: row.question.slug for row in rows if row.pk and row.outcome == Outcome.CHANGED
    }
    waiting = defaultdict(list)
    for index, row in enumerate(rows):
        if row.outcome in WRITTEN and holders.get(row.question.slug, row.pk) != row.pk:
            waiting[row.question.slug].append(index)
    slugs = {pk: slug for slug, pk in holders.items()}
    to_check = [slug for slug in waiting if moving.get(holders[slug], slug) == slug]
    while to_check:
        slug = to_check.pop()
        for index in waiting.pop(slug, []):
            row = marked[index]
            marked[index] = _wrong(row, names[holders[slug]])
            if row.pk and moving.pop(row.pk, None):
                to_check.append(slugs[row.pk])
    return tuple(marked)


def _wrong(row: Row, holder: str) -> Row:
    what = "belongs to another question of the bank"
    fix = f"Write another one. Or give “{holder}” another slug, here or in the same file."
    mistake = Mistake("slug", what, fix)
    return replace(row, outcome=Outcome.WRONG, pk=None, changes=(), mistakes=(mistake,))
