"""What a reader sees of a text, whatever its format: blocks of runs of words. Pure values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

BREAK = "\n"
"""The text of a run that is the end of a line."""
Mark: TypeAlias = str
"""bold, italic, struck or code."""
NO_MARKS: frozenset[Mark] = frozenset()


class Run(NamedTuple):
    """Words that look the same. href, title: of the link that they are."""

    text: str
    marks: frozenset[Mark] = NO_MARKS
    href: str = ""
    title: str = ""


Runs: TypeAlias = Sequence[Run]


@dataclass
class Paragraph:
    runs: Runs


@dataclass
class Heading:
    level: int
    runs: Runs


@dataclass
class CodeBlock:
    text: str
    language: str = ""


@dataclass
class Rule:
    """A line across the text."""


@dataclass
class Quotation:
    blocks: "list[Block]"


@dataclass
class Listing:
    """A list. start: its first number; None if it has bullets."""

    items: "list[list[Block]]" = field(default_factory=list)
    start: int | None = None


@dataclass
class Table:
    """Rows of cells. The first row is the heading; its cells may be empty."""

    rows: list[list[Runs]]


Block: TypeAlias = Paragraph | Heading | CodeBlock | Rule | Quotation | Listing | Table


def runs_of(blocks: Sequence[Block]) -> Iterator[Run]:
    """All runs of some blocks, in their order."""
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            yield from block.runs
        elif isinstance(block, CodeBlock):
            yield Run(block.text, frozenset({"code"}))
        elif isinstance(block, Quotation):
            yield from runs_of(block.blocks)
        elif isinstance(block, Listing):
            for item in block.items:
                yield from runs_of(item)
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    yield from cell
