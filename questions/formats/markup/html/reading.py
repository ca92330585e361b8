"""A tree of HTML to blocks: what a reader of its page sees, and what of that is lost."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from questions.formats.markup.blocks import (
    BREAK,
    NO_MARKS,
    Block,
    Heading,
    Listing,
    Mark,
    Paragraph,
    Quotation,
    Rule,
    Run,
)
from questions.formats.markup.html import elements
from questions.formats.markup.html.code import code_of
from questions.formats.markup.html.lists import list_of
from questions.formats.markup.html.shifted import NAMES, SIGNS, can_shift, shifted
from questions.formats.markup.html.tables import table_of
from questions.formats.markup.html.tree import Element
from questions.formats.markup.losses import Losses
from questions.formats.markup.white_space import one_blank, paragraphs_of
from questions.formats.records import WrongValue

MAX_NESTED = 8
"""Lists and quotations in each other. Markdown's reader on our pages goes to level 20."""
_SCHEMES = ("http://", "https://", "mailto:")
_QUOTES = ("“”", "‘’")


@dataclass(frozen=True)
class _Look:
    """How the words of an element look: what they take over from those around it."""

    marks: frozenset[Mark] = NO_MARKS
    href: str = ""
    title: str = ""
    shift: str = ""
    keeps_space: bool = False
    quotes: int = 0


as_typed = _Look(keeps_space=True)
"""The look of a text that is no HTML."""


class BlockReader:
    """Collects blocks from a tree, and tells `losses` what they do not say."""

    def __init__(self, losses: Losses) -> None:
        self.losses = losses
        self._blocks: list[Block] = []
        self._runs: list[Run] = []
        self._heading = 0
        self._nested = 0

    def read(self, children: Sequence[Element | str], look: _Look | None = None) -> list[Block]:
        """The blocks of an element's children, apart from those collected before."""
        before, self._blocks = self._blocks, []
        self._visit_all(children, look or _Look())
        self._end_paragraph()
        blocks, self._blocks = self._blocks, before
        return blocks

    def _end_paragraph(self) -> None:
        for runs in paragraphs_of(self._runs):
            block = Heading(self._heading, runs) if self._heading else Paragraph(runs)
            self._blocks.append(block)
        self._runs = []

    def _add(self, block: Block) -> None:
        self._end_paragraph()
        self._blocks.append(block)

    def _visit_all(self, children: Sequence[Element | str], look: _Look) -> None:
        for child in children:
            if isinstance(child, str):
                self._write(child, look)
            else:
                self._visit(child, look)

    def _write(self, words: str, look: _Look) -> None:
        lines = words.split("\n") if look.keeps_space else [one_blank(words)]
        for number, line in enumerate(lines):
            if number:
                self._runs.append(Run(BREAK, look.marks))
            text = shifted(line, look.shift) if look.shift else line
            if look.keeps_space:
                text = text.replace("\t", "    ").replace("  ", "\N{NO-BREAK SPACE} ")
            self._runs.append(Run(text, look.marks, look.href, look.title))

    def _visit(self, element: Element, look: _Look) -> None:
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
            self._shift(element, inner, shift)
        elif tag in _BLOCK_READERS:
            _BLOCK_READERS[tag](self, element, inner)
        elif tag in elements.HEADINGS:
            self._read_heading(element, inner)
        elif tag in elements.BLOCKS:
            self._end_paragraph()
            self._visit_all(element.children, inner)
            self._end_paragraph()
        else:
            self._read_inline(element, inner)

    def _name_looks(self, element: Element, style: elements.Style) -> None:
        if not (words := element.words()).strip():
            return
        for what in elements.looks_of(element, style):
            self.losses.name(what, words)
        if element.tag != "a" and (title := element.attributes.get("title", "").strip()):
            self.losses.name("the tooltip", title)

    def _inner_look(self, element: Element, style: elements.Style, look: _Look) -> _Look:
        marks = elements.marks_of(element, style, look.marks)
        space = style.get("white-space", "")
        keeps_space = space.startswith("pre") if space else look.keeps_space
        return replace(look, marks=marks, keeps_space=keeps_space)

    # --- inside a line ------------------------------------------------------------------------

    def _read_inline(self, element: Element, look: _Look) -> None:
        tag = element.tag
        if tag == "br":
            self._runs.append(Run(BREAK, look.marks))
        elif tag == "a" and "href" in element.attributes and not look.href:
            self._visit_all(element.children, self._linked(element, look))
        elif tag == "q":
            quotes = _QUOTES[look.quotes % 2]
            self._write(quotes[0], look)
            self._visit_all(element.children, replace(look, quotes=look.quotes + 1))
            self._write(quotes[1], look)
        else:
            self._visit_all(element.children, look)

    def _linked(self, element: Element, look: _Look) -> _Look:
        href = re.sub(r"[\t\n\r]", "", element.attributes["href"]).strip()
        if href.lower().startswith(_SCHEMES):
            return replace(look, href=href, title=element.attributes.get("title", "").strip())
        if element.words().strip():
            self.losses.name("the link to", href)
        return look

    def _shift(self, element: Element, look: _Look, shift: str) -> None:
        words = element.words()
        if not words.strip() or look.shift:
            if look.shift:
                self.losses.name(f"the {NAMES[shift]} in another one", words)
            self._visit_all(element.children, look)
        elif can_shift(words, shift):
            self._visit_all(element.children, replace(look, shift=shift))
        else:
            sign = SIGNS[shift]
            self.losses.name(f"the {NAMES[shift]} (written as {sign}(…))", words)
            self._write(f"{sign}(", look)
            self._visit_all(element.children, look)
            self._write(")", look)

    # --- blocks -------------------------------------------------------------------------------

    def _read_heading(self, element: Element, look: _Look) -> None:
        self._end_paragraph()
        before, self._heading = self._heading, elements.HEADINGS[element.tag]
        self._visit_all(element.children, replace(look, marks=look.marks - {"bold"}))
        self._end_paragraph()
        self._heading = before

    def _read_code(self, element: Element, look: _Look) -> None:
        if code := code_of(element, self.losses):
            self._add(code)

    def _read_rule(self, element: Element, look: _Look) -> None:
        self._add(Rule())

    def _read_quotation(self, element: Element, look: _Look) -> None:
        self._end_paragraph()
        if blocks := self._deeper(element.children, look):
            self._blocks.append(Quotation(blocks))

    def _read_list(self, element: Element, look: _Look) -> None:
        self._end_paragraph()
        if listing := list_of(element, lambda parts: self._item(parts, look), self.losses):
            self._blocks.append(listing)

    def _item(self, parts: Sequence[Element | str], look: _Look) -> list[Block]:
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

    def _deeper(self, children: Sequence[Element | str], look: _Look) -> list[Block]:
        self._nested += 1
        if self._nested > MAX_NESTED:
            raise WrongValue(f"has lists more than {MAX_NESTED} deep", "Make them flatter.")
        before, self._heading = self._heading, 0
        blocks = self.read(children, look)
        self._heading = before
        self._nested -= 1
        return blocks

    def _read_stray_item(self, element: Element, look: _Look) -> None:
        self._end_paragraph()
        if blocks := self._deeper(element.children, look):
            self._blocks.append(Listing([blocks]))

    def _read_term(self, element: Element, look: _Look) -> None:
        """The explanation of a list of terms: in a browser, an indented block."""
        self._end_paragraph()
        if blocks := self._deeper(element.children, look):
            self.losses.name("the list of terms (it becomes a list with bullets)")
            self._blocks.append(Listing([blocks]))

    def _read_table(self, element: Element, look: _Look) -> None:
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
