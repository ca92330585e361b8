"""XML files, read by what their root element says they are."""

from questions.formats.documents import load_xml
from questions.formats.markup import moodle
from questions.formats.records import ExchangeFile, FormatError


def read(data: bytes) -> ExchangeFile:
    """The questions of an XML file. Raises FormatError."""
    root = load_xml(data)
    if root.tag != "quiz":
        raise FormatError(f"expected <quiz> at the top of the file, not <{root.tag[:40]}>")
    return moodle.read(root)
