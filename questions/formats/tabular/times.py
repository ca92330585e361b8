"""How long a question takes, as people write it: "3 min", "2:30", "90 s"."""

import re

from questions.formats.records import WrongValue

_UNITS = {"seconds": 1, "minutes": 60, "hours": 3600}
_PART = re.compile(r"(\d{1,5}(?:[.,]\d{1,3})?)\s*([a-z]*)\.?")
_WORDS = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds", "sekunden", "sek"), "seconds"),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes", "minuten"), "minutes"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "stunden"), "hours"),
}


def seconds(cell: object, unit: str) -> object:
    """A time in seconds; nothing stays nothing.

    unit: of a number without one: "seconds", "minutes", or "any" if the number must say it. Raises
    WrongValue.
    """
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return cell
    text = str(cell).strip().casefold()
    if clock := re.fullmatch(r"(\d{1,3}):(\d\d)(?::(\d\d))?", text):
        if clock[3]:
            return 3600 * int(clock[1]) + 60 * int(clock[2]) + int(clock[3])
        if unit == "any":
            raise WrongValue(f"“{text}” may be minutes or hours", "Write it as “150 s” or “3 min”.")
        return 60 * int(clock[1]) + int(clock[2])
    parts = _PART.findall(text)
    if not text or _PART.sub("", text).strip(" ,"):
        return cell
    total = sum(
        float(number.replace(",", ".")) * _UNITS[_unit(word, unit)] for number, word in parts
    )
    return int(total) if total == int(total) else cell


def _unit(word: str, unit: str) -> str:
    named = _WORDS.get(word) if word else unit
    if named is None or named == "any":
        what = f"has the unknown unit “{word}”" if word else "has a number without a unit"
        raise WrongValue(what, "Write “3 min” or “180 s”.")
    return named
