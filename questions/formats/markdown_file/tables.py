"""Markdown files whose questions are the rows of tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from questions.formats.fields.names import meaning_of
from questions.formats.markdown_file.lines import Section, code_lines
from questions.formats.markdown_file.texts import prompt_of, without_tags
from questions.formats.records import ExchangeFile, FormatError, Mistake
from questions.formats.tabular.choice import UnclearColumns
from questions.formats.tabular.heading import Table
from questions.formats.tabular.row import Line
from questions.formats.tabular.table import read_tables

_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_CELL = re.compile(r"(?<!\\)\|")


def read(sections: Sequence[Section], above: int) -> ExchangeFile | None:
    """The questions of the tables below headings; None if no table has a column of questions.

    above: how many lines of the file stand above the first section. Raises FormatError.
    """
    tables = [table for section in sections for table in _tables(section, above)]
    if not any(_names(table.heading or (), "prompt") for table in tables):
        return None
    try:
        content = read_tables(tables)
    except UnclearColumns as problem:
        raise FormatError(f"{problem}. Name the columns of the table otherwise") from None
    items = tuple(
        replace(item, mistakes=tuple(map(_in_words_of_markdown, item.mistakes)))
        for item in content.items
    )
    return replace(content, items=items)


def _in_words_of_markdown(mistake: Mistake) -> Mistake:
    """Too many cells are mended by other signs here than in a CSV file."""
    fix = "Put a backslash before each bar that belongs to a text, also in code."
    return replace(mistake, fix=fix) if mistake.column == "row" else mistake


def _tables(section: Section, above: int) -> Iterator[Table]:
    """The tables of a section. Its heading is the topic of rows that name none."""
    lines, is_code = section.body, code_lines(section.body)
    at = 1
    while at < len(lines):
        names = list(map(without_tags, _cells(lines[at - 1])))
        rule = lines[at].strip()
        at += 1
        if is_code[at - 1] or "|" not in rule or not _RULE.fullmatch(rule):
            continue
        if len(_cells(rule)) != len(names):
            continue
        first = at
        while at < len(lines) and "|" in lines[at] and not is_code[at]:
            at += 1
        has_topic = _names(names, "topic", "topic_name")
        topic = (prompt_of(section.title),) if section.title and not has_topic else ()
        rows = [
            (section.body_number + above + number, [*_padded(lines[number], len(names)), *topic])
            for number in range(first, at)
        ]
        styles = dict.fromkeys(range(len(names)), "markdown")
        found = [Line(f"line {n}", n, cells, styles=styles) for n, cells in rows]
        heading = (*names, *("topic_name" for _ in topic))
        yield Table(found, f"table at line {section.body_number + above + first - 2}", heading)


def _names(columns: Sequence[str], *fields: str) -> bool:
    """Whether a column is known as one of these fields."""
    known = (meaning_of(name) for name in columns)
    return any(meaning.field in fields for meaning in known if meaning)


def _padded(line: str, width: int) -> list[str]:
    cells = _cells(line)
    return cells + [""] * (width - len(cells))


def _cells(line: str) -> list[str]:
    """The cells of a row."""
    text = line.strip().removeprefix("|")
    text = text[:-1] if text.endswith("|") and not text.endswith("\\|") else text
    return [cell.replace("\\|", "|").strip() for cell in _CELL.split(text)]
