"""What would become of the entries of a file. Values; nothing here is written."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from questions.exchange.changes import Change
from questions.formats import (
    ForeignIdRecord,
    Mistake,
    QuestionRecord,
    StoredInterview,
    TopicRecord,
)
from questions.models import VERSION_FIELDS


class Outcome(StrEnum):
    """What an import does with a row."""

    WRONG = "wrong"
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


WRITTEN = (Outcome.NEW, Outcome.CHANGED)


@dataclass(frozen=True)
class Planned:
    """What becomes of one entry of a file. pk: its key in the bank, if it is there and not wrong.

    warnings: what an editor should look at although nothing is wrong.
    """

    place: str
    name: str
    outcome: Outcome
    pk: int | None = None
    changes: tuple[Change, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Row(Planned):
    """A question. question: as it will be, if the row is not wrong.

    title: what the file calls it beside its prompt. not_taken: what the file's row has and the bank
    does not take. foreign_ids: those that the
    question gets. status: the one that it gets; "" if it stays. topic_name: of its topic.
    lost_topic: the topic that the row names and the bank lacks. same_prompt: whether another
    question asks the same.
    """

    question: QuestionRecord
    title: str = ""
    not_taken: tuple[str, ...] = ()
    foreign_ids: tuple[ForeignIdRecord, ...] = ()
    status: str = ""
    topic_name: str = ""
    lost_topic: str = ""
    same_prompt: bool = False

    @property
    def changes_texts(self) -> bool:
        return any(change.field in VERSION_FIELDS for change in self.changes)


@dataclass(frozen=True, kw_only=True)
class TopicRow(Planned):
    record: TopicRecord


@dataclass(frozen=True, kw_only=True)
class InterviewRow(Planned):
    """record: as it will be, with the uid of each fixed question; None if it is wrong."""

    record: StoredInterview | None


def counts_of(entries: Sequence[Planned]) -> dict[str, int]:
    """How many have each outcome."""
    times = Counter(entry.outcome for entry in entries)
    return {outcome.value: times[outcome] for outcome in Outcome}
