"""Which topic of the bank a row of a file names, and which topics an import adds."""

from collections.abc import Iterable

from questions.formats import Item, Mistake, TopicRecord
from questions.formats.fields import topic_slug
from questions.formats.records import WrongValue
from questions.models import Topic

MANY_TOPICS = 12
"""A message lists no more topics than this."""


class BankTopics:
    """The bank's topics, and those that a file brings."""

    def __init__(
        self, brought: Iterable[TopicRecord], fallback: Topic | None, *, may_add: bool
    ) -> None:
        """fallback: the topic of new questions that name none."""
        self._names = dict(Topic.objects.values_list("slug", "name"))
        self._by_name = {name.casefold(): slug for slug, name in self._names.items()}
        self._fallback = fallback
        self._may_add = may_add
        self._new: dict[str, TopicRecord] = {}
        self._brought: set[str] = set()
        self.renamed: list[tuple[str, str, str]] = []
        """(slug, name in the bank, name in the file) of topics with two names."""
        for record in brought:
            name = self._names.get(record.slug)
            if name is None and self._add(record) is None:
                self._brought.add(record.slug)
            elif name is not None and name != record.name:
                self.renamed.append((record.slug, name, record.name))

    def needed(self, used: Iterable[str]) -> tuple[TopicRecord, ...]:
        """The topics to add: those listed in the file, and new ones among those that rows use."""
        needed = self._brought | set(used)
        return tuple(record for slug, record in self._new.items() if slug in needed)

    def resolve(self, item: Item, *, is_new: bool) -> tuple[str | None, Mistake | None]:
        """The slug of a row's topic, or what is wrong with it; neither if it stays as it is."""
        slug, name = item.values.get("topic"), item.values.get("topic_name")
        if any(mistake.column in ("topic", "topic_name") for mistake in item.mistakes):
            return None, None
        named = slug or name or ""
        if named in self._names or named in self._new:
            return named, None
        if known := self._by_name.get(named.casefold()):
            return known, None
        if slug is None:
            return self._without_slug(name) if is_new else (None, None)
        if name is None:
            fix = f"Write one of {self._choice()}, or give its name in topic_name to add it."
            return None, Mistake("topic", f"there is no topic “{slug}”", fix)
        return slug, self._add(TopicRecord(slug, name))

    def _without_slug(self, name: str | None) -> tuple[str | None, Mistake | None]:
        if self._fallback:
            return self._fallback.slug, None
        what = f"there is no topic called “{name}”" if name else "is missing"
        fix = f"Write one of {self._choice()}, or choose a topic for such questions."
        return None, Mistake("topic", what, fix)

    def _add(self, record: TopicRecord) -> Mistake | None:
        """Plan a new topic, or say why it cannot be added."""
        try:
            topic_slug(record.slug)
        except WrongValue as wrong:
            return Mistake("topic", wrong.what, wrong.fix)
        if other := self._by_name.get(record.name.casefold()):
            fix = f"Write {other} as its topic."
            return Mistake("topic_name", f"“{record.name}” is the topic {other} already", fix)
        if not self._may_add:
            fix = f"Write one of {self._choice()}, or ask somebody who may add topics."
            return Mistake("topic", f"there is no topic “{record.slug}”", fix)
        self._new[record.slug] = record
        self._by_name[record.name.casefold()] = record.slug
        return None

    def _choice(self) -> str:
        slugs = sorted({*self._names, *self._new})
        more = f" and {len(slugs) - MANY_TOPICS} more" if len(slugs) > MANY_TOPICS else ""
        return ", ".join(slugs[:MANY_TOPICS]) + more if slugs else "the bank's topics (none yet)"
