"""What is inside a line of HTML: words, links, quotes, raised and lowered words."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from questions.formats.markup.blocks import BREAK, NO_MARKS, Mark, Run
from questions.formats.markup.html.shifted import NAMES, SIGNS, can_shift, shifted
from questions.formats.markup.html.tree import Element
from questions.formats.markup.losses import Losses
from questions.formats.markup.white_space import one_blank

_SCHEMES = ("http://", "https://", "mailto:")
_QUOTES = ("“”", "‘’")


@dataclass(frozen=True)
class Look:
    """How the words of an element look: what they take over from those around it."""

    marks: frozenset[Mark] = NO_MARKS
    href: str = ""
    title: str = ""
    shift: str = ""
    keeps_space: bool = False
    quotes: int = 0


AS_TYPED = Look(keeps_space=True)
"""The look of a text that is no HTML."""


class LineReader:
    """Collects runs of words, and tells `losses` what they do not say.

    visit_all: reads the children of an element in a look; it comes back here for words.
    """

    def __init__(
        self, losses: Losses, visit_all: Callable[[Sequence[Element | str], Look], None]
    ) -> None:
        self.losses = losses
        self.runs: list[Run] = []
        self._visit_all = visit_all

    def write(self, words: str, look: Look) -> None:
        lines = words.split("\n") if look.keeps_space else [one_blank(words)]
        for number, line in enumerate(lines):
            if number:
                self.runs.append(Run(BREAK, look.marks))
            text = shifted(line, look.shift) if look.shift else line
            if look.keeps_space:
                text = text.replace("\t", "    ").replace("  ", "\N{NO-BREAK SPACE} ")
            self.runs.append(Run(text, look.marks, look.href, look.title))

    def read(self, element: Element, look: Look) -> None:
        tag = element.tag
        if tag == "br":
            self.runs.append(Run(BREAK, look.marks))
        elif tag == "a" and "href" in element.attributes and not look.href:
            self._visit_all(element.children, self._linked(element, look))
        elif tag == "q":
            quotes = _QUOTES[look.quotes % 2]
            self.write(quotes[0], look)
            self._visit_all(element.children, replace(look, quotes=look.quotes + 1))
            self.write(quotes[1], look)
        else:
            self._visit_all(element.children, look)

    def _linked(self, element: Element, look: Look) -> Look:
        href = re.sub(r"[\t\n\r]", "", element.attributes["href"]).strip()
        if href.lower().startswith(_SCHEMES):
            return replace(look, href=href, title=element.attributes.get("title", "").strip())
        if element.words().strip():
            self.losses.name("the link to", href)
        return look

    def shift(self, element: Element, look: Look, shift: str) -> None:
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
            self.write(f"{sign}(", look)
            self._visit_all(element.children, look)
            self.write(")", look)
