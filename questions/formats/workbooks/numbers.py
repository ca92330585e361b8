"""A number of a spreadsheet as the text that the spreadsheet shows."""

import re

from questions.formats.records import WrongValue

_DECIMALS = re.compile(r"(#,##)?0(?:\.(0+))?(%)?")
_FIX = "Format the cell as text and write it again."


def shown(value: float, number_format: str) -> str:
    """The text that people see in the cell. Raises WrongValue for formats that are not known here.

    value: a whole number or not. A number that is whole is written without decimals where its
    format does not ask for any.
    """
    if number_format in ("General", "@", "GENERAL", "", "#"):
        return _general(value)
    if (known := _DECIMALS.fullmatch(number_format)) is None:
        raise WrongValue(f"is a number with the format {number_format[:30]}", _FIX)
    thousands, decimals, percent = known.groups()
    number = value * 100 if percent else value
    separator = "," if thousands else ""
    return f"{number:{separator}.{len(decimals or '')}f}{percent or ''}"


def _general(value: float) -> str:
    if isinstance(value, int) or value.is_integer():
        return str(int(value)) if abs(value) < 1e15 else _too_long()
    text = f"{value:.15g}"
    return text if "e" not in text else _too_long()


def _too_long() -> str:
    raise WrongValue("is a number too long to be shown", _FIX)
