"""Whole numbers: in words, and as an address or a form submits them, where anybody can put
anything."""

from typing import overload

MOST_DIGITS = 9  # fits the database's integers; int() is slow with thousands of digits


@overload
def small_number(text: str | None, most: int = ...) -> int | None: ...
@overload
def small_number(text: str | None, most: int = ..., *, default: int) -> int: ...
def small_number(
    text: str | None, most: int = 10**MOST_DIGITS - 1, *, default: int | None = None
) -> int | None:
    """The number in a text of digits only, if it is from 0 to `most`; else `default`."""
    if not text or not text.isdecimal() or len(text) > MOST_DIGITS:
        return default
    number = int(text)
    return number if number <= most else default


def counted(count: int, noun: str) -> str:
    """How many there are of what has a plural with s, such as "1 question", "12 questions"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
