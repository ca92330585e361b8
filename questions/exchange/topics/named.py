"""Which topic of the bank a row of a file names, and which topics an import adds."""

from collections.abc import Iterable
from dataclasses import dataclass

from questions.bank.slugs import FreeSlugs
from questions.exchange.planned import Outcome
from questions.exchange.topics.listed import may_not_add, plan_listed
from questions.exchange.topics.names import name_from_slug, topic_key, topic_token
from questions.exchange.topics.stored import StoredTopics
from questions.exchange.wanted import ImportFile
from questions.formats import Item, Mistake, TopicRecord
from questions.formats.fields import SLUG
from questions.rules.limits import MAX_SLUG

MANY_TOPICS = 12
"""A message lists no more topics than this."""


@dataclass(frozen=True)
class Found:
    """The topic of a row. slug: "" if a known question keeps its topic, or the row is wrong.

    lost: the topic that the row names and the bank lacks.
    """

    slug: str = ""
    mistake: Mistake | None = None
    lost: str = ""


class BankTopics:
    """The bank's topics, and those that a file brings."""

    def __init__(self, file: ImportFile) -> None:
        self._file = file
        stored = StoredTopics()
        self._names = stored.names
        self._by_slug, self._by_name = stored.slugs, stored.by_name
        listed = {topic.slug for topic in file.content.topics}
        self._free = FreeSlugs({*stored.names, *stored.former, *listed})
        self._new: dict[str, TopicRecord] = {}
        self.added: list[str] = []
        """Names of topics that are added by choice."""
        self.called: dict[str, str] = {}
        """By slug, what rows call topics that have another name here."""
        self.rows = plan_listed(file, stored, self._choice())
        self._refused: set[str] = set()
        """Names that the file gives to topics which can't have them: no row means a topic so."""
        self._given_up: set[str] = set()
        """Names that no topic has after the import, and by which rows still find those of now."""
        self._take_over_names()

    def _take_over_names(self) -> None:
        """Let names mean the topics that have them after the import."""
        self._given_up |= {topic_key(r.name) for r in self.rows if r.outcome == Outcome.CHANGED}
        for row, listed in zip(self.rows, self._file.content.topics, strict=True):
            key = topic_key(row.record.name)
            if row.outcome == Outcome.NEW:
                self._add(row.record)
            elif row.outcome != Outcome.WRONG:
                self._name(key, row.record.slug)
            if row.outcome == Outcome.WRONG or topic_key(listed.name) != key:
                self._refused.add(topic_key(listed.name))

    def _name(self, key: str, slug: str) -> None:
        self._by_name[key] = slug
        self._given_up.discard(key)

    def _add(self, record: TopicRecord) -> None:
        self._new[record.slug] = record
        self._by_slug[record.slug] = record.slug
        self._name(topic_key(record.name), record.slug)

    def needed(self, used: Iterable[str]) -> tuple[TopicRecord, ...]:
        """The topics to add: those listed in the file, and new ones among those that rows use."""
        listed = {row.record.slug for row in self.rows if row.outcome == Outcome.NEW}
        needed = listed | set(used)
        return tuple(record for slug, record in self._new.items() if slug in needed)

    def name_of(self, slug: str) -> str:
        new = self._new.get(slug)
        return self._names.get(slug) or (new.name if new else slug)

    def find(self, named: str) -> str:
        """The slug of the topic that a file knows by this slug or name; "" if there is none."""
        key = topic_key(named)
        by_name = "" if key in self._refused else self._by_name.get(key, "")
        return self._by_slug.get(named) or by_name

    def _find_name(self, name: str) -> str:
        key = topic_key(name)
        return "" if key in self._refused else self._by_name.get(key) or self._by_slug.get(name, "")

    def resolve(self, item: Item, *, is_new: bool) -> Found:
        """The topic of a row. Without a name of one, a known question keeps its topic."""
        slug, name = item.values.get("topic", ""), item.values.get("topic_name", "")
        if any(mistake.column in ("topic", "topic_name") for mistake in item.mistakes):
            return Found()
        named = slug or name
        if not named:
            return self._fallback(is_new, Mistake("topic", "is missing", self._fix()))
        if mistake := self._refusal(slug, name):
            return Found(mistake=mistake)
        if known := self.find(slug) if slug else self._find_name(name):
            if name and topic_key(name) != topic_key(self.name_of(known)):
                self.called[known] = name
            return Found(known)
        if slug and name and SLUG.fullmatch(slug) and len(slug) <= MAX_SLUG:
            record = TopicRecord(slug, name)
            if (mistake := self._obstacle(record)) is None:
                self._add(record)
                return Found(slug)
            if mistake.column == "topic_name":
                return Found(mistake=mistake)
        if self._is_chosen(name or slug):
            return Found(self._add_named(slug, name))
        lost = name or slug
        what = f"there is no topic {'' if slug else 'called '}“{named}”"
        found = self._fallback(is_new, Mistake("topic", what, self._fix(may_add=True)))
        return Found(found.slug, found.mistake, lost)

    def _refusal(self, slug: str, name: str) -> Mistake | None:
        """What is wrong with a row that means a topic by a name which that one does not get."""
        named = slug or name
        key = topic_key(named)
        if key in self._refused and key in self._by_name and named not in self._by_slug:
            fix = "Correct the topic, or write the slug of the one that you mean."
            what = f"the file gives the name “{named}” to a topic that does not get it"
            return Mistake("topic" if slug else "topic_name", what, fix)
        return None

    def _obstacle(self, record: TopicRecord) -> Mistake | None:
        """Why a topic that a row names cannot be added."""
        key = topic_key(record.name)
        if (other := self._by_name.get(key)) and key not in self._given_up:
            fix = f"Write {other} as its topic."
            return Mistake("topic_name", f"“{record.name}” is the topic {other} already", fix)
        if not self._file.may_add_topics:
            return may_not_add(record, self._choice())
        return None

    def _fallback(self, is_new: bool, mistake: Mistake) -> Found:
        if not is_new:
            return Found()
        fallback = self._file.fallback_topic
        return Found(fallback.slug) if fallback else Found(mistake=mistake)

    def _is_chosen(self, name: str) -> bool:
        choices = self._file.choices
        chosen = {topic_key(chosen) for chosen in choices.add_topics} | choices.add_topics
        wanted = choices.add_all_topics or bool({topic_key(name), topic_token(name)} & chosen)
        return self._file.may_add_topics and wanted

    def _add_named(self, slug: str, name: str) -> str:
        """Add the topic that a row names by one of the two, and return its slug."""
        name = name or name_from_slug(slug)
        slug = slug.lower()
        is_free = SLUG.fullmatch(slug) and len(slug) <= MAX_SLUG and slug not in self._free.taken
        slug = slug if is_free else self._free.give(name, MAX_SLUG, "topic")
        self._free.taken.add(slug)
        self._add(TopicRecord(slug, name))
        self.added.append(name)
        return slug

    def _fix(self, *, may_add: bool = False) -> str:
        add = ", add that topic" if may_add and self._file.may_add_topics else ""
        return f"Write one of {self._choice()}{add}, or choose a topic for such questions."

    def _choice(self) -> str:
        slugs = sorted({*self._names, *self._new})
        more = f" and {len(slugs) - MANY_TOPICS} more" if len(slugs) > MANY_TOPICS else ""
        return ", ".join(slugs[:MANY_TOPICS]) + more if slugs else "the bank's topics (none yet)"
