"""XML files, read by what their root element says they are."""

from questions.formats.documents import load_xml
from questions.formats.moodle import xml as moodle_xml
from questions.formats.qti.package import ROOTS, add_file, content_of
from questions.formats.qti.reading import Found, Source, name_of
from questions.formats.records import ExchangeFile, FormatError

OTHERS = {
    **dict.fromkeys(
        ("manifest", "assessmenttest", "assessmentsection"),
        "the list of a QTI package. Choose the whole package, a .zip file",
    ),
    "quiz": "the settings of a quiz of Canvas. Choose the whole package, a .zip file",
    "pool": "a pool of Blackboard. Export it as a QTI 2.1 package",
    "moodle_backup": "a backup of Moodle. Export the questions there as Moodle XML",
    "html": "a web page. Copy its questions into a table (.csv or .xlsx)",
}
"""What a file of another kind is, and what to do, by the name of its root element."""


def read(data: bytes) -> ExchangeFile:
    """The questions of an XML file. Raises FormatError."""
    root = load_xml(data)
    if root.tag == "quiz":
        return moodle_xml.read(root)
    name = name_of(root)
    if name in ROOTS:
        found = Found()
        add_file(root, Source(), found)
        return content_of(found)
    if name in OTHERS:
        raise FormatError(f"this is {OTHERS[name]}")
    raise FormatError(
        f"expected <quiz> (Moodle), <questestinterop> or <assessmentItem> (QTI) at the top of the"
        f" file, not <{root.tag.rpartition('}')[2][:40]}>"
    )
