"""Slugs for what has none yet."""

from collections import Counter
from collections.abc import Iterable

from django.utils.text import slugify


class FreeSlugs:
    """Gives slugs that are not taken; each that it gives is taken from then on."""

    def __init__(self, taken: Iterable[str]):
        self.taken = set(taken)
        self._numbers: Counter[str] = Counter()

    def give(self, text: str, most: int = 80) -> str:
        """A slug of at most `most` characters, made of the text."""
        slug = base = base_of(text, most)
        while slug in self.taken:
            # Counted on from the last time: thousands of texts may come to the same word.
            self._numbers[base] += 1
            slug = f"{base}-{self._numbers[base] + 1}"
        self.taken.add(slug)
        return slug


def free_slug(text: str, rows, most: int = 80) -> str:
    """A slug made of the text that no row of a queryset has."""
    alike = rows.filter(slug__startswith=base_of(text, most))
    return FreeSlugs(alike.values_list("slug", flat=True)).give(text, most)


def base_of(text: str, most: int) -> str:
    """What a slug of the text begins with, with room for a number after it."""
    return slugify(text)[: min(60, most - 10)].strip("-") or "question"
