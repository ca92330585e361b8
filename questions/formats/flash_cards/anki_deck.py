"""Decks of Anki (.apkg, .colpkg): a SQLite database in a zip archive, packed since 2.1.50.

The kinds of notes are read as tables, whose columns are the fields of the notes.
https://github.com/ankidroid/Anki-Android/wiki/Database-Structure
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace

import zstandard

from questions.formats.archives import MAX_UNPACKED, open_archive
from questions.formats.encoding import check_size
from questions.formats.flash_cards.anki_text import parents, settled
from questions.formats.flash_cards.sides import card
from questions.formats.records import ExchangeFile, FormatError
from questions.formats.rows import MAX_ROWS
from questions.formats.tabular.choice import NO_CHOICE, Choice
from questions.formats.tabular.heading import Table
from questions.formats.tabular.row import Line
from questions.formats.tabular.table import read_tables

MAX_ENTRIES = 20_000
"""A deck has an entry for each of its pictures and sounds."""
COLLECTIONS = ("collection.anki21b", "collection.anki21", "collection.anki2")
"""The newest first: newer decks also have an old one that only says that it can't be read."""
STEPS = 20_000_000
"""Of SQLite's machine: a deck of 20,000 notes takes a tenth."""
TABLES = frozenset({"notes", "cards", "col", "notetypes", "fields", "decks"})
_EXTRA = ("deck", "tags", "guid")
_SEPARATOR = "\x1f"

Kinds = Mapping[int, tuple[str, tuple[str, ...]]]
"""The name of each kind of notes and those of its fields."""


def read(data: bytes, choice: Choice = NO_CHOICE) -> ExchangeFile:
    """The questions of a deck. Raises FormatError, UnclearColumns."""
    check_size(len(data))
    with closing(_opened(_collection(data))) as database:
        try:
            return replace(read_tables(_tables(database), choice), system="Anki")
        except (sqlite3.Error, ValueError, KeyError, TypeError, AttributeError) as error:
            if isinstance(error, FormatError):
                raise
            raise FormatError(
                f"not readable as a deck of Anki ({type(error).__name__}). Export it as text:"
                " “Notes in Plain Text”"
            ) from None


def _collection(data: bytes) -> bytes:
    """The database in the archive."""
    with open_archive(data, "Anki deck", MAX_ENTRIES) as archive:
        name = next((name for name in COLLECTIONS if name in archive.namelist()), None)
        if name is None:
            raise FormatError("not a deck of Anki: its archive has no collection")
        try:
            packed = archive.read(name)
        except (OSError, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
            raise FormatError(f"not readable as a deck of Anki: {error}") from None
    return _unpacked(packed) if name.endswith("b") else packed


def _unpacked(packed: bytes) -> bytes:
    try:
        with zstandard.ZstdDecompressor().stream_reader(packed) as stream:
            database = stream.read(MAX_UNPACKED + 1)
    except zstandard.ZstdError:
        raise FormatError("not readable as a deck of Anki: its collection is damaged") from None
    if len(database) > MAX_UNPACKED:
        raise FormatError(f"the deck would unpack to more than {MAX_UNPACKED // 1_000_000} MB")
    return database


def _opened(data: bytes) -> sqlite3.Connection:
    """The database in memory: only its tables can be read, and only for a while."""
    if not data.startswith(b"SQLite format 3\0"):
        raise FormatError("not readable as a deck of Anki: its collection is no database")
    database = sqlite3.connect(":memory:")
    database.deserialize(data)
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("PRAGMA cell_size_check = ON")
    database.create_collation("unicase", _compared)
    database.set_progress_handler(lambda: 1, STEPS)
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_UNPACKED)
    database.set_authorizer(_may)
    return database


def _compared(one: str, other: str) -> int:
    left, right = one.casefold(), other.casefold()
    return (left > right) - (left < right)


def _may(action: int, name: str | None, *_: object) -> int:
    """No views, triggers or functions of the file; its tables may be read."""
    allowed = action == sqlite3.SQLITE_SELECT or (
        action == sqlite3.SQLITE_READ and name in TABLES | {"sqlite_master"}
    )
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


def _tables(database: sqlite3.Connection) -> Iterator[Table]:
    query = "SELECT name FROM sqlite_master WHERE type = 'table'"
    tables = {name for (name,) in database.execute(query)} & TABLES
    kinds = _kinds(database) if "notetypes" in tables else _old_kinds(database)
    decks = _decks(database) if "decks" in tables else _old_decks(database)
    notes = defaultdict(list)
    query = "SELECT id, mid, guid, tags, flds FROM notes ORDER BY id LIMIT ?"
    for number, note in enumerate(database.execute(query, [MAX_ROWS + 1]), start=1):
        notes[note[1]].append((number, note))
    deck_of = dict(database.execute("SELECT nid, did FROM cards"))
    for kind, rows in notes.items():
        name, fields = kinds[kind]
        lines = (
            _line(number, note, fields, decks.get(deck_of.get(note[0], 0), ""))
            for number, note in rows
        )
        yield Table(lines, f"note type {name}", (*fields, *_EXTRA))


def _line(number: int, note: tuple[object, ...], fields: tuple[str, ...], deck: str) -> Line:
    _, _, guid, tags, texts = (str(value) for value in note)
    cells = texts.split(_SEPARATOR)[: len(fields)]
    cells += [""] * (len(fields) - len(cells))
    cells += [settled("deck", deck), settled("tags", tags), guid]
    place, falls = f"note {number}", parents(deck)
    return card(place, number, cells, len(fields), is_html=True, falls=falls)


def _kinds(database: sqlite3.Connection) -> Kinds:
    fields = defaultdict(list)
    for kind, name in database.execute("SELECT ntid, name FROM fields ORDER BY ntid, ord"):
        fields[kind].append(str(name))
    names = database.execute("SELECT id, name FROM notetypes")
    return {kind: (str(name), tuple(fields[kind])) for kind, name in names}


def _old_kinds(database: sqlite3.Connection) -> Kinds:
    (text,) = database.execute("SELECT models FROM col LIMIT 1").fetchone()
    models = json.loads(text)
    return {
        int(kind): (str(model["name"]), tuple(str(field["name"]) for field in model["flds"]))
        for kind, model in models.items()
    }


def _decks(database: sqlite3.Connection) -> dict[int, str]:
    return {deck: str(name) for deck, name in database.execute("SELECT id, name FROM decks")}


def _old_decks(database: sqlite3.Connection) -> dict[int, str]:
    (text,) = database.execute("SELECT decks FROM col LIMIT 1").fetchone()
    decks = json.loads(text)
    return {int(deck): str(values["name"]) for deck, values in decks.items()}
