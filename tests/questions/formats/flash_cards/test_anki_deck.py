"""Decks of Anki, old and new, and hostile ones."""

import io
import json
import sqlite3
import zipfile

import pytest
import zstandard

from questions.formats import UnclearColumns, read_file
from tests.questions.formats.hostile import quickly_refused

NOTES = "create table notes (id integer primary key, guid text, mid int, tags text, flds text);"
CARDS = "create table cards (id integer primary key, nid int, did int);"
OLD = NOTES + CARDS + "create table col (models text, decks text);"
NEW = (
    NOTES
    + CARDS
    + "create table notetypes (id integer primary key, name text collate unicase);"
    + "create table fields (ntid int, ord int, name text collate unicase,"
    + " primary key (ntid, ord)) without rowid;"
    + "create table decks (id integer primary key, name text collate unicase);"
)


def database(schema: str, notes=(), fields=("Front", "Back"), extra: str = "") -> bytes:
    """A collection with one kind of notes and one deck."""
    made = sqlite3.connect(":memory:")
    made.create_collation("unicase", lambda a, b: (a > b) - (a < b))
    made.executescript(schema)
    if "notetypes" in schema:
        made.execute("insert into notetypes values (1, 'Basic')")
        made.executemany("insert into fields values (1, ?, ?)", list(enumerate(fields)))
        made.execute("insert into decks values (5, 'Bank\x1fServing')")
    elif "models" in schema:
        models = {"1": {"name": "Basic", "flds": [{"name": name} for name in fields]}}
        decks = {"5": {"name": "Bank::Serving"}}
        made.execute("insert into col values (?, ?)", [json.dumps(models), json.dumps(decks)])
    for number, sides in enumerate(notes, start=1):
        row = (number, f"g{number}", 1, " x y ", "\x1f".join(sides))
        made.execute("insert into notes values (?, ?, ?, ?, ?)", row)
        made.execute("insert into cards values (?, ?, 5)", [number, number])
    made.executescript(extra)
    made.commit()
    return made.serialize()


def deck(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(f"collection.{name}", data)
        archive.writestr("media", "{}")
    return out.getvalue()


def packed(data: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(data)


SIDES = [("Is <b>it</b>?", "Yes &amp; no"), ("Why?", "So.")]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.apkg", lambda: deck(anki2=database(OLD, SIDES))),
        ("x.apkg", lambda: deck(anki2=b"only a note", anki21=database(OLD, SIDES))),
        ("x.colpkg", lambda: deck(anki2=b"only a note", anki21b=packed(database(NEW, SIDES)))),
    ],
)
def test_a_deck_gives_its_notes(name, data):
    content = read_file(name, data())
    first, second = content.items
    assert content.system == "Anki"
    assert first.values == {
        "prompt": "Is **it**?",
        "answer": "Yes & no",
        "topic_name": "Serving",
    }
    assert first.foreign_id == "g1"
    assert first.not_taken == (
        "deck Bank / Serving (the topic is its last part)",
        *("tag x", "tag y"),
    )
    assert (second.place, second.values["prompt"]) == ("note 2", "Why?")


def test_other_fields_are_named_and_unknown_ones_are_asked_about():
    data = deck(anki2=database(OLD, [("a?", "b", "c")], ("Question", "Answer", "Extra")))
    assert "column Extra" in read_file("x.apkg", data).items[0].not_taken
    data = deck(anki2=database(OLD, [("a?", "b")], ("Word", "Sense")))
    with pytest.raises(UnclearColumns) as asked:
        read_file("x.apkg", data)
    assert asked.value.names[:2] == ("Word", "Sense")


ENDLESS = (
    "drop table notes; create view notes as with recursive n(id) as"
    " (select 1 union all select id + 1 from n)"
    " select id, '' as guid, 1 as mid, '' as tags, '' as flds from n;"
)


def bomb() -> bytes:
    compressor = zstandard.ZstdCompressor().compressobj()
    parts = [compressor.compress(bytes(1_000_000)) for _ in range(200)]
    return b"".join([*parts, compressor.flush()])


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (lambda: b"PK\3\4 no archive", "not a zip archive"),
        (lambda: deck(), "has no collection"),
        (lambda: deck(anki2=b"no database"), "is no database"),
        (lambda: deck(anki21b=b"not packed"), "is damaged"),
        (lambda: deck(anki21b=bomb()), "would unpack to more than 150 MB"),
        (lambda: deck(anki2=b"SQLite format 3\0" + bytes(5_000)), "not readable as a deck"),
        (lambda: deck(anki2=database(OLD, SIDES)[:5_000]), "not readable as a deck"),
        (lambda: deck(anki2=database("create table x (y);")), "not readable as a deck"),
        (lambda: deck(anki2=database(OLD, SIDES, extra=ENDLESS)), "not readable as a deck"),
        (lambda: deck(anki2=database(OLD, SIDES, extra="delete from col")), "not readable"),
        (
            lambda: deck(anki2=database(OLD, SIDES, extra="update col set models = '[]'")),
            "not readable as a deck",
        ),
        (
            lambda: deck(anki2=database(OLD, SIDES, extra="update notes set mid = 9")),
            "not readable",
        ),
    ],
)
def test_hazard_30_a_hostile_deck_is_refused_within_seconds(data, message):
    assert message in quickly_refused("x.apkg", data())
