"""What an import would do to the bank, and whether it may.

A plan compares a file with the bank and writes nothing; questions/exchange/apply.py carries it
out. A row is about the question with its uid, else with its foreign id, else (without a uid) with
its slug, now or before, else with its prompt. So importing a file twice makes no duplicates.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from questions.bank.records import question_record
from questions.exchange.changes import Change, changes_between, merged
from questions.exchange.interviews import plan_interviews
from questions.exchange.matching import KnownQuestions, Match
from questions.exchange.moves import with_waiting_marked
from questions.exchange.objections import Objections
from questions.exchange.planned import WRITTEN, Outcome, Planned, Row
from questions.exchange.remarks import remarks_on, with_same_prompts_named
from questions.exchange.summary import (
    interviews_left_out,
    lost_topics_of,
    notes_on,
    says_statuses,
)
from questions.exchange.topics.named import BankTopics
from questions.exchange.topics.names import topic_token
from questions.exchange.wanted import Choices, ImportFile
from questions.exchange.whole_file import Plan
from questions.formats import Item, Mistake, QuestionRecord
from questions.formats.fields.places import located
from questions.models import Question, Status
from questions.rules.prompts import prompt_title

__all__ = [
    "Choices",
    "ImportFile",
    "Outcome",
    "Plan",
    "Planned",
    "Row",
    "plan_import",
]

Known = tuple[Question | None, QuestionRecord | None]
"""A question of the bank, and as a file has it."""


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
        content,
        rows,
        topics.needed(used),
        (*content.left_out, *interviews_left_out(file)),
        (*content.notes, *notes_on(file, rows, topics)),
        topics.rows,
        interviews,
        lost_topics_of(rows),
        {topic_token(name): name for name in topics.added},
        file.may_add_topics,
        has_ids=any(item.foreign_id for item in content.items),
        has_statuses=says_statuses(content),
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
        return with_same_prompts_named(with_waiting_marked(rows, self._known), self._known)

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
            new = replace(new, slug=self._known.free_slugs.give(prompt_title(new.prompt)))
        row = Row(
            item.place,
            item.name or new.slug,
            Outcome.WRONG if mistakes else Outcome.NEW,
            mistakes=located(mistakes, self._file.name, self._file.content.system),
            question=new,
            title=item.title if item.title != item.name else "",
            not_taken=item.not_taken,
            topic_name=self._topics.name_of(new.topic),
            lost_topic=found.lost,
        )
        return row if mistakes else self._compared(row, item, match, (question, old), status)

    def _compared(self, row: Row, item: Item, match: Match, known: Known, status: str) -> Row:
        """A row that is right: what it changes, and what else is to be said."""
        ids = self._known.new_ids(item, match.pk)
        warnings = tuple(remarks_on(item, match, self._known))
        question, old = known
        if question is None or old is None:
            return replace(row, foreign_ids=ids, status=status, warnings=warnings)
        changes = [*changes_between(old, row.question, question.phrasings)]
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
