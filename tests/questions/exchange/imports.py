"""Files to import, as rows of raw values, and what becomes of them."""

from questions.exchange.apply import run_import
from questions.exchange.plan import ImportFile, Plan, Row, plan_import
from questions.formats import ExchangeFile, read_file
from questions.formats.rows import item
from tests.factories import START

UID = "817662ef-cc00-429a-a7df-1a928d21f1b3"
RAW = {"slug": "drift", "topic": "data", "prompt": "What is drift?", "key_points": ["It changes."]}


def file_of(*rows: dict, **options) -> ImportFile:
    """A file with these rows, the first of them in row 2."""
    items = tuple(item(f"row {number}", row) for number, row in enumerate(rows, start=2))
    return ImportFile("bank.csv", ExchangeFile(items), **options)


def plan_of(*rows: dict, **options) -> Plan:
    return plan_import(file_of(*rows, **options))


def planned(row: dict, **options) -> Row:
    """The plan of a file's only row."""
    (planned_row,) = plan_of(row, **options).rows
    return planned_row


def run(file: ImportFile, **options) -> int:
    return run_import(file, now=START, **options)


def run_bytes(name: str, data: bytes) -> int:
    return run(ImportFile(name, read_file(name, data)))


def mistakes_of(row: Row) -> list[tuple[str, str]]:
    return [(mistake.column, mistake.what) for mistake in row.mistakes]


def plan_file(name: str, data: bytes, **options) -> Plan:
    """The plan of a file of this name with these bytes."""
    return plan_import(ImportFile(name, read_file(name, data), **options))
