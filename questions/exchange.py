"""Importing questions: what a file would do to the bank, and whether it may.

A plan compares the file with the bank and writes nothing; questions/exchange_apply.py carries it
out. A row belongs to the question with its uid; without a uid to the one with its slug; without
both to the one with its prompt, so that the same file twice makes no duplicates.
"""

import hashlib
import uuid
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.text import slugify

from questions.compare import SAME, Piece, differences
from questions.formats import ExchangeFile, Item, LeftOut, Mistake, TopicRecord
from questions.formats.checks import normal, one_line, prompt_key
from questions.formats.records import SLUG
from questions.models import TEXT_FIELDS, Difficulty, Question, Status, Topic

SETTINGS = ("slug", "topic", "difficulty", "seconds")
COMPARED = (*SETTINGS, *TEXT_FIELDS, "key_points")
NEW_VALUES = {
    "difficulty": Difficulty.MEDIUM.value,
    "seconds": Question._meta.get_field("seconds").default,
    **dict.fromkeys(TEXT_FIELDS, ""),
    "key_points": (),
}
MANY_TOPICS = 12


class Fate(StrEnum):
    WRONG = "wrong"
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Change:
    """One field of a question that the file changes, as texts."""

    field: str
    old: str
    new: str

    def pieces(self, room: int = 60) -> list[Piece]:
        """Word by word what is removed, added and the same, the latter cut to its ends."""
        old, new = self.old, self.new
        if "\n" in old + new:  # then the last line should be like any other
            old, new = (text and f"{text}\n" for text in (old, new))
        found = differences(old, new)
        return [
            Piece(piece.kind, _shortened(piece.text, room)) if piece.kind == SAME else piece
            for piece in found
        ]


def _shortened(text: str, room: int) -> str:
    return text if len(text) <= 2 * room + 1 else f"{text[:room]}…{text[-room:]}"


@dataclass(frozen=True)
class Row:
    """What becomes of one row. values: of COMPARED and uid, as the question will have them."""

    place: str
    name: str
    fate: Fate
    pk: int | None = None
    values: Any = None
    changes: tuple[Change, ...] = ()
    mistakes: tuple[Mistake, ...] = ()

    @property
    def changes_texts(self) -> bool:
        return any(change.field not in SETTINGS for change in self.changes)


