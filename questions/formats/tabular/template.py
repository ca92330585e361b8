"""The file that people fill in: its columns, and a row that shows how and is never imported."""

from questions.formats.tabular.table import EXAMPLE_PROMPT
from questions.formats.tabular.writing import csv_of
from questions.formats.workbooks.writing import workbook_of

EXAMPLE = {
    "topic": "The slug or the name of a topic",
    "difficulty": "2",
    "seconds": "180",
    "prompt": EXAMPLE_PROMPT,
    "answer": "A strong answer. All texts are Markdown.",
    "key_points": "One idea of a good answer.\nAnother one, on a line of its own.",
    "follow_ups": "1: A question that leads to the first point and does not give it away?",
    "how_to_answer": "Advice: what a good answer begins with.",
    "example_answer": "An answer as somebody would say it.",
    "short_example": "The same in half a minute: about 50 words.",
    "common_mistakes": "Saying that it is only a cache.\nForgetting who reads it.",
    "sources": "Author: Title (publisher, year)",
}


def template(suffix: str) -> bytes:
    """The template as .csv or .xlsx."""
    rows = [list(EXAMPLE), list(EXAMPLE.values())]
    return {".csv": csv_of, ".xlsx": workbook_of}[suffix](rows)
