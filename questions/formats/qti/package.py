"""A package of QTI files: a zip archive with a list of what it holds, imsmanifest.xml."""

import re
import zipfile
import zlib
from xml.etree.ElementTree import Element

from questions.formats.archives import open_archive
from questions.formats.documents import load_xml
from questions.formats.encoding import check_size
from questions.formats.foreign import refuse_archive
from questions.formats.qti import version_1, version_2
from questions.formats.qti.reading import Found, Source, name_of
from questions.formats.records import ExchangeFile, FormatError
from questions.formats.rows import with_repeats_marked
from questions.rules.limits import MAX_BYTES

MAX_ENTRIES = 20_000
"""A course has an entry for each of its pictures, too."""
MANIFEST = "imsmanifest.xml"
ENDINGS = (".xml", ".qti", ".xml.qti")
ROOTS = {"questestinterop": version_1.read, "assessmentitem": version_2.read}
"""The reader of each kind of file, by the name of its root element."""
_ROOT = re.compile(
    rb"<(?:[\w.-]+:)?(questestinterop|(?:qti-)?assessment-?item)[\s>]", re.IGNORECASE
)


def read(data: bytes) -> ExchangeFile:
    """The essay questions of a package. Raises FormatError."""
    check_size(len(data))
    found = Found()
    left = MAX_BYTES
    with open_archive(data, "QTI package", MAX_ENTRIES) as archive:
        refuse_archive(archive.namelist())
        names = [name for name in archive.namelist() if name.lower().endswith(ENDINGS)]
        if not any(name.rpartition("/")[2] == MANIFEST for name in names):
            raise FormatError(
                f"the zip archive has no {MANIFEST}, so it is not a QTI package. Export the"
                " questions as QTI, or unpack the archive and choose the file with the questions"
            )
        for name in names:
            text = _unpacked(archive, name, left)
            left -= len(text)
            if _ROOT.search(text[:5_000]):
                add_file(_loaded(name, text), Source(file=name), found)
                found.end_file()
    return content_of(found)


def add_file(root: Element, source: Source, found: Found) -> None:
    """Add the questions of one file of QTI, whose root element this is."""
    ROOTS[name_of(root)](root, source, found)


def content_of(found: Found) -> ExchangeFile:
    """The file that was found. Raises FormatError if it has no question."""
    if not found.items and not found.left_out:
        raise FormatError("there is no question in the QTI file. Export the quiz or bank itself")
    items = with_repeats_marked(found.items)
    return ExchangeFile(items, left_out=tuple(found.left_out), system="QTI")


def _unpacked(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    try:
        with archive.open(name) as file:
            text = file.read(most + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, EOFError):
        raise FormatError(f"{name[:60]}: not readable. Export the package again") from None
    if len(text) > most:
        raise FormatError(f"the package unpacks to more than {MAX_BYTES // 1_000_000} MB. Split it")
    return text


def _loaded(name: str, text: bytes) -> Element:
    try:
        return load_xml(text)
    except FormatError as error:
        raise FormatError(f"{name[:60]}: {error}") from None
