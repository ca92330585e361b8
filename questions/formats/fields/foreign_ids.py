"""The check of the ids that a question has in other systems, each written as “Moodle: Q17”."""

from questions.formats.fields.texts import is_list_of_texts, storable
from questions.formats.records import ForeignIdRecord, WrongValue
from questions.rules.limits import MAX_FOREIGN_ID, MAX_SYSTEM


def foreign_ids(value: object) -> tuple[ForeignIdRecord, ...] | None:
    """Those in a list of texts, or in a text that has one a line; None if there are none."""
    lines = value if is_list_of_texts(value) else storable(value).splitlines()
    records = dict.fromkeys(_record(line) for line in lines if line.strip())
    return tuple(records) or None


def foreign_id(system: str, name: str) -> ForeignIdRecord | None:
    """An id as the bank stores it; None if there is none, or it is too long to be one."""
    stored = " ".join(storable(name).split())
    return ForeignIdRecord(system, stored) if 0 < len(stored) <= MAX_FOREIGN_ID else None


def system_name(text: str) -> str:
    """The name of a system as the bank stores it, without the colon that ends it in files."""
    return " ".join(storable(text).replace(":", " ").split())[:MAX_SYSTEM].strip()


def _record(line: str) -> ForeignIdRecord:
    system, _, name = storable(line).partition(":")
    record = foreign_id(system_name(system), name)
    if record is None or not record.system or len(system.strip()) > MAX_SYSTEM:
        fix = f"Write each as “system: id”, with {MAX_FOREIGN_ID} characters or fewer."
        raise WrongValue(f"has “{line.strip()[:40]}”, which names no system and id", fix)
    return record
