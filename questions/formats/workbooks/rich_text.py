"""Cells with several formats: raised and struck words mean something.

What else only the look of some words says is named. The look of a whole cell says nothing of them.
"""

from collections.abc import Iterable

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from questions.formats.markup.html.shifted import can_shift, shifted
from questions.formats.markup.losses import Losses
from questions.formats.records import WrongValue

_SHIFTS = {"superscript": "sup", "subscript": "sub"}


def plain(cell: CellRichText, font: Font) -> str:
    """The text of the cell; 10 with a raised 9 is 10⁹. Raises WrongValue where that can't be.

    font: that of the cell, which its words have where they have none of their own.
    """
    return "".join(
        whole(part.text or "", part.font) if isinstance(part, TextBlock) else whole(str(part), font)
        for part in _parts(cell)
    )


def _parts(cell: CellRichText) -> Iterable[object]:
    return iter(cell)


def looks_of(cell: CellRichText, font: Font) -> tuple[str, ...]:
    """What the words of the cell look like that its other words do not."""
    parts = [
        (part.text or "", _looks(part.font))
        if isinstance(part, TextBlock)
        else (str(part), _looks(font))
        for part in _parts(cell)
    ]
    parts = [(text, looks) for text, looks in parts if text.strip()]
    of_all = frozenset.intersection(*(looks for _, looks in parts)) if parts else frozenset()
    losses = Losses()
    for text, looks in parts:
        for name, _ in sorted(looks - of_all):
            losses.name(name, text)
    return losses.sentences()


def _looks(font: InlineFont | Font) -> frozenset[tuple[str, str]]:
    """What letters of a font look like, as HTML names it, and which colour they have."""
    colour = font.color.rgb if font.color is not None and font.color.type == "rgb" else ""
    looks = {
        "bold letters in": "bold" if font.b else "",
        "italic letters in": "italic" if font.i else "",
        "underlining of": font.u or "",
        "the colour of": "" if str(colour).endswith("000000") else str(colour),
    }
    return frozenset((name, look) for name, look in looks.items() if look)


def whole(text: str, font: InlineFont | Font) -> str:
    """A text that has one font from its first sign to its last, as plain."""
    if font.strike and text.strip():
        fix = "Remove the words, or the line through them."
        raise WrongValue(f"has struck words, “{text.strip()[:40]}”", fix)
    shift = _SHIFTS.get(font.vertAlign or "")
    if shift is None:
        return text
    if not can_shift(text, shift):
        fix = "Write it in another way, such as x^(a/2)."
        raise WrongValue(f"has “{text.strip()[:40]}” as a {font.vertAlign}", fix)
    return shifted(text, shift)
