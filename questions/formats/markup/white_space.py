"""Blanks and line ends as HTML shows them: many are one, and none at the edge of a line."""

import re
from collections.abc import Iterator, Sequence

from questions.formats.markup.blocks import BREAK, Run

_BLANKS = re.compile(r"[ \t\n\r\f]+")  # a no-break space is none


def one_blank(words: str) -> str:
    return _BLANKS.sub(" ", words)


def paragraphs_of(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """The paragraphs in the runs of a block: two line ends make a paragraph, as on a page."""
    for lines in _in_paragraphs(list(lines_of(runs))):
        paragraph: list[Run] = []
        for number, line in enumerate(lines):
            paragraph.extend([Run(BREAK)] if number else [])
            paragraph.extend(line)
        yield paragraph


def _in_paragraphs(lines: list[list[Run]]) -> Iterator[list[list[Run]]]:
    paragraph: list[list[Run]] = []
    for line in [*lines, []]:
        if line:
            paragraph.append(line)
        elif paragraph:
            yield paragraph
            paragraph = []


def lines_of(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """The lines of a paragraph; an empty list for one without words."""
    line: list[Run] = []
    for run in runs:
        if run.text == BREAK:
            yield _tidy(line)
            line = []
        else:
            line.append(run)
    yield _tidy(line)


def _tidy(line: Sequence[Run]) -> list[Run]:
    """The runs of a line; none if it has no words."""
    tidy: list[Run] = []
    ends_blank = True
    for run in line:
        text = run.text.lstrip(" ") if ends_blank else run.text
        if text:
            ends_blank = text.endswith(" ")
            tidy.append(run._replace(text=text))
    while tidy and not (text := tidy[-1].text.rstrip(" ")):
        tidy.pop()
    if tidy:
        tidy[-1] = tidy[-1]._replace(text=tidy[-1].text.rstrip(" "))
    return tidy if any(run.text.strip() for run in tidy) else []