@dataclass(frozen=True)
class Plan:
    """What an import would do. new_topics: only those that its valid rows, or the file, name."""

    file_name: str
    rows: tuple[Row, ...] = ()
    new_topics: tuple[TopicRecord, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()

    def of(self, fate: str) -> list[Row]:
        return [row for row in self.rows if row.fate == fate]

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(row.fate.value for row in self.rows)
        return {fate.value: found[fate.value] for fate in Fate}

    @property
    def to_write(self) -> int:
        return self.counts["new"] + self.counts["changed"] + len(self.new_topics)

    @property
    def fingerprint(self) -> str:
        """The same for the same file and the same state of what it touches."""
        seen = [(row.place, row.fate.value, row.pk, row.changes, row.mistakes) for row in self.rows]
        return hashlib.sha256(repr((seen, self.new_topics)).encode()).hexdigest()


def plan(
    file_name: str,
    content: ExchangeFile,
    *,
    fallback_topic: Topic | None = None,
    may_add_topics: bool = True,
) -> Plan:
    """What importing would do now. Five statements, whatever the file's length.

    fallback_topic: of new questions whose file names none.
    """
    topics = _Topics(content.topics, fallback_topic, may_add_topics)
    known = _Known()
    matched = [known.match(item) for item in content.items]
    questions = Question.objects.select_related("topic", "current_version").in_bulk(
        [pk for pk in matched if pk]
    )
    twice = {pk for pk, times in Counter(matched).items() if pk and times > 1}
    known.reserve(content.items)
    rows = tuple(
        _row(item, questions.get(pk), topics, known, twice)
        for item, pk in zip(content.items, matched, strict=True)
    )
    return Plan(
        file_name,
        rows,
        topics.needed(rows),
        content.left_out,
        (*content.notes, *_notes(content, topics)),
    )


def _notes(content: ExchangeFile, topics: "_Topics"):
    elsewhere = sum(
        item.values.get("status", Status.DRAFT) != Status.DRAFT for item in content.items
    )
    if elsewhere:
        yield (
            f"{elsewhere} of the file's questions are published or retired where they come from."
            " New ones arrive here as drafts all the same; known ones keep the status they have"
            " here."
        )
    for slug, here, there in topics.renamed:
        yield f"The topic {slug} is called “{there}” in the file; it stays “{here}” here."


def _row(item: Item, question: Question | None, topics: "_Topics", known: "_Known", twice) -> Row:
    old = _values(question) if question else None
    mistakes = [*item.mistakes]
    said = dict(item.values)
    topic = topics.resolve(said, keeps=question is not None, mistakes=mistakes)
    if topic:
        said["topic"] = topic
    values = {"uid": said.get("uid"), **(old or NEW_VALUES)}
    values |= {field: said[field] for field in COMPARED if field in said}
    if old:
        # What differs only in blanks that the bank does not store stays what it is.
        values |= {f: old[f] for f in COMPARED if _plain(values[f]) == _plain(old[f])}
    mistakes += known.objections(item, question, values, old)
    if question and question.pk in twice:
        mend = "Keep one of the rows."
        mistakes.append(Mistake("uid", "is the same question as in another row", mend))
    if mistakes:
        return Row(item.place, item.name, Fate.WRONG, mistakes=tuple(mistakes))
    values["slug"] = values.get("slug") or known.free_slug(values["prompt"])
    if old is None:
        values["uid"] = values["uid"] or uuid.uuid4()
        return Row(item.place, item.name, Fate.NEW, None, values)
    changes = tuple(
        Change(field, _shown(old[field]), _shown(values[field]))
        for field in COMPARED
        if values[field] != old[field]
    )
    fate = Fate.CHANGED if changes else Fate.UNCHANGED
    name = item.name or question.slug
    return Row(item.place, name, fate, question.pk, values, changes)


def _values(question: Question) -> dict:
    version = question.current_version
    return {
        "uid": question.uid,
        "slug": question.slug,
        "topic": question.topic.slug,
        "difficulty": question.difficulty,
        "seconds": question.seconds,
        **{field: getattr(version, field, "") for field in TEXT_FIELDS},
        "key_points": tuple(version.key_points) if version else (),
    }


def _plain(value):
    if isinstance(value, tuple):
        return tuple(one_line(point) for point in value)
    return normal(value) if isinstance(value, str) else value


def _shown(value) -> str:
    return "\n".join(value) if isinstance(value, tuple) else str(value)


class _Known:
    """The bank's questions by uid, slug and prompt, and the slugs that are taken."""

    def __init__(self):
        columns = ("pk", "uid", "slug", "status", "current_version__prompt")
        self.uids, self.slugs, self.prompts, self.status = {}, {}, {}, {}
        for pk, uid, slug, status, prompt in Question.objects.order_by("pk").values_list(*columns):
            self.uids[uid] = self.slugs[slug] = pk
            self.status[pk] = status
            if prompt:
                self.prompts.setdefault(prompt_key(prompt), pk)
        self.taken = set(self.slugs)
        self.numbers = Counter()

    def match(self, item: Item) -> int | None:
        """The question that a row is about; None: a new one."""
        values = item.values
        if "uid" in values:
            return self.uids.get(values["uid"])
        if any(mistake.column == "uid" for mistake in item.mistakes):
            return None
        if "slug" in values:
            return self.slugs.get(values["slug"])
        return self.prompts.get(prompt_key(values["prompt"])) if "prompt" in values else None

    def reserve(self, items) -> None:
        """Slugs of the file are not free for questions of the file that have none."""
        self.taken |= {item.values["slug"] for item in items if "slug" in item.values}

    def free_slug(self, prompt: str) -> str:
        base = slugify(prompt)[:60].strip("-") or "question"
        slug = base
        while slug in self.taken:
            # Counted on from the last time: thousands of prompts may come to the same word.
            self.numbers[base] += 1
            slug = f"{base}-{self.numbers[base] + 1}"
        self.taken.add(slug)
        return slug

    def objections(self, item: Item, question: Question | None, values: dict, old: dict | None):
        """What the bank has against a row's values."""
        wrong_already = {mistake.column for mistake in item.mistakes}
        pk = question.pk if question else None
        if not values.get("prompt") and "prompt" not in wrong_already:
            yield Mistake("prompt", "is missing", "Write the question as it is asked.")
        elif old is None or values["prompt"] != old["prompt"]:
            other = self.prompts.get(prompt_key(values.get("prompt") or ""))
            if other not in (None, pk):
                mend = "Leave the row out, or write that question's uid to change it."
                yield Mistake("prompt", "is that of another question of the bank", mend)
        if values.get("slug") and self.slugs.get(values["slug"], pk) != pk:
            mend = "Write another one, or that question's uid to change it."
            yield Mistake("slug", "belongs to another question of the bank", mend)
        published = question and question.status == Status.PUBLISHED
        if published and not values["key_points"] and "key_points" not in wrong_already:
            mend = "Write at least one, or retire the question first."
            yield Mistake("key_points", "is empty, and the question is published", mend)


class _Topics:
    """The bank's topics, those that the file brings, and what a row's topic comes to."""

    def __init__(self, brought, fallback: Topic | None, may_add: bool):
        self.slugs = dict(Topic.objects.values_list("slug", "name"))
        self.names = {name.casefold(): slug for slug, name in self.slugs.items()}
        self.fallback = fallback
        self.may_add = may_add
        self.renamed: list[tuple[str, str, str]] = []
        self.new: dict[str, TopicRecord] = {}
        self.brought: list[str] = []
        for record in brought:
            here = self.slugs.get(record.slug)
            if here is None and self._add(record) is None:
                self.brought.append(record.slug)
            elif here is not None and here != record.name:
                self.renamed.append((record.slug, here, record.name))

    def needed(self, rows) -> tuple[TopicRecord, ...]:
        used = {row.values["topic"] for row in rows if row.fate in (Fate.NEW, Fate.CHANGED)}
        used.update(self.brought)
        return tuple(record for slug, record in self.new.items() if slug in used)

    def resolve(self, said: dict, *, keeps: bool, mistakes: list[Mistake]) -> str | None:
        """The slug of a row's topic. keeps: the question has one already, if the row names none."""
        slug, name = said.pop("topic", None), said.pop("topic_name", None)
        if any(mistake.column in ("topic", "topic_name") for mistake in mistakes):
            return None
        named = slug or name or ""
        if named in self.slugs or named in self.new:
            return named
        if found := self.names.get(named.casefold()):
            return found
        if slug is None:
            return None if keeps else self._fall_back(name, mistakes)
        if name is None:
            mend = f"Write one of {self._choice()}, or give its name in topic_name to add it."
            mistakes.append(Mistake("topic", f"there is no topic “{slug}”", mend))
            return None
        if wrong := self._add(TopicRecord(slug, name)):
            mistakes.append(wrong)
        return slug

    def _fall_back(self, name: str | None, mistakes: list[Mistake]) -> str | None:
        if self.fallback:
            return self.fallback.slug
        what = f"there is no topic called “{name}”" if name else "is missing"
        mend = f"Write one of {self._choice()}, or choose a topic for such questions."
        mistakes.append(Mistake("topic", what, mend))
        return None

    def _add(self, record: TopicRecord) -> Mistake | None:
        if not SLUG.fullmatch(record.slug) or len(record.slug) > 50:
            mend = "Use up to 50 letters, digits, hyphens and underscores."
            return Mistake("topic", f"“{record.slug}” can't be a slug", mend)
        if other := self.names.get(record.name.casefold()):
            mend = f"Write {other} as its topic."
            return Mistake("topic_name", f"“{record.name}” is the topic {other} already", mend)
        if not self.may_add:
            mend = f"Write one of {self._choice()}, or ask somebody who may add topics."
            return Mistake("topic", f"there is no topic “{record.slug}”", mend)
        self.new[record.slug] = record
        self.names[record.name.casefold()] = record.slug
        return None

    def _choice(self) -> str:
        slugs = sorted({*self.slugs, *self.new})
        more = f" and {len(slugs) - MANY_TOPICS} more" if len(slugs) > MANY_TOPICS else ""
        return ", ".join(slugs[:MANY_TOPICS]) + more if slugs else "the bank's topics (none yet)"
