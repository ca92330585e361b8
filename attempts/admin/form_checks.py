"""What could be better about the question in a form: what can be counted, and what is scored.

Nothing of it keeps an editor from saving.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from django.core.cache import cache
from django.http import QueryDict

from attempts.marking.question_checks import (
    LEAST_OF_SHORT,
    GivenAway,
    OwnTexts,
    given_away,
)
from attempts.scoring_process import beside
from questions.admin.phrasing_rows import follow_ups_in_form, phrasings_in_form
from questions.rules.good_question import GoodTexts, remarks
from questions.rules.phrasings import Phrasing
from questions.rules.texts import items_of, key_points_of

CACHED_SECONDS = 30 * 24 * 60 * 60
MAX_CHARACTERS = 10_000
"""The limit for all texts together, so that the score takes a second at most."""
MAX_POINTS = 30
MAX_STATEMENT_CHARACTERS = 20_000
MOST_REMARKS = 20
"""A form may have thousands of key points, and each could get one."""


@dataclass(frozen=True)
class MissingPoint:
    """What the example answer does not make. opposite: the statement that it makes instead."""

    text: str
    opposite: str | None


@dataclass(frozen=True)
class Scored:
    """What the scorer says of the texts of a question. missing: from the long example.

    short_lacks: whether the short example makes too few of the points.
    """

    missing: Sequence[MissingPoint] = ()
    short_lacks: bool = False
    given_away: Sequence[GivenAway] = ()


@dataclass(frozen=True)
class FormTexts:
    """The texts of a question's form, valid or not, that are checked."""

    prompt: str
    answer: str
    example: str
    short_example: str
    points: Sequence[str]
    follow_ups: Sequence[str]
    phrasings: Sequence[Phrasing]

    @property
    def is_too_long(self) -> bool:
        texts = [self.prompt, self.answer, self.example, self.short_example, *self.follow_ups]
        return is_too_long(texts, self.points, self.phrasings)


def checked(form: QueryDict) -> dict[str, object]:
    """What a form's checks say, as the template shows it."""
    texts = _texts_in(form)
    good = GoodTexts(
        texts.short_example,
        texts.points,
        texts.follow_ups,
        items_of(form.get("sources", "")),
        texts.prompt,
    )
    said = islice(remarks(good), MOST_REMARKS)
    # Nobody is told what is missing from a form that nobody has begun to fill in.
    has_begun = bool(texts.prompt.strip() or texts.points)
    return {
        "points": texts.points if texts.example.strip() else [],
        "longest": MAX_CHARACTERS,
        "most_points": MAX_POINTS,
        "too_long": texts.is_too_long,
        "scored": Scored() if texts.is_too_long else _scored(texts),
        "remarks": [sentence for _, sentence in said] if has_begun else [],
    }


def is_too_long(texts: Sequence[str], points: Sequence[str], phrasings: Sequence[Phrasing]) -> bool:
    """Whether the scorer would take too long with these texts, points and phrasings."""
    statements = "".join(s for p in phrasings for s in (*p["accept"], *p["reject"]))
    return (
        len("".join([*texts, *points])) > MAX_CHARACTERS
        or len(points) > MAX_POINTS
        or len(statements) > MAX_STATEMENT_CHARACTERS
    )


def _texts_in(form: QueryDict) -> FormTexts:
    points = key_points_of(form.get("key_points", ""))
    names = ("prompt", "answer", "example_answer", "short_example")
    prompt, answer, example, short_example = (form.get(name, "") for name in names)
    return FormTexts(
        prompt,
        answer,
        example,
        short_example,
        points,
        follow_ups_in_form(form, points),
        phrasings_in_form(form, points),
    )


def _scored(texts: FormTexts) -> Scored:
    if not texts.points:
        return Scored()
    said = repr((texts, beside.engine_name()))
    key = f"checked:{hashlib.sha256(said.encode()).hexdigest()}"
    found: Scored | None = cache.get(key)
    if found is None:
        found = _score(texts)
        cache.set(key, found, CACHED_SECONDS)
    return found


def _score(texts: FormTexts) -> Scored:
    # An example is read beside the answer, because beside itself it would always be near.
    about = OwnTexts(texts.prompt, texts.points, texts.answer, texts.phrasings)
    as_candidates = OwnTexts(
        texts.prompt, texts.points, texts.example.strip() or texts.answer, texts.phrasings
    )
    long = about.score(texts.example) if texts.example.strip() else None
    short = as_candidates.score(texts.short_example) if texts.short_example.strip() else None
    missing = [
        MissingPoint(text, point["opposite"])
        for text, point in zip(texts.points, long["points"] if long else [], strict=False)
        if not point["covered"]
    ]
    return Scored(
        missing,
        short is not None and short["low"] < LEAST_OF_SHORT,
        list(given_away(as_candidates, texts.follow_ups)),
    )
