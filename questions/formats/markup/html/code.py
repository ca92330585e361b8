"""Code in HTML (<pre>): its text as it stands, and what of its look falls."""

import re

from questions.formats.markup.blocks import NO_MARKS, CodeBlock, Mark
from questions.formats.markup.html import elements
from questions.formats.markup.html.shifted import NAMES, SIGNS, can_shift, shifted
from questions.formats.markup.html.tree import Element
from questions.formats.markup.losses import Losses

_LANGUAGE = re.compile(r"(?:lang(?:uage)?-|brush:\s*)([\w+#.-]{1,30})")
_LINES = elements.BLOCKS | {"li", "ol", "ul", "tr", "table", "hr"}
"""Elements that programs put around each line."""
_UNDERLINED = ("u", "ins", "mark")


def code_of(element: Element, losses: Losses) -> CodeBlock | None:
    """The block that an element is, and its language; None if it is empty."""
    reader = _CodeReader(losses)
    reader.visit_all(element, NO_MARKS)
    text = "".join(reader.parts).removeprefix("\n").removesuffix("\n")
    children = [child for child in element.children if isinstance(child, Element)]
    classes = " ".join(e.attributes.get("class", "") for e in (element, *children[:1]))
    language = _LANGUAGE.search(classes)
    return CodeBlock(text, language[1] if language else "") if text.strip() else None


class _CodeReader:
    def __init__(self, losses: Losses) -> None:
        self.losses = losses
        self.parts: list[str] = []

    def visit_all(self, element: Element, marks: frozenset[Mark]) -> None:
        for child in element.children:
            if isinstance(child, Element):
                self._visit(child, marks)
            else:
                self.parts.append(child)

    def _visit(self, element: Element, marks: frozenset[Mark]) -> None:
        style, tag, words = elements.style_of(element), element.tag, element.words()
        if elements.is_hidden(element, style):
            self.losses.name("hidden text", words)
        elif tag in elements.LOST:
            self.losses.elements.add(tag)
        elif tag == "br":
            self.parts.append("\n")
        elif shift := elements.shift_of(element, style):
            self._shift(words, shift)
        else:
            inner = elements.marks_of(element, style, marks)
            for mark in sorted(inner - marks - {"code"}):
                self.losses.name(f"{mark} words in code", words)
            if tag in _UNDERLINED:
                self.losses.name(elements.NAMED[tag], words)
            if not elements.is_known(tag):
                self.losses.unknown_tags.add(f"<{tag[:20]}>")
            self._start_line(tag)
            self.visit_all(element, inner)
            self._start_line(tag)

    def _shift(self, words: str, shift: str) -> None:
        if can_shift(words, shift):
            self.parts.append(shifted(words, shift))
            return
        self.losses.name(f"the {NAMES[shift]} (written as {SIGNS[shift]}(…))", words)
        self.parts.append(f"{SIGNS[shift]}({words})")

    def _start_line(self, tag: str) -> None:
        if tag in _LINES and self.parts and not self.parts[-1].endswith("\n"):
            self.parts.append("\n")
