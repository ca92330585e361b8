"""What would become of a file as a whole. Values; nothing here is written."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from questions.exchange.agreement import fingerprint_of
from questions.exchange.planned import (
    InterviewRow,
    Outcome,
    Planned,
    Row,
    TopicRow,
    counts_of,
)
from questions.formats import ExchangeFile, LeftOut, TopicRecord
from questions.rules.numbers import counted

MOST_NAMED = 30
"""A summary names no more things than this."""


@dataclass(frozen=True)
class Others:
    """What becomes of the topics, or of the interviews, that a file lists."""

    entries: Sequence[Planned]

    @property
    def touched(self) -> list[Planned]:
        """Those of which there is something to say."""
        return [e for e in self.entries if e.outcome != Outcome.UNCHANGED or e.warnings]

    @property
    def to_write(self) -> int:
        counts = counts_of(self.entries)
        return counts["new"] + counts["changed"]

    @property
    def in_words(self) -> str:
        counts = counts_of(self.entries)
        return ", ".join(f"{count:,} {outcome}" for outcome, count in counts.items() if count)


@dataclass(frozen=True)
class LostTopic:
    """A topic that rows name and the bank lacks. to: the topics where its rows go or stay.

    token: its name in an address.
    """

    name: str
    token: str
    rows: int
    wrong: int
    to: tuple[str, ...]

    def __str__(self) -> str:
        rows = f"{counted(self.rows, 'row')} of “{self.name}”"
        if self.wrong == self.rows:
            return f"{rows} {'is' if self.rows == 1 else 'are'} wrong: there is no such topic"
        goes = "goes" if self.rows == 1 else "go"
        wrong = f", {self.wrong} of them wrong" if self.wrong else ""
        return f"{rows} {goes} to {' and '.join(f'“{name}”' for name in self.to)}{wrong}"


@dataclass(frozen=True)
class Plan:
    """What an import would do. content: the file as it was read.

    new_topics: those that the file lists or its valid rows use. lost_topics: those that rows name
    and the bank lacks; may_add_topics: whether they can be added. added: names of those among
    new_topics that are added by choice, by their names in an address.
    """

    file_name: str
    content: ExchangeFile
    rows: tuple[Row, ...] = ()
    new_topics: tuple[TopicRecord, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    topics: tuple[TopicRow, ...] = ()
    interviews: tuple[InterviewRow, ...] = ()
    lost_topics: tuple[LostTopic, ...] = ()
    added: dict[str, str] = field(default_factory=dict)
    may_add_topics: bool = True
    has_ids: bool = False
    has_statuses: bool = False
    system: str = ""

    def of(self, outcome: str) -> list[Row]:
        return [row for row in self.rows if row.outcome == outcome]

    @property
    def counts(self) -> dict[str, int]:
        """How many questions have each outcome."""
        return counts_of(self.rows)

    @property
    def others(self) -> dict[str, Others]:
        """Topics and interviews, by the name of their kind, if the file lists any."""
        kinds = {"topic": Others(self.topics), "interview": Others(self.interviews)}
        return {kind: others for kind, others in kinds.items() if others.entries}

    @property
    def wrong(self) -> int:
        """How many questions, topics and interviews are wrong."""
        entries = (*self.rows, *self.topics, *self.interviews)
        return sum(entry.outcome == Outcome.WRONG for entry in entries)

    @property
    def to_write(self) -> int:
        """How many questions, topics and interviews would be written."""
        others = sum(others.to_write for others in self.others.values())
        listed = {entry.name for entry in self.topics}
        unlisted = [topic for topic in self.new_topics if topic.name not in listed]
        return self.counts["new"] + self.counts["changed"] + others + len(unlisted)

    @property
    def not_taken(self) -> dict[str, int]:
        """What rows have and the bank does not take, with the number of rows.

        Of many things the most frequent, and how many others there are.
        """
        times = Counter(what for row in self.rows for what in set(row.not_taken))
        named = dict(times.most_common(MOST_NAMED))
        others = {what: count for what, count in times.items() if what not in named}
        return {**named, f"{len(others)} other things": sum(others.values())} if others else named

    @property
    def same_prompts(self) -> int:
        """How many rows ask what another question asks."""
        return sum(row.same_prompt for row in self.rows)

    @property
    def fingerprint(self) -> str:
        """The same for the same file and the same state of what it touches."""
        return fingerprint_of(
            self.content, self.rows, self.topics, self.new_topics, self.interviews
        )
