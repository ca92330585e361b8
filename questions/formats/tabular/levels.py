"""Levels from 1 to 5, as other banks have them, on this bank's scale from 1 to 3."""

import re
from collections.abc import Iterable, Mapping

OF_FIVE: Mapping[str, int] = {"1": 1, "2": 1, "3": 2, "4": 3, "5": 3}
NOTE = (
    "“{name}” has levels up to 5, and this bank has three: 1 and 2 are read as easy, 3 as medium,"
    " 4 and 5 as hard."
)
_NUMBER = re.compile(r"(\d{1,3})(?:\.0+)?(\s*/\s*5)?")


def scale_of(cells: Iterable[object]) -> Mapping[str, int]:
    """OF_FIVE if the numbers of a column go beyond 3 and not beyond 5, or say "of 5"; else none."""
    read = [_NUMBER.fullmatch(str(cell).strip()) for cell in cells]
    numbers = [(int(match[1]), bool(match[2])) for match in read if match]
    highest = max((number for number, _ in numbers), default=0)
    says_five = highest <= 5 and any(of_five for _, of_five in numbers)
    return OF_FIVE if highest in (4, 5) or says_five else {}


def on_scale(cell: object, scale: Mapping[str, int]) -> object:
    """A cell's level on this bank's scale; what is no number comes back as it is."""
    number = _NUMBER.fullmatch(str(cell).strip())
    return scale.get(number[1], cell) if number else cell
