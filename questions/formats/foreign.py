"""Files of other programs that this bank can't read: what each is, and what to do instead."""

import re
from collections.abc import Iterable

from questions.formats.records import FormatError

TABLE = "Copy the questions into a table and save it as .csv or .xlsx"
MARKDOWN = "Save the text as Markdown (.md), or copy the questions into a table (.csv, .xlsx)"
BY_SUFFIX = {
    **dict.fromkeys((".docx", ".doc", ".odt", ".rtf", ".pages"), ("a text document", MARKDOWN)),
    ".pdf": ("a PDF", MARKDOWN),
    **dict.fromkeys((".pptx", ".ppt", ".odp", ".key"), ("a presentation", TABLE)),
    **dict.fromkeys((".html", ".htm", ".mhtml"), ("a web page", TABLE)),
    **dict.fromkeys(
        (".xls", ".xlsb", ".ods", ".numbers"), ("another spreadsheet", "Save it as .xlsx or .csv")
    ),
    ".mbz": ("a backup of Moodle", "Export the questions from the question bank as Moodle XML"),
    ".h5p": ("an H5P activity", TABLE),
    ".aiken": (
        "an Aiken file",
        "It has multiple-choice questions, and this bank has open ones only",
    ),
    **dict.fromkeys(
        (".bnk", ".tst", ".ctb", ".pool", ".dat"),
        ("a file of a test program", "Export it there as a QTI package (.zip)"),
    ),
    **dict.fromkeys(
        (".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic", ".svg"),
        ("a picture", "Type the questions into a table (.csv, .xlsx)"),
    ),
    **dict.fromkeys(
        (".7z", ".rar", ".gz", ".tgz", ".tar"), ("an archive", "Unpack it and choose a file in it")
    ),
}
"""What a file is and what to do, by the end of its name."""

IN_ARCHIVE = {
    "h5p.json": ("an H5P activity", TABLE),
    "moodle_backup.xml": BY_SUFFIX[".mbz"],
    "word/document.xml": BY_SUFFIX[".docx"],
    "ppt/presentation.xml": BY_SUFFIX[".pptx"],
    "xl/workbook.xml": ("a spreadsheet", "Name it .xlsx"),
    "collection.anki2": ("a deck of Anki", "Name it .apkg"),
    "content.xml": ("a document of an office program", MARKDOWN),
}
"""The same, by a file that its archive has."""

_MAGIC = {
    b"%PDF-": BY_SUFFIX[".pdf"],
    b"{\\rtf": BY_SUFFIX[".rtf"],
    b"\xd0\xcf\x11\xe0": ("an old Office file, or one with a password", "Save it as .xlsx or .csv"),
    b"Rar!": BY_SUFFIX[".rar"],
    b"7z\xbc\xaf": BY_SUFFIX[".7z"],
    b"\x1f\x8b": BY_SUFFIX[".gz"],
    b"\x89PNG": BY_SUFFIX[".png"],
    b"\xff\xd8\xff": BY_SUFFIX[".jpg"],
}
_AIKEN = re.compile(rb"^[A-Z][.)] .{0,500}\r?\nANSWER: ?[A-Z]\s*$", re.MULTILINE)


def refuse(suffix: str, data: bytes) -> None:
    """Raises FormatError for a file of a kind that is known and not read."""
    known = BY_SUFFIX.get(suffix) or next(
        (what for magic, what in _MAGIC.items() if data.startswith(magic)), None
    )
    if known is None and suffix in (".txt", ".gift") and _AIKEN.search(data[:50_000]):
        known = BY_SUFFIX[".aiken"]
    if known:
        raise _refusal(*known)


def refuse_archive(names: Iterable[str]) -> None:
    """Raises FormatError for an archive of a kind that is known, by the names of its entries."""
    names = set(names)
    for name, known in IN_ARCHIVE.items():
        if name in names:
            raise _refusal(*known)


def _refusal(what: str, fix: str) -> FormatError:
    return FormatError(f"this is {what}, which can't be read here. {fix}")
