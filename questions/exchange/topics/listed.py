"""The topics that a file lists: new ones, and other names for known ones.

Names may pass from one topic to another in one import. A topic that waits for the name of another
one is wrong if that one keeps its name.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from questions.exchange.changes import Change
from questions.exchange.planned import WRITTEN, Outcome, TopicRow
from questions.exchange.topics.names import one_line, topic_key
from questions.exchange.topics.stored import StoredTopics
from questions.exchange.wanted import ImportFile
from questions.formats import Mistake, TopicRecord


def plan_listed(file: ImportFile, stored: StoredTopics, choice: str) -> tuple[TopicRow, ...]:
    """What becomes of each topic in the file's list. choice: the topics there are, in words."""
    rows = [
        _known(place, slug, record, file, stored)
        if (slug := stored.slugs.get(record.slug))
        else _new(place, record, file, choice)
        for place, record in _placed(file.content.topics)
    ]
    while late := list(_without_a_name(rows, stored)):
        for index, holder in late:
            rows[index] = _name_taken(rows[index], holder)
    return tuple(rows)


def _placed(topics: Sequence[TopicRecord]) -> Iterator[tuple[str, TopicRecord]]:
    for number, record in enumerate(topics, start=1):
        yield f"topics, entry {number}", record


def _known(
    place: str, slug: str, record: TopicRecord, file: ImportFile, stored: StoredTopics
) -> TopicRow:
    name, pk = stored.names[slug], stored.keys[slug]
    stays = TopicRow(place, name, Outcome.UNCHANGED, pk, record=TopicRecord(slug, name))
    if slug != record.slug:
        called = f"The topic {record.slug} is called {slug}, “{name}”, here now."
        return replace(stays, warnings=(called,))
    if one_line(name) == record.name:
        return stays
    if not file.may_change_topics:
        why = f"The topic stays “{name}”: your account may not change topics."
        return replace(stays, warnings=(why,))
    change = Change("name", name, record.name)
    return TopicRow(place, name, Outcome.CHANGED, pk, (change,), record=record)


def _new(place: str, record: TopicRecord, file: ImportFile, choice: str) -> TopicRow:
    row = TopicRow(place, record.name, Outcome.NEW, record=record)
    if file.may_add_topics:
        return row
    mistake = may_not_add(record, choice)
    return replace(row, outcome=Outcome.WRONG, mistakes=(mistake,))


def may_not_add(record: TopicRecord, choice: str) -> Mistake:
    fix = f"Write one of {choice}, or ask somebody who may add topics."
    return Mistake("topic", f"there is no topic “{record.slug}”", fix)


def _without_a_name(rows: Sequence[TopicRow], stored: StoredTopics) -> Iterator[tuple[int, str]]:
    """The indexes of rows whose name another topic keeps or gets before them, and its slug."""
    moved = {row.record.slug for row in rows if row.outcome == Outcome.CHANGED}
    holders = {topic_key(n): slug for slug, n in stored.names.items() if slug not in moved}
    for index, row in enumerate(rows):
        if row.outcome in WRITTEN:
            slug = row.record.slug
            holder = holders.setdefault(topic_key(row.record.name), slug)
            if holder != slug:
                yield index, holder


def _name_taken(row: TopicRow, holder: str) -> TopicRow:
    what = f"“{row.record.name}” is the topic {holder} already"
    mistake = (
        Mistake("topic_name", what, f"Write {holder} as its topic.")
        if row.outcome == Outcome.NEW
        else Mistake("name", what, "Write another name.")
    )
    return replace(row, outcome=Outcome.WRONG, pk=None, changes=(), mistakes=(mistake,))
