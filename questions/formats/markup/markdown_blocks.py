"""Blocks to Markdown."""

import re
from collections.abc import Iterator, Sequence

from questions.formats.markup.blocks import (
    BREAK,
    Block,
    CodeBlock,
    Heading,
    Listing,
    Paragraph,
    Quotation,
    Run,
    Runs,
    Table,
)
from questions.formats.markup.losses import Losses
from questions.formats.markup.markdown_lines import paragraph

RULE = "___"
"""Other signs would make a list's item into the rule."""


def markdown_of_blocks(blocks: Sequence[Block], losses: Losses) -> str:
    """The blocks with a blank line between them. What can't be said is told to `losses`."""
    return _Writer(losses).write(blocks)


def on_one_line(runs: Runs) -> list[Run]:
    """The runs with a blank for each end of a line."""
    return [Run(" ") if run.text == BREAK else run for run in runs]


class _Writer:
    def __init__(self, losses: Losses) -> None:
        self.losses = losses

    def write(self, blocks: Sequence[Block]) -> str:
        return "\n\n".join(self._texts(blocks))

    def _texts(self, blocks: Sequence[Block]) -> Iterator[str]:
        last: Block | None = None
        signs = 0
        for block in blocks:
            # A list after a list begins anew only with another sign.
            follows = isinstance(last, Listing) and isinstance(block, Listing)
            signs = signs + 1 if follows else 0
            last = block
            yield self._text(block, signs)

    def _text(self, block: Block, signs: int) -> str:
        if isinstance(block, Paragraph):
            return paragraph(block.runs, self.losses)
        if isinstance(block, Heading):
            words = paragraph(on_one_line(block.runs), self.losses)
            return "#" * block.level + " " + re.sub(r"(?<![^ ])(#+)$", r"\\\1", words)
        if isinstance(block, CodeBlock):
            return _fenced(block)
        if isinstance(block, Quotation):
            return "\n".join(f"> {line}".rstrip() for line in self.write(block.blocks).split("\n"))
        if isinstance(block, Listing):
            return self._list(block, signs)
        return self._table(block) if isinstance(block, Table) else RULE

    def _list(self, listing: Listing, signs: int) -> str:
        is_tight = all(map(_is_tight, listing.items))
        items = []
        for number, blocks in enumerate(listing.items, start=listing.start or 0):
            mark = "-*+"[signs % 3] if listing.start is None else f"{number}{'.)'[signs % 2]}"
            text = ("\n" if is_tight else "\n\n").join(self._texts(blocks))
            indent = " " * (len(mark) + 1)
            lines = [indent + line if line else "" for line in text.split("\n")]
            items.append(f"{mark} {chr(10).join(lines)[len(indent) :]}".rstrip(" "))
        return ("\n" if is_tight else "\n\n").join(items)

    def _table(self, table: Table) -> str:
        rows = [[self._cell(cell) for cell in row] for row in table.rows]
        rows.insert(1, ["---"] * len(rows[0]))
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)

    def _cell(self, cell: Runs) -> str:
        text = paragraph(on_one_line(cell), self.losses)
        return text.replace("|", "\\|")


def _is_tight(blocks: Sequence[Block]) -> bool:
    """Whether an item's blocks need no blank line between them: a line, and lists below it."""
    first = blocks[0] if blocks else Paragraph(())
    return isinstance(first, Paragraph) and all(map(_can_follow, blocks[1:]))


def _can_follow(block: Block) -> bool:
    """Whether a list can follow a line at once: Markdown lets not every list do so."""
    return isinstance(block, Listing) and block.start in (None, 1) and bool(block.items[0])


def _fenced(block: CodeBlock) -> str:
    longest = max((len(ticks) for ticks in re.findall("`{3,}", block.text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{block.language}\n{block.text}\n{fence}"
