"""Flash cards in texts, as Anki exports them: the head says what separates the fields.

https://docs.ankiweb.net/importing/text-files.html
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping

from questions.formats.flash_cards.sides import CARD_SIDES, UNNAMED, card
from questions.formats.records import FormatError
from questions.formats.tabular.heading import Table
from questions.formats.tabular.row import Line

_HEAD = re.compile(r"#([a-z ]+):(.*?)\r?(?:\n|$)")
_SEPARATORS = {
    **{"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "colon": ":", "space": " "},
    "\\t": "\t",
}
_SPECIAL = {
    "guid column": "guid",
    "deck column": "deck",
    "tags column": "tags",
    "notetype column": "note type",
}


def anki_table(text: str) -> Table | None:
    """The cards of a text that begins with Anki's head; None if it does not."""
    head, start = _head(text)
    if "separator" not in head:
        return None
    said = head["separator"]
    delimiter = _SEPARATORS.get(said.lower(), said[:1] or "\t")
    rows = list(_rows(text[start:], delimiter))
    special = {int(head[key]) - 1: name for key, name in _SPECIAL.items() if _is_place(head, key)}
    width = max(map(len, rows), default=0)
    sides = [index for index in range(width) if index not in special]
    constant = {name: head[name] for name in ("deck", "tags") if head.get(name)}
    first = text.count("\n", 0, start) + 1
    lines = (
        _line(f"row {number}", number, row, sides, special, constant, head)
        for number, row in enumerate(rows, start=first)
    )
    heading = (*_names(head, delimiter, sides), *special.values(), *constant)
    return Table(lines, heading=heading, notes=() if "columns" in head else (UNNAMED,))


def _head(text: str) -> tuple[dict[str, str], int]:
    head: dict[str, str] = {}
    at = 0
    while line := _HEAD.match(text, at):
        head[line[1]] = line[2] if line[1] in ("separator", "columns") else line[2].strip()
        at = line.end()
    return head, at


def _is_place(head: Mapping[str, str], key: str) -> bool:
    return bool(re.fullmatch("[1-9][0-9]?", head.get(key, "")))


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise FormatError(f"not readable as cards of Anki: {error}. Export them again") from None


def _names(head: Mapping[str, str], delimiter: str, sides: list[int]) -> list[str]:
    """The names of the sides: those in the head, or Front, Back, and numbers."""
    if "columns" in head:
        named = next(csv.reader([head["columns"]], delimiter=delimiter), [])
        return [named[index] if index < len(named) else f"field {index + 1}" for index in sides]
    unnamed = [f"field {number}" for number in range(len(CARD_SIDES) + 1, len(sides) + 1)]
    return [*CARD_SIDES, *unnamed][: len(sides)]


def _line(
    place: str,
    number: int,
    row: list[str],
    sides: list[int],
    special: Mapping[int, str],
    constant: Mapping[str, str],
    head: Mapping[str, str],
) -> Line:
    """A card: its sides, then what special columns say, then what the head says of all cards."""
    cells = [row[index] if index < len(row) else "" for index in (*sides, *special)]
    cells += constant.values()
    names = [*special.values(), *constant]
    falls: tuple[str, ...] = ()
    for index, name in enumerate(names, start=len(sides)):
        falls += parents(cells[index]) if name == "deck" else ()
        cells[index] = settled(name, cells[index])
    is_html = head.get("html", "true") != "false"
    return card(place, number, cells, len(sides), is_html=is_html, falls=falls)


def settled(name: str, cell: str) -> str:
    """What a special column of Anki says, in words of this bank."""
    if name == "tags":
        return ",".join(cell.split())
    if name == "deck":
        topic = _decks(cell)[-1]
        return "" if topic == "Default" else topic
    return cell


def parents(deck: str) -> tuple[str, ...]:
    """What falls of a deck within another: its topic is the last part alone."""
    parts = _decks(deck)
    return (f"deck {' / '.join(parts)} (the topic is its last part)",) if len(parts) > 1 else ()


def _decks(deck: str) -> list[str]:
    return [part.strip() for part in re.split(r"::|\x1f", deck)]
