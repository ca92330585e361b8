"""A tree of HTML to blocks: what a reader of its page sees, and what of that is lost."""

from collections.abc import Sequence
from dataclasses import replace

from questions.formats.markup.blocks import (
    Block,
    Heading,
    Listing,
    Mark,
    Paragraph,
    Quotation,
    Rule,
)
from questions.formats.markup.html import elements
from questions.formats.markup.html.code import code_of
from questions.formats.markup.html.lines import LineReader, Look
from questions.formats.markup.html.lists import list_of
from questions.formats.markup.html.tables import table_of
from questions.formats.markup.html.tree import Element
from questions.formats.markup.losses import Losses
from questions.formats.markup.white_space import paragraphs_of
from questions.formats.records import WrongValue

MAX_NESTED = 8
"""Lists and quotations in each other. Markdown's reader on our pages goes to level 20."""


class BlockReader:
    """Collects blocks from a tree, and tells `losses` what they do not say."""

    def __init__(self, losses: Losses) -> None:
        self.losses = losses
        self._blocks: list[Block] = []
        self._line = LineReader(losses, self._visit_all)
        self._heading = 0
        self._nested = 0

    def read(self, children: Sequence[Element | str], look: Look | None = None) -> list[Block]:
        """The blocks of an element's children, apart from those collected before."""
        before, self._blocks = self._blocks, []
        self._visit_all(children, look or Look())
        self._end_paragraph()
        blocks, self._blocks = self._blocks, before
        return blocks

    def _end_paragraph(self) -> None:
        for runs in paragraphs_of(self._line.runs):
            block = Heading(self._heading, runs) if self._heading else Paragraph(runs)
            self._blocks.append(block)
        self._line.runs = []

    def _add(self, block: Block) -> None:
        self._end_paragraph()
        self._blocks.append(block)

    def _visit_all(self, children: Sequence[Element | str], look: Look) -> None:
        for child in children:
            if isinstance(child, str):
                self._line.write(child, look)
            else:
                self._visit(child, look)

    def _visit(self, element: Element, look: Look) -> None:
        style, tag = elements.style_of(element), element.tag
        if elements.is_hidden(element, style):
            if words := element.words().strip():
                self.losses.name("hidden text", words)
            return
        if tag in elements.LOST:
            self.losses.elements.add(tag)
            return
        if not elements.is_known(tag):
            self.losses.unknown_tags.add(f"<{tag[:20]}>")
        self._name_looks(element, style)
        inner = self._inner_look(element, style, look)
        if shift := elements.shift_of(element, style):
            self._line.shift(element, inner, shift)
        elif tag in _BLOCK_READERS:
            _BLOCK_READERS[tag](self, element, inner)
        elif tag in elements.HEADINGS:
            self._read_heading(element, inner)
        elif tag in elements.BLOCKS:
            self._end_paragraph()
            self._visit_all(element.children, inner)
            self._end_paragraph()
        else:
            self._line.read(element, inner)

    def _name_looks(self, element: Element, style: elements.Style) -> None:
        if not (words := element.words()).strip():
            return
        for what in elements.looks_of(element, style):
            self.losses.name(what, words)
        if element.tag != "a" and (title := element.attributes.get("title", "").strip()):
            self.losses.name("the tooltip", title)

    def _inner_look(self, element: Element, style: elements.Style, look: Look) -> Look:
        marks = elements.marks_of(element, style, look.marks)
        space = style.get("white-space", "")
        keeps_space = space.startswith("pre") if space else look.keeps_space
        return replace(look, marks=marks, keeps_space=keeps_space)

    # --- blocks -------------------------------------------------------------------------------

    def _read_heading(self, element: Element, look: Look) -> None:
        self._end_paragraph()
        before, self._heading = self._heading, elements.HEADINGS[element.tag]
        self._visit_all(element.children, replace(look, marks=look.marks - {"bold"}))
        self._end_paragraph()
        self._heading = before

    def _read_code(self, element: Element, look: Look) -> None:
        if code := code_of(element, self.losses):
            self._add(code)

    def _read_rule(self, element: Element, look: Look) -> None:
        self._add(Rule())

    def _read_quotation(self, element: Element, look: Look) -> None:
        self._end_paragraph()
        if blocks := self._deeper(element.children, look):
            self._blocks.append(Quotation(blocks))

    def _read_list(self, element: Element, look: Look) -> None:
        self._end_paragraph()
        if listing := list_of(element, lambda parts: self._item(parts, look), self.losses):
            self._blocks.append(listing)

    def _item(self, parts: Sequence[Element | str], look: Look) -> list[Block]:
        """An item of a list, or what stands between two items."""
        first = parts[0]
        if not isinstance(first, Element) or first.tag != "li":
            return self._deeper(parts, look)
        style = elements.style_of(first)
        if elements.is_hidden(first, style):
            self.losses.name("hidden text", first.words())
            return []
        self._name_looks(first, style)
        return self._deeper(first.children, self._inner_look(first, style, look))

    def _deeper(self, children: Sequence[Element | str], look: Look) -> list[Block]:
        self._nested += 1
        if self._nested > MAX_NESTED:
            raise WrongValue(f"has lists more than {MAX_NESTED} deep", "Make them flatter.")
        before, self._heading = self._heading, 0
        blocks = self.read(children, look)
        self._heading = before
        self._nested -= 1
        return blocks

    def _read_stray_item(self, element: Element, look: Look) -> None:
        self._end_paragraph()
        if blocks := self._deeper(element.children, look):
            self._blocks.append(Listing([blocks]))

    def _read_term(self, element: Element, look: Look) -> None:
        """The explanation of a list of terms: in a browser, an indented block."""
        self._end_paragraph()
        if blocks := self._deeper(element.children, look):
            self.losses.name("the list of terms (it becomes a list with bullets)")
            self._blocks.append(Listing([blocks]))

    def _read_table(self, element: Element, look: Look) -> None:
        def read(cell: Element, marks: frozenset[Mark]) -> list[Block]:
            return self.read(cell.children, replace(look, marks=look.marks | marks))

        self._end_paragraph()
        self._blocks.extend(table_of(element, read, self.losses))


_BLOCK_READERS = {
    **dict.fromkeys(("pre", "listing"), BlockReader._read_code),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), BlockReader._read_list),
    "hr": BlockReader._read_rule,
    "blockquote": BlockReader._read_quotation,
    "li": BlockReader._read_stray_item,
    "dd": BlockReader._read_term,
    "table": BlockReader._read_table,
}
