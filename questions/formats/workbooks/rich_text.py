"""Cells with several formats: superscripts and struck words mean something, colours do not."""

from collections.abc import Iterable

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from questions.formats.markup.html.shifted import can_shift, shifted
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
