"""Moodle's notes for graders: what an essay there has no place for, each under its heading."""

import re
from collections.abc import Iterator, Sequence

from questions.formats.fields.follow_up_texts import as_text
from questions.formats.fields.statements import PHRASINGS
from questions.formats.markup.blocks import Block, Heading, Listing, Paragraph, Run
from questions.formats.markup.losses import Losses
from questions.formats.markup.markdown_blocks import on_one_line
from questions.formats.markup.markdown_lines import paragraph
from questions.formats.markup.white_space import lines_of
from questions.formats.records import StoredQuestion
from questions.formats.tabular.writing import phrasing_columns
from questions.rules.texts import LIST_FIELDS, OPTIONAL_FIELDS, unix_lines

SECTIONS = {
    "how to answer": "how_to_answer",
    "key points": "key_points",
    "follow-ups": "follow_ups",
    **{field.replace("_", " "): field for field in PHRASINGS},
    "example answer": "example_answer",
    "short example": "short_example",
    "common mistakes": "common_mistakes",
    "sources": "sources",
}
BULLETED = ("key_points", "common_mistakes", "sources")
TOGETHER = (PHRASINGS, OPTIONAL_FIELDS)
"""Notes without any of these say nothing of them: those of older exports have none."""

_HEADING = re.compile(rf"#{{1,6}} ({'|'.join(SECTIONS)})\s*", re.IGNORECASE)
_ESCAPED = re.compile(rf"\\+{_HEADING.pattern}", re.IGNORECASE)
_BULLET = re.compile(r"\A\s*(?:[-*+•]|\d{1,3}[.)])\s+")


def notes_of(question: StoredQuestion) -> str:
    """The notes of a question; `fields_of` reads them."""
    texts = {
        **{field: "\n".join(f"- {one}" for one in getattr(question, field)) for field in BULLETED},
        "follow_ups": as_text(question.follow_ups),
        **phrasing_columns(question),
    }
    for field in SECTIONS.values():
        if field not in texts:
            texts[field] = _escape_headings(getattr(question, field))
    return "\n\n".join(
        f"### {name.capitalize()}\n\n{texts[field]}"
        for name, field in SECTIONS.items()
        if texts[field]
    )


def _escape_headings(text: str) -> str:
    """A line of the text that looks like one of our headings gets a backslash in front."""
    lines = text.split("\n")
    return "\n".join(
        f"\\{line}" if _HEADING.fullmatch(line) or _ESCAPED.fullmatch(line) else line
        for line in lines
    )


def fields_of(notes: str) -> dict[str, str]:
    """The notes by field. What is under none of our headings is advice."""
    lines: dict[str, list[str]] = {field: [] for field in SECTIONS.values()}
    field = "how_to_answer"
    for line in unix_lines(notes).split("\n"):
        if heading := _HEADING.fullmatch(line):
            field = SECTIONS[heading[1].casefold()]
        elif field in BULLETED:
            lines[field].append(_BULLET.sub("", line))
        else:
            lines[field].append(line[1:] if _ESCAPED.fullmatch(line) else line)
    fields = {field: "\n".join(section).strip() for field, section in lines.items()}
    for group in TOGETHER:
        if not any(fields[name] for name in group):
            fields = {name: text for name, text in fields.items() if name not in group}
    return fields


# --- notes that are no Markdown ------------------------------------------------------------------


def sections_in(
    blocks: Sequence[Block], losses: Losses
) -> tuple[dict[str, list[Block]], dict[str, str]]:
    """The blocks of each text in the notes, and the lists of lines in them, all by field."""
    sections: dict[str, list[Block]] = {}
    field = "how_to_answer"
    for block in blocks:
        heading = _heading_of(block)
        if heading in SECTIONS:
            field = SECTIONS[heading]
        else:
            sections.setdefault(field, []).append(block)
    lists: dict[str, str] = {}
    for name in (*LIST_FIELDS, *PHRASINGS):
        if statements := sections.pop(name, None):
            lists[name] = statements_in(statements, losses, plain=name in PHRASINGS)
    return sections, lists


def statements_in(blocks: Sequence[Block], losses: Losses, *, plain: bool = False) -> str:
    """The lines and items of blocks, each a line of Markdown, or of plain text."""
    lines = _lines(blocks, losses)
    if plain:
        return "\n".join("".join(run.text for run in line) for line in lines)
    return "\n".join(paragraph(on_one_line(line), losses) for line in lines)


def _heading_of(block: Block) -> str:
    """What a heading says, or a line that is all bold."""
    if isinstance(block, Heading) or (
        isinstance(block, Paragraph) and all("bold" in run.marks for run in block.runs)
    ):
        return "".join(run.text for run in block.runs).strip().rstrip(":").casefold()
    return ""


def _lines(blocks: Sequence[Block], losses: Losses) -> Iterator[list[Run]]:
    """The lines of paragraphs and the items of lists, each one statement."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from lines_of(block.runs)
        elif isinstance(block, Listing):
            for item in block.items:
                yield from _item_lines(item, losses)
        else:
            losses.elements.add("a table, code or heading among the key points")


def _item_lines(item: Sequence[Block], losses: Losses) -> Iterator[list[Run]]:
    first: list[Run] = []
    rest = list(item)
    while rest and isinstance(block := rest[0], Paragraph):
        first += [Run(" "), *block.runs] if first else block.runs
        rest.pop(0)
    if first:
        yield first
    if rest:
        losses.name("the levels of the list of key points (each item is one of its own)")
        yield from _lines(rest, losses)
