"""Which topic of the bank a row of a file names, and which topics an import adds."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from questions.bank.slugs import FreeSlugs
from questions.exchange.changes import Change
from questions.exchange.planned import Outcome, TopicRow
from questions.exchange.wanted import ImportFile
from questions.formats import Item, Mistake, TopicRecord
from questions.formats.fields import SLUG
from questions.models import Topic
from questions.rules.limits import MAX_SLUG
from questions.rules.texts import folded

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
        self._names: dict[str, str] = {}
        self._keys: dict[str, int] = {}
        self._by_name: dict[str, str] = {}
        former: dict[str, list[str]] = {}
        columns = ("pk", "slug", "name", "former_slugs")
        for pk, slug, name, had in Topic.objects.values_list(*columns):
            self._names[slug], self._keys[slug], self._by_name[topic_key(name)] = name, pk, slug
            for old in had:
                former.setdefault(old, []).append(slug)
        self._by_slug = {old: slugs[0] for old, slugs in former.items() if len(slugs) == 1}
        self._by_slug |= {slug: slug for slug in self._names}
        listed = {topic.slug for topic in file.content.topics}
        self._free = FreeSlugs({*self._names, *former, *listed})
        self._new: dict[str, TopicRecord] = {}
        self.added: list[str] = []
        """Names of topics that are added by choice."""
        self.called: dict[str, str] = {}
        """By slug, what rows call topics that have another name here."""
        planned = [self._planned(n, t) for n, t in enumerate(file.content.topics, start=1)]
        self.rows = self._without_kept_names(planned)

    # --- the topics that a file lists -----------------------------------------------------------

    def _planned(self, number: int, record: TopicRecord) -> TopicRow:
        place = f"topics, entry {number}"
        if slug := self._by_slug.get(record.slug):
            return self._known(place, slug, record)
        if mistake := self._obstacle(record):
            return TopicRow(place, record.name, Outcome.WRONG, None, (), (mistake,), record=record)
        self._add(record)
        return TopicRow(place, record.name, Outcome.NEW, record=record)

    def _known(self, place: str, slug: str, record: TopicRecord) -> TopicRow:
        name, pk = self._names[slug], self._keys[slug]
        stays = TopicRow(place, name, Outcome.UNCHANGED, pk, record=TopicRecord(slug, name))
        if slug != record.slug:
            called = f"The topic {record.slug} is called {slug}, “{name}”, here now."
            return replace(stays, warnings=(called,))
        if _one_line(name) == record.name:
            return stays
        if not self._file.may_change_topics:
            why = f"The topic stays “{name}”: your account may not change topics."
            return replace(stays, warnings=(why,))
        change = Change("name", name, record.name)
        holder = self._by_name.get(topic_key(record.name), slug)
        if holder != slug and not self._gives_up(holder, record.name):
            return _name_taken(place, name, record, holder)
        self._by_name.setdefault(topic_key(record.name), slug)
        return TopicRow(place, name, Outcome.CHANGED, pk, (change,), record=record)

    def _without_kept_names(self, rows: list[TopicRow]) -> tuple[TopicRow, ...]:
        """The rows; one that takes the name of a topic whose own new name is refused is wrong."""
        while True:
            moved = {row.record.slug for row in rows if row.outcome == Outcome.CHANGED}
            kept = {topic_key(n): slug for slug, n in self._names.items() if slug not in moved}
            late = [
                index
                for index, row in enumerate(rows)
                if row.outcome == Outcome.CHANGED and topic_key(row.record.name) in kept
            ]
            for index in late:
                row = rows[index]
                holder = kept[topic_key(row.record.name)]
                rows[index] = _name_taken(row.place, row.name, row.record, holder)
            if not late:
                return tuple(rows)

    def _gives_up(self, slug: str, name: str) -> bool:
        """Whether the file gives that topic another name."""
        if not self._file.may_change_topics:
            return False
        renamed = [t for t in self._file.content.topics if t.slug == slug]
        return any(topic_key(topic.name) != topic_key(name) for topic in renamed)

    def _obstacle(self, record: TopicRecord) -> Mistake | None:
        """Why a topic cannot be added."""
        other = self._by_name.get(topic_key(record.name))
        if other and not self._gives_up(other, record.name):
            fix = f"Write {other} as its topic."
            return Mistake("topic_name", f"“{record.name}” is the topic {other} already", fix)
        if not self._file.may_add_topics:
            fix = f"Write one of {self._choice()}, or ask somebody who may add topics."
            return Mistake("topic", f"there is no topic “{record.slug}”", fix)
        return None

    def _add(self, record: TopicRecord) -> None:
        self._new[record.slug] = record
        self._by_slug[record.slug] = self._by_name[topic_key(record.name)] = record.slug

    # --- the topics that rows name --------------------------------------------------------------

    def needed(self, used: Iterable[str]) -> tuple[TopicRecord, ...]:
        """The topics to add: those listed in the file, and new ones among those that rows use."""
        listed = {row.record.slug for row in self.rows if row.outcome == Outcome.NEW}
        needed = listed | set(used)
        return tuple(record for slug, record in self._new.items() if slug in needed)

    def name_of(self, slug: str) -> str:
        new = self._new.get(slug)
        return self._names.get(slug) or (new.name if new else slug)

    def find(self, slug: str) -> str:
        """The slug of the topic that a file knows by this slug or name; "" if there is none."""
        return self._by_slug.get(slug) or self._by_name.get(topic_key(slug), "")

    def _find_name(self, name: str) -> str:
        return self._by_name.get(topic_key(name)) or self._by_slug.get(name, "")

    def resolve(self, item: Item, *, is_new: bool) -> Found:
        """The topic of a row. Without a name of one, a known question keeps its topic."""
        slug, name = item.values.get("topic", ""), item.values.get("topic_name", "")
        if any(mistake.column in ("topic", "topic_name") for mistake in item.mistakes):
            return Found()
        named = slug or name
        if not named:
            return self._fallback(is_new, Mistake("topic", "is missing", self._fix()))
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
        if not name:
            name = slug.replace("-", " ").replace("_", " ").strip() or slug
            name = name if _is_written(slug) else name[:1].upper() + name[1:]
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


def _name_taken(place: str, name: str, record: TopicRecord, holder: str) -> TopicRow:
    wrong = Mistake("name", f"“{record.name}” is the topic {holder} already", "Write another name.")
    return TopicRow(place, name, Outcome.WRONG, None, (), (wrong,), record=record)


def topic_key(named: str) -> str:
    """Equal for names of one topic: “Machine learning” and “machine-learning”."""
    return folded(named.replace("-", " ").replace("_", " "))


def topic_token(named: str) -> str:
    """A short name of a topic for an address, which cannot be long."""
    return hashlib.sha256(topic_key(named).encode()).hexdigest()[:12]


def _one_line(name: str) -> str:
    """A name as files are read."""
    return " ".join(name.split())


def _is_written(slug: str) -> bool:
    """Whether a slug is written as people write a name, with a capital letter or a blank."""
    return slug != slug.lower() or " " in slug
