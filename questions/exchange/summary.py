"""What an import says of a file as a whole."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from questions.exchange.planned import Outcome, Row
from questions.exchange.topics.named import BankTopics
from questions.exchange.topics.names import topic_key, topic_token
from questions.exchange.wanted import ImportFile
from questions.exchange.whole_file import LostTopic
from questions.formats import ExchangeFile, Item, LeftOut
from questions.models import VERSION_FIELDS, Status

MOST_PLACES = 5


def lost_topics_of(rows: Iterable[Row]) -> tuple[LostTopic, ...]:
    by_name: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.lost_topic:
            by_name[topic_key(row.lost_topic)].append(row)
    return tuple(
        LostTopic(
            lost[0].lost_topic,
            topic_token(lost[0].lost_topic),
            len(lost),
            sum(row.outcome == Outcome.WRONG for row in lost),
            tuple(dict.fromkeys(r.topic_name for r in lost if r.outcome != Outcome.WRONG)),
        )
        for lost in by_name.values()
    )


def says_statuses(content: ExchangeFile) -> bool:
    """Whether the file has questions or interviews that are not drafts."""
    statuses = {item.values.get("status", Status.DRAFT) for item in content.items}
    return bool(statuses - {Status.DRAFT}) or any(
        item.record and item.record.is_active is not None for item in content.interviews
    )


def interviews_left_out(file: ImportFile) -> Iterator[LeftOut]:
    if not file.may_write_interviews:
        for item in file.content.interviews:
            yield LeftOut(item.place, item.name, "your account may not change interviews")


def notes_on(file: ImportFile, rows: Sequence[Row], topics: BankTopics) -> Iterator[str]:
    elsewhere = sum(
        item.values.get("status", row.status) != row.status
        for item, row in zip(file.content.items, rows, strict=True)
        if row.status
    )
    if elsewhere:
        yield (
            f"{elsewhere} of the questions in the file have another status in the bank they come"
            " from. Here new ones become drafts, and known ones keep their status."
        )
    yield from _new_prompts_alone(file.content.items, rows)
    listed = {topic.slug for topic in file.content.topics}
    for slug, there in topics.called.items():
        if slug not in listed:
            here = topics.name_of(slug)
            yield f"The topic {slug} is called “{there}” in the file. Here it stays “{here}”."
    ids = sum(bool(item.foreign_id) for item in file.content.items)
    if ids:
        which = (
            "1 question has an id, which is" if ids == 1 else f"{ids} questions have ids, which are"
        )
        yield f"{which} kept as of “{file.system}”."


def _new_prompts_alone(items: Iterable[Item], rows: Iterable[Row]) -> Iterator[str]:
    """Names the new rows with nothing but a prompt, in a file whose others have an answer."""
    told = [
        (row, {name for name in VERSION_FIELDS if item.values.get(name)})
        for item, row in zip(items, rows, strict=True)
    ]
    alone = [row.place for row, said in told if row.outcome == Outcome.NEW and said == {"prompt"}]
    if alone and any("answer" in said for _, said in told):
        more = f" and {len(alone) - MOST_PLACES} more" if len(alone) > MOST_PLACES else ""
        yield (
            f"Without an answer: {', '.join(alone[:MOST_PLACES])}{more}."
            " If one is a heading or a footer and no question, remove it from the file."
        )
