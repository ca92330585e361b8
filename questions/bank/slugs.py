"""Slugs for rows that have none yet, and rows by a slug that they have or had."""

from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.text import slugify

from questions.formats import FormatError
from questions.models import Interview, Question, Topic
from questions.rules.limits import MAX_QUESTION_SLUG

LONGEST_BASE = 60

M = TypeVar("M", Topic, Question, Interview)


class FreeSlugs:
    """Gives slugs that are not taken. Each one that it gives is taken from then on."""

    def __init__(self, taken: Iterable[str]) -> None:
        self.taken = set(taken)
        self._numbers: Counter[str] = Counter()

    def give(self, text: str, longest: int = MAX_QUESTION_SLUG, empty: str = "question") -> str:
        """A slug made of the text; of `empty` if the text has no Latin letter or digit."""
        slug = base = base_of(text, longest, empty)
        while slug in self.taken:
            # Counting goes on from the last time, because thousands of texts may have one base.
            self._numbers[base] += 1
            slug = f"{base}-{self._numbers[base] + 1}"
        self.taken.add(slug)
        return slug


def free_slug(text: str, rows: QuerySet, longest: int = MAX_QUESTION_SLUG) -> str:
    """A slug made of the text that no row of a queryset has, or had."""
    known = rows.order_by().values_list("slug", "former_slugs")
    return FreeSlugs(slug for now, had in known for slug in (now, *had)).give(text, longest)


def base_of(text: str, longest: int, empty: str = "question") -> str:
    """The beginning of a slug of the text, with room for a number after it."""
    return slugify(text)[: min(LONGEST_BASE, longest - 10)].strip("-") or empty


def find_by_slug(model: type[M], slug: str) -> M | None:
    """The row that has a slug; else the one that had it, if only one had."""
    if row := model.objects.filter(slug=slug).first():
        return row
    had = model.objects.filter(former_slugs__contains=[slug])[:2]
    return had[0] if len(had) == 1 else None


def refer(model: type[M], slug: str) -> M:
    """The row that a file refers to. Raises FormatError."""
    row = find_by_slug(model, slug)
    if row is None:
        raise FormatError(f"there is no {model._meta.verbose_name} {slug!r}")
    return row
