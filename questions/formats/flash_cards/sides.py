"""The texts of flash cards as Markdown. Programs keep them as HTML or as plain text."""

import re
from collections.abc import Sequence

from questions.formats.html_text import to_markdown
from questions.formats.records import WrongValue
from questions.formats.tabular.row import Line

CARD_SIDES = ("Front", "Back")
UNNAMED = (
    "The file does not name the fields of its cards: the first is read as prompt, the second as"
    " answer."
)
_CLOZE = re.compile(r"\{\{c\d+::")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:[a-zA-Z]+|#\d+);")
_SOUND = re.compile(r"\[(sound|anki:play)[^\]]*\]")
_SIGNS = re.compile(r"[\\`*\[\]<&~|]|(?<![^\W_])_|_(?![^\W_])")
_LINE_START = re.compile(r"([-+#>=]|\d+(?=[.)]))")
_INDENT = re.compile(r"[ \t]+")


def card(place: str, number: int, cells: Sequence[str], texts: int, *, is_html: bool) -> Line:
    """A row of cards. The first `texts` cells are its sides; others are taken as they are."""
    read: list[object] = list(cells)
    mistakes: dict[int, tuple[str, str]] = {}
    for index, cell in enumerate(cells[:texts]):
        try:
            read[index] = _side(cell, is_html=is_html)
        except WrongValue as wrong:
            mistakes[index] = (wrong.what, wrong.fix)
    is_cloze = any(map(_CLOZE.search, cells[:texts]))
    why_not = "cloze card: this bank has open questions only" if is_cloze else ""
    return Line(place, number, read, mistakes, "program", why_not)


def _side(cell: str, *, is_html: bool) -> str:
    """One side of a card as Markdown. Raises WrongValue if something of it would be lost."""
    lost = {"sound"} if _SOUND.search(cell) else set()
    text = cell
    if is_html and _TAG.search(cell):
        text, elements = to_markdown(cell)
        lost |= elements
    elif not is_html:
        text = plain_markdown(cell)
    if lost:
        fix = "Say in words what it shows, in the program it comes from, and export it again."
        raise WrongValue(f"has what this bank can't hold: {', '.join(sorted(lost))}", fix)
    return text


def plain_card(line: Line) -> Line:
    """A row of two plain texts as a card. A row of one is no card."""
    cells = [cell if isinstance(cell, str) else "" for cell in line.cells]
    if len(list(filter(str.strip, cells))) > 1:
        return card(line.place, line.number, cells, len(cells), is_html=False)
    wrong = ("has no tab", "Put a tab between the sides, and each card on a line of its own.")
    return Line(line.place, line.number, cells, {0: wrong})


def plain_markdown(text: str) -> str:
    """Markdown that shows a plain text exactly as it was typed."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")
    shown = [_plain_line(line) for line in lines]
    ends = [
        "\\\n" if line and following else "\n"
        for line, following in zip(shown, [*shown[1:], ""], strict=True)
    ]
    return "".join(line + end for line, end in zip(shown, ends, strict=True)).strip()


def _plain_line(line: str) -> str:
    indent = _INDENT.match(line)
    start = indent[0].expandtabs(4) if indent else ""
    rest = _SIGNS.sub(lambda sign: "\\" + sign[0], line.strip())
    if mark := _LINE_START.match(rest):
        sign = mark[0]
        rest = (sign + "\\" if sign.isdigit() else "\\" + sign) + rest[len(sign) :]
    return "\N{NO-BREAK SPACE}" * len(start) + rest if rest else ""
