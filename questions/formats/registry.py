"""The formats of files: which can be read, and which can be written."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import cast

from questions.formats import any_text, foreign, xml_file, yaml_json
from questions.formats.flash_cards import anki_deck
from questions.formats.markdown_file import reading as markdown_file
from questions.formats.moodle import gift
from questions.formats.moodle import xml as moodle_xml
from questions.formats.qti import package
from questions.formats.records import (
    ExchangeFile,
    FormatError,
    StoredInterview,
    StoredQuestion,
    TopicRecord,
)
from questions.formats.tabular import csv_text, writing
from questions.formats.tabular.choice import NO_CHOICE, Choice
from questions.formats.workbooks import reading as workbook
from questions.formats.workbooks import writing as workbook_writing

ZIPPED = (".xlsx", ".xlsm", ".apkg", ".colpkg", ".zip", ".imscc")
OTHERS = {
    **dict.fromkeys((".rst", ".adoc", ".org"), "Convert it to Markdown (.md)"),
    **dict.fromkeys((".anki2", ".anki21"), "Export the deck from Anki as .apkg"),
}
"""What to do with files of some other kinds."""

Writer = Callable[[Sequence[TopicRecord], Iterable[StoredQuestion]], bytes]
WholeWriter = Callable[
    [Sequence[TopicRecord], Iterable[StoredQuestion], Iterable[StoredInterview]], bytes
]


@dataclass(frozen=True)
class Format:
    """A format that banks can be written in. write_whole: with interviews, if it holds them."""

    label: str
    suffix: str
    content_type: str
    write: Writer
    write_whole: WholeWriter | None = None


FORMATS = {
    "json": Format("JSON", ".json", "application/json", yaml_json.write_json, yaml_json.write_json),
    "yaml": Format("YAML", ".yaml", "application/yaml", yaml_json.write_yaml, yaml_json.write_yaml),
    "csv": Format("CSV", ".csv", "text/csv; charset=utf-8", writing.write_csv),
    "xlsx": Format(
        "XLSX (spreadsheet)",
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        workbook_writing.write,
    ),
    "moodle": Format("Moodle XML", ".xml", "application/xml", moodle_xml.write),
}
"""The formats that a bank can be written in, by the name that commands and pages use."""

Reader = Callable[[bytes], ExchangeFile]
ChoiceReader = Callable[[bytes, Choice], ExchangeFile]

WITH_COLUMNS: dict[str, ChoiceReader] = {
    ".json": yaml_json.read_json,
    ".jsonl": yaml_json.read_lines,
    ".ndjson": yaml_json.read_lines,
    ".yaml": yaml_json.read,
    ".yml": yaml_json.read,
    ".csv": csv_text.read,
    ".tsv": csv_text.read,
    ".tab": csv_text.read,
    ".xlsx": workbook.read,
    ".xlsm": workbook.read,
    ".apkg": anki_deck.read,
    ".colpkg": anki_deck.read,
    ".txt": any_text.read,
}
"""Readers of files with columns or named values: a person can say what each holds."""

READERS: dict[str, ChoiceReader | Reader] = {
    **WITH_COLUMNS,
    ".md": markdown_file.read,
    ".markdown": markdown_file.read,
    ".xml": xml_file.read,
    ".qti": xml_file.read,
    ".zip": package.read,
    ".imscc": package.read,
    ".gift": gift.read,
}
"""All readers, by the end of the file's name."""


def read_file(name: str, data: bytes, choice: Choice = NO_CHOICE) -> ExchangeFile:
    """What a file holds. choice: what a person said of its columns.

    Raises FormatError if it is not of the format that its name says, UnclearColumns if a person has
    to say what its columns hold.
    """
    suffix = suffix_of(name, data)
    if suffix in WITH_COLUMNS:
        return WITH_COLUMNS[suffix](data, choice)
    if choice.fields:
        raise FormatError("this file has no columns to choose from")
    reader = cast("Reader", READERS[suffix])
    return reader(data)


def suffix_of(name: str, data: bytes) -> str:
    """The suffix whose reader can read the file. Raises FormatError if there is none."""
    suffix = PurePath(name).suffix.lower()
    foreign.refuse(suffix, data)
    if suffix not in READERS:
        advice = OTHERS.get(suffix, f"Use {', '.join(READERS)}")
        raise FormatError(f"files whose names end in “{suffix}” can't be read. {advice}")
    if data.startswith(b"PK") and suffix not in ZIPPED:
        raise FormatError("the file is a zip archive. If it is a spreadsheet, name it .xlsx")
    return suffix
