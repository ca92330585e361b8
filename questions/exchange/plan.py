"""What an import would do to the bank, and whether it may.

A plan compares a file with the bank and writes nothing; questions/exchange/apply.py carries it
out. A row is about the question with its uid, else with its foreign id, else (without a uid) with
its slug, now or before, else with its prompt. So importing a file twice makes no duplicates.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from questions.bank.records import question_record
from questions.exchange.changes import Change, changes_between, merged
from questions.exchange.interviews import plan_interviews
from questions.exchange.matching import KnownQuestions, Match
from questions.exchange.objections import Objections
from questions.exchange.planned import (
    Choices,
    ImportFile,
    LostTopic,
    Outcome,
    Plan,
    Planned,
    Row,
    TopicRow,
)
from questions.exchange.remarks import remarks_on, with_same_prompts_named
from questions.exchange.slug_moves import WRITTEN, with_taken_slugs_marked
from questions.exchange.topics import BankTopics, topic_key, topic_token
from questions.formats import ExchangeFile, Item, LeftOut, Mistake
from questions.formats.fields.places import located
from questions.models import Question, Status

__all__ = [
    "Choices",
    "ImportFile",
    "LostTopic",
    "Outcome",
    "Plan",
    "Planned",
    "Row",
    "TopicRow",
    "plan_import",
]


def plan_import(file: ImportFile) -> Plan:
    """What importing would do now. A constant number of statements."""
    content = file.content
    topics, known = BankTopics(file), KnownQuestions(file.system, content.items)
    rows = _Rows(file, topics, known).planned()
    interviews = plan_interviews(
        content.interviews if file.may_write_interviews else (),
        rows,
        known,
        topics,
        as_in_file=file.choices.as_in_file,
    )
    used = [row.question.topic for row in rows if row.outcome in WRITTEN]
    used += [slot.topic or "" for row in interviews if row.record for slot in row.record.slots]
    return Plan(
        file.name,
        rows,
        topics.needed(used),
        (*content.left_out, *_interviews_left_out(file)),
        (*content.notes, *_notes(file, rows, topics)),
        topics.rows,
        interviews,
        _lost_topics(rows),
        {topic_token(name): name for name in topics.added},
        file.may_add_topics,
        has_ids=any(item.foreign_id for item in content.items),
        has_statuses=_says_statuses(content),
        system=file.system,
    )


class _Rows:
    """The questions of a file, compared with those of the bank."""

    def __init__(self, file: ImportFile, topics: BankTopics, known: KnownQuestions) -> None:
        self._file, self._topics, self._known = file, topics, known
        self._objections = Objections(known)
        self._items = file.content.items
        self._matches = [known.match(item) for item in self._items]
        self._about: dict[int, list[int]] = defaultdict(list)
        for index, match in enumerate(self._matches):
            if match.pk:
                self._about[match.pk].append(index)
        related = Question.objects.select_related("topic", "current_version")
        self._questions = related.in_bulk(list(self._about))
        known.reserve(self._items)

    def planned(self) -> tuple[Row, ...]:
        rows = [self._row(index) for index in range(len(self._items))]
        names = {pk: old.prompt or old.slug for pk, old in self._known.by_key.items()}
        settled = with_taken_slugs_marked(rows, self._known.by_slug, names)
        return with_same_prompts_named(settled, self._known)

    def _row(self, index: int) -> Row:
        item, match = self._items[index], self._matches[index]
        question = self._questions.get(match.pk) if match.pk else None
        old = question_record(question) if question else None
        found = self._topics.resolve(item, is_new=old is None)
        kept = question.phrasings if question else {}
        values = item.values.copy()
        if match.by == "former_slug":
            del values["slug"]
        new = merged(old, values, found.slug or None, kept)
        status = self._status(item, question)
        mistakes = [*item.mistakes, *([found.mistake] if found.mistake else [])]
        mistakes += self._objections.to(item, match, new, status)
        mistakes += self._repeated(index)
        if not new.slug and not mistakes:
            new = replace(new, slug=self._known.free_slugs.give(new.prompt))
        row = Row(
            item.place,
            item.name or new.slug,
            Outcome.WRONG if mistakes else Outcome.NEW,
            mistakes=located(mistakes, self._file.name),
            question=new,
            title=item.title if item.title != item.name else "",
            not_taken=item.not_taken,
            topic_name=self._topics.name_of(new.topic),
            lost_topic=found.lost,
        )
        return row if mistakes else self._compared(row, item, match, question, status)

    def _compared(
        self, row: Row, item: Item, match: Match, question: Question | None, status: str
    ) -> Row:
        """A row that is right: what it changes, and what else is to be said."""
        ids = self._known.new_ids(item, match.pk)
        warnings = tuple(remarks_on(item, match, self._known))
        if question is None:
            return replace(row, foreign_ids=ids, status=status, warnings=warnings)
        changes = [*changes_between(question_record(question), row.question, question.phrasings)]
        if status != question.status:
            changes.append(Change("status", question.status, status))
        if ids:
            changes.append(Change("foreign_ids", "", "\n".join(map(str, ids))))
        return replace(
            row,
            outcome=Outcome.CHANGED if changes else Outcome.UNCHANGED,
            pk=question.pk,
            changes=tuple(changes),
            foreign_ids=ids,
            status=status,
            warnings=warnings,
        )

    def _status(self, item: Item, question: Question | None) -> str:
        """The status that a question gets: a new one is a draft, a known one keeps its own."""
        now: str = question.status if question else Status.DRAFT.value
        return item.values.get("status", now) if self._file.choices.as_in_file else now

    def _repeated(self, index: int) -> Iterator[Mistake]:
        """What is wrong if another row is about the same question of the bank."""
        match = self._matches[index]
        others = [n for n in self._about.get(match.pk or 0, []) if n != index]
        if match.pk and others:
            other, slug = self._items[others[0]], self._known.by_key[match.pk].slug
            named = f" “{other.title}”" if other.title else ""
            what = f"names the question {slug} of the bank, and so does {other.place}{named}"
            reword = ", or reword one so that it asks something else" * (match.by == "prompt")
            column = "slug" if match.by == "former_slug" else match.by
            yield Mistake(column, what, f"Keep one of the two{reword}.")


def _lost_topics(rows: Iterable[Row]) -> tuple[LostTopic, ...]:
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


def _says_statuses(content: ExchangeFile) -> bool:
    """Whether the file has questions or interviews that are not drafts."""
    statuses = {item.values.get("status", Status.DRAFT) for item in content.items}
    return bool(statuses - {Status.DRAFT}) or any(
        item.record and item.record.is_active is not None for item in content.interviews
    )


def _interviews_left_out(file: ImportFile) -> Iterator[LeftOut]:
    if not file.may_write_interviews:
        for item in file.content.interviews:
            yield LeftOut(item.place, item.name, "your account may not change interviews")


def _notes(file: ImportFile, rows: Iterable[Row], topics: BankTopics) -> Iterator[str]:
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
