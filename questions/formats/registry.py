"""The formats of files: which can be read, and which can be written."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from questions.formats import foreign, tables, xlsx, xml_file, yaml_json
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
    "csv": Format("CSV", ".csv", "text/csv; charset=utf-8", tables.write_csv),
    "xlsx": Format(
        "XLSX (spreadsheet)",
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        xlsx.write,
    ),
    "moodle": Format("Moodle XML", ".xml", "application/xml", moodle_xml.write),
}
"""The formats that a bank can be written in, by the name that commands and pages use."""

READERS: dict[str, Callable[[bytes], ExchangeFile]] = {
    ".json": yaml_json.read,
    ".yaml": yaml_json.read,
    ".yml": yaml_json.read,
    ".csv": tables.read_csv,
    ".tsv": tables.read_csv,
    ".xlsx": xlsx.read,
    ".xml": xml_file.read,
    ".qti": xml_file.read,
    ".zip": package.read,
    ".imscc": package.read,
    ".gift": gift.read,
    ".txt": gift.read,
}
"""The readers, by the end of the file's name."""


ZIPPED = (".xlsx", ".zip", ".imscc")


def read_file(name: str, data: bytes) -> ExchangeFile:
    """What a file holds. Raises FormatError if it is not of the format that its name says."""
    suffix = PurePath(name).suffix.lower()
    foreign.refuse(suffix, data)
    if suffix not in READERS:
        raise FormatError(
            f"files whose names end in “{suffix}” can't be read. Use {', '.join(READERS)}"
        )
    if data.startswith(b"PK") and suffix not in ZIPPED:
        raise FormatError("the file is a zip archive. If it is a spreadsheet, name it .xlsx")
    return READERS[suffix](data)
