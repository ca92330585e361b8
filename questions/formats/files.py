"""Which format a file has, and what each format can."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from questions.formats import gift, moodle, tables, xlsx, yaml_json
from questions.formats.records import ExchangeFile, FormatError, StoredQuestion, TopicRecord

Writer = Callable[[Sequence[TopicRecord], Iterable[StoredQuestion]], bytes]


@dataclass(frozen=True)
class Format:
    label: str
    suffix: str
    content_type: str
    write: Writer


FORMATS = {
    "json": Format("JSON", ".json", "application/json", yaml_json.write_json),
    "yaml": Format("YAML", ".yaml", "application/yaml", yaml_json.write_yaml),
    "csv": Format("CSV", ".csv", "text/csv; charset=utf-8", tables.write_csv),
    "xlsx": Format(
        "XLSX (spreadsheet)",
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        xlsx.write,
    ),
    "moodle": Format("Moodle XML", ".xml", "application/xml", moodle.write),
}
"""What a bank can be written as, by the name that commands and pages use."""

READERS: dict[str, Callable[[bytes], ExchangeFile]] = {
    ".json": yaml_json.read,
    ".yaml": yaml_json.read,
    ".yml": yaml_json.read,
    ".csv": tables.read_csv,
    ".tsv": tables.read_csv,
    ".xlsx": xlsx.read,
    ".xml": moodle.read,
    ".gift": gift.read,
    ".txt": gift.read,
}
"""By the end of the file's name."""


def read_file(name: str, data: bytes) -> ExchangeFile:
    """What the file holds. Raises FormatError where it can't be read as what its name says."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in READERS:
        raise FormatError(f"a file that ends in “{suffix}” is not known: use {', '.join(READERS)}")
    if data.startswith(b"PK") and suffix != ".xlsx":
        raise FormatError("the file is a zip archive or a spreadsheet: name it .xlsx if it is one")
    return READERS[suffix](data)
