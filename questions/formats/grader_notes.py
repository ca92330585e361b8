"""Moodle's notes for graders: advice, key points, phrasings and example answer under headings."""

import re

from questions.formats.fields.statements import PHRASINGS
from questions.formats.records import StoredQuestion
from questions.formats.tabular.writing import phrasing_columns
from questions.rules.texts import unix_lines

SECTIONS = {
    "how to answer": "how_to_answer",
    "key points": "key_points",
    **{field.replace("_", " "): field for field in PHRASINGS},
    "example answer": "example_answer",
}

_HEADING = re.compile(rf"#{{1,6}} ({'|'.join(SECTIONS)})\s*", re.IGNORECASE)
_ESCAPED = re.compile(rf"\\+{_HEADING.pattern}", re.IGNORECASE)
_BULLET = re.compile(r"\A\s*(?:[-*+•]|\d{1,3}[.)])\s+")


def notes_of(question: StoredQuestion) -> str:
    """The notes of a question; `fields_of` reads them."""
    sections = {
        "How to answer": _escape_headings(question.how_to_answer),
        "Key points": "\n".join(f"- {point}" for point in question.key_points),
        **{
            name.replace("_", " ").capitalize(): text
            for name, text in phrasing_columns(question).items()
        },
        "Example answer": _escape_headings(question.example_answer),
    }
    return "\n\n".join(f"### {name}\n\n{text}" for name, text in sections.items() if text)


def _escape_headings(text: str) -> str:
    """A line of the text that looks like one of our headings gets a backslash in front."""
    lines = text.split("\n")
    return "\n".join(
        f"\\{line}" if _HEADING.fullmatch(line) or _ESCAPED.fullmatch(line) else line
        for line in lines
    )


def fields_of(notes: str) -> dict[str, str]:
    """The notes by field. What is under none of our headings is advice.

    Notes without phrasings say nothing of them: those of older exports have none.
    """
    lines: dict[str, list[str]] = {field: [] for field in SECTIONS.values()}
    field = "how_to_answer"
    for line in unix_lines(notes).split("\n"):
        if heading := _HEADING.fullmatch(line):
            field = SECTIONS[heading[1].casefold()]
        elif field == "key_points":
            lines[field].append(_BULLET.sub("", line))
        else:
            lines[field].append(line[1:] if _ESCAPED.fullmatch(line) else line)
    fields = {field: "\n".join(section).strip() for field, section in lines.items()}
    if not any(fields[name] for name in PHRASINGS):
        fields = {name: text for name, text in fields.items() if name not in PHRASINGS}
    return fields
