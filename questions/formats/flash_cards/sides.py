"""The sides of flash cards. Programs keep them as HTML or as plain text."""

import re
from collections.abc import Sequence
from dataclasses import replace

from questions.formats.tabular.row import UNSTATED, Line

CARD_SIDES = ("Front", "Back")
UNNAMED = (
    "The file does not name the fields of its cards: the first is read as prompt, the second as"
    " answer."
)
_CLOZE = re.compile(r"\{\{c\d+::")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:[a-zA-Z]+|#\d+);")


def card(
    place: str,
    number: int,
    cells: Sequence[str],
    texts: int,
    *,
    is_html: bool,
    falls: tuple[str, ...] = (),
) -> Line:
    """A row of cards. The first `texts` cells are its sides; others are taken as they are."""
    is_cloze = any(map(_CLOZE.search, cells[:texts]))
    why_not = "cloze card: this bank has open questions only" if is_cloze else ""
    styles = {
        index: "html" if is_html and _TAG.search(cell) else "plain"
        for index, cell in enumerate(cells[:texts])
    }
    return Line(place, number, cells, {}, "program", why_not, styles=styles, falls=falls)


def plain_card(line: Line) -> Line:
    """A row of two texts as a card, plain ones unless they are HTML. A row of one is no card."""
    cells = [cell if isinstance(cell, str) else "" for cell in line.cells]
    if len(list(filter(str.strip, cells))) > 1:
        made = card(line.place, line.number, cells, len(cells), is_html=False)
        return replace(made, styles=dict.fromkeys(made.styles, UNSTATED))
    wrong = ("has no tab", "Put a tab between the sides, and each card on a line of its own.")
    return replace(line, mistakes={0: wrong})
