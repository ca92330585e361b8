"""Tables of HTML to tables that Markdown can say: cells of one line, under a heading."""

from collections.abc import Callable, Iterator

from questions.formats.markup.blocks import (
    BREAK,
    NO_MARKS,
    Block,
    Heading,
    Mark,
    Paragraph,
    Run,
    Runs,
    Table,
)
from questions.formats.markup.html.tree import Element
from questions.formats.markup.losses import Losses

CellReader = Callable[[Element, frozenset[Mark]], list[Block]]


def table_of(element: Element, read: CellReader, losses: Losses) -> list[Block]:
    """The blocks of a table: its caption and itself. A table of one cell is what the cell holds."""
    rows = [[cell for cell in _elements(row) if cell.tag in ("td", "th")] for row in _rows(element)]
    rows = [row for row in rows if row]
    captions = [read(child, NO_MARKS) for child in _elements(element) if child.tag == "caption"]
    caption = [block for blocks in captions for block in blocks]
    if len(rows) == 1 and len(rows[0]) == 1:
        return [*caption, *read(rows[0][0], NO_MARKS)]
    if not rows:
        return caption
    has_head = all(cell.tag == "th" for cell in rows[0]) or _is_head(element, rows[0])
    width = max(map(len, rows))
    table = Table([] if has_head else [[[]] * width])
    for number, row in enumerate(rows):
        is_head = has_head and number == 0
        cells = [_cell(cell, read, losses, is_head=is_head) for cell in row]
        table.rows.append([*cells, *([[]] * (width - len(cells)))])
    return [*caption, table]


def _elements(element: Element) -> Iterator[Element]:
    return (child for child in element.children if isinstance(child, Element))


def _rows(element: Element) -> Iterator[Element]:
    for child in _elements(element):
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(child)


def _is_head(element: Element, row: list[Element]) -> bool:
    heads = (child for child in _elements(element) if child.tag == "thead")
    return any(cell is row[0] for head in heads for tr in _rows(head) for cell in _elements(tr))


def _cell(cell: Element, read: CellReader, losses: Losses, *, is_head: bool) -> Runs:
    """A cell on one line. What can't be on one, and a cell that spans others, is lost."""
    if any(cell.says(name) not in ("", "1") for name in ("colspan", "rowspan")):
        losses.elements.add("cells that span others")
    runs: list[Run] = []
    bold = frozenset({"bold"}) if cell.tag == "th" and not is_head else NO_MARKS
    for block in read(cell, bold):
        if not isinstance(block, Paragraph | Heading):
            losses.elements.add("a list, code or a table in the cell of a table")
            continue
        if runs:
            runs.append(Run(" "))
            losses.name("the lines in the cell of a table")
        for run in block.runs:
            if run.text == BREAK:
                losses.name("the lines in the cell of a table")
            runs.append(Run(" ") if run.text == BREAK else run)
    return runs
