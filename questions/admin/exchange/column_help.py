"""What the import page says of the columns of a table."""

from dataclasses import dataclass

from questions.formats.fields.foreign_names import ID, TAGS
from questions.formats.fields.names import SYNONYMS
from questions.rules.limits import MAX_DIFFICULTY


@dataclass(frozen=True)
class ColumnHelp:
    """A column, what it holds, and other names that are understood."""

    name: str
    holds: str
    also: tuple[str, ...]


_HOLDS = {
    "prompt": "The question. The only column that is needed.",
    "answer": "A strong answer.",
    "key_points": "What a good answer says: one point a line.",
    "topic": "The slug or the name of a topic.",
    "topic_name": "The name of a topic.",
    "difficulty": f"1 to {MAX_DIFFICULTY}, or easy, medium, hard.",
    "seconds": "The time to answer. “3 min” and “180 s” are understood too.",
    "how_to_answer": "Advice to candidates.",
    "example_answer": "An answer as somebody would say it.",
    "short_example": "The same in half a minute: about 50 words.",
    "follow_ups": "The question that leads to a key point: one a line, after the point's number:"
    " “2: And if it fails?”.",
    "common_mistakes": "What candidates get wrong: one mistake a line.",
    "sources": "What a reader can look up: one source a line.",
    "also_said_as": "Other words for a key point: one a line, after its number: “2: it caches”.",
    "not_to_be_confused_with": "What sounds like a key point and is not one, in the same way.",
    "uid, slug": "From an export: which question the row is about.",
    "status": "From an export. New questions are drafts anyway.",
    ID: "The id in another system.",
    TAGS: "Shown in the preview. This bank has no tags.",
}
COLUMN_HELP = [ColumnHelp(name, holds, SYNONYMS.get(name, ())) for name, holds in _HOLDS.items()]
