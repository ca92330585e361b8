"""Where an editor of a foreign format finds a field of this bank."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePath

from questions.formats.records import Mistake
from questions.rules.texts import field_label

NOTES = "information for graders"
TAG = "tag “{}:…”"
MOODLE = {
    "prompt": "question text",
    "answer": "general feedback",
    "slug": "question name",
    "uid": "ID number",
    "foreign_id": "ID number",
    "topic": f"category, or {TAG.format('topic')}",
    "topic_name": "category",
    "how_to_answer": NOTES,
    **{
        field: f"“{field_label(field).capitalize()}” in the {NOTES}"
        for field in (
            *("key_points", "follow_ups", "also_said_as", "not_to_be_confused_with"),
            *("example_answer", "short_example", "common_mistakes", "sources"),
        )
    },
    **{field: TAG.format(field) for field in ("difficulty", "seconds", "status")},
}
GIFT = {
    "prompt": "question text",
    "answer": "text after ####",
    "slug": "title between ::",
    "uid": "// [id:…]",
    "foreign_id": "// [id:…]",
    "topic": "$CATEGORY, or // [tag:topic:…]",
    "topic_name": "$CATEGORY",
    **{field: f"// [tag:{field}:…]" for field in ("difficulty", "seconds", "status")},
}
PLACES = {".xml": MOODLE, ".gift": GIFT}
"""By the end of the file's name. Tables, JSON and YAML call the fields as this bank does."""


def located(mistakes: Iterable[Mistake], file_name: str, system: str) -> tuple[Mistake, ...]:
    """The mistakes, each with the place where its field is in a file of this name.

    system: where its reader says that the file comes from; there are other files in XML.
    """
    is_moodle = system in ("", "Moodle")
    places = PLACES.get(PurePath(file_name).suffix.lower(), {}) if is_moodle else {}
    return tuple(replace(m, where=places.get(m.column, "")) for m in mistakes)
