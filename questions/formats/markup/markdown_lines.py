"""Runs of words to one paragraph of Markdown.

Markdown has no emphasis next to a blank, nor between a letter and a punctuation mark. So blanks and
such marks go outside, other spellings are tried, and what no spelling can say is named.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar

from questions.formats.markup.blocks import BREAK, Mark, Run, Runs
from questions.formats.markup.escapes import (
    code_span,
    edges_kept,
    escaped,
    line_escaped,
    link_target,
)
from questions.formats.markup.losses import Losses
from questions.formats.markup.shown import look_of_line, look_of_runs
from questions.rules.limits import MAX_TEXT

_SPELLINGS: tuple[dict[Mark, str], ...] = (
    {"bold": "**", "italic": "*", "struck": "~~"},
    {"bold": "**", "italic": "_", "struck": "~~"},
    {"bold": "**", "struck": "~~"},
    {"italic": "*", "struck": "~~"},
    {"struck": "~~"},
    {},
)
_OUTER: tuple[Mark, ...] = ("bold", "italic", "struck")
"""The marks that signs around the words make. Code is inside, links are outside."""


def paragraph(runs: Runs, losses: Losses) -> str:
    """The Markdown of a paragraph; its lines end with a backslash."""
    runs = _joined(runs)
    if all(not run.marks and not run.href for run in runs):
        return _written(runs, {})
    for mark in ("code", *_OUTER):
        if any(mark in run.marks for run in runs):
            runs = _joined(_without_edges(runs, mark, losses))
    for signs in _SPELLINGS:
        kept = _only(runs, {*signs, "code"})
        text = _written(kept, signs)
        if len(text) > MAX_TEXT:
            return text  # no field takes it
        if look_of_line(text) == look_of_runs(kept):
            _name_dropped(runs, set(_OUTER) - set(signs), losses)
            return text
    return text  # its caller compares the whole text


def _joined(runs: Iterable[Run]) -> list[Run]:
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and BREAK not in (run.text, last.text) and last[1:] == run[1:]:
            joined[-1] = run._replace(text=last.text + run.text)
        elif run.text:
            joined.append(run)
    return joined


def _only(runs: Sequence[Run], marks: set[Mark]) -> list[Run]:
    return _joined([run._replace(marks=run.marks & marks) for run in runs])


def _name_dropped(runs: Sequence[Run], dropped: set[Mark], losses: Losses) -> None:
    for run in runs:
        for mark in sorted(run.marks & dropped):
            losses.name(f"{mark} letters in", run.text)


# --- where a mark may begin and end ------------------------------------------------------------


def _without_edges(runs: Sequence[Run], mark: Mark, losses: Losses) -> Iterator[Run]:
    """The runs; a mark neither begins nor ends where Markdown could not say it."""
    runs = list(runs)
    at = 0
    while at < len(runs):
        end = at
        while end < len(runs) and mark in runs[end].marks and runs[end].href == runs[at].href:
            end += 1
        if end == at:
            yield runs[at]
            at += 1
            continue
        before = runs[at - 1].text[-1] if at and not runs[at].href else " "
        after = runs[end].text[0] if end < len(runs) and not runs[at].href else " "
        yield from _trimmed(runs[at:end], mark, before, after, losses)
        at = end


def _trimmed(span: list[Run], mark: Mark, before: str, after: str, losses: Losses) -> Iterator[Run]:
    words = "".join(run.text for run in span)
    first, last = 0, len(words)
    if not any(map(str.isalnum, words)) and mark != "code":
        edges = ((words[0], before), (words[-1], after))
        last = 0 if any(_must_go(*edge, mark) for edge in edges) else last
    while first < last and _must_go(words[first], before, mark):
        before, first = words[first], first + 1
    while last > first and _must_go(words[last - 1], after, mark):
        after, last = words[last - 1], last - 1
    if first == last and words.strip():
        losses.name(f"{mark} letters in", words)
    at = 0
    for run in span:
        cuts = {0, *(max(0, min(len(run.text), c - at)) for c in (first, last)), len(run.text)}
        for start, end in pairwise(sorted(cuts)):
            is_inside = first <= at + start and at + end <= last
            marks = run.marks if is_inside and run.text != BREAK else run.marks - {mark}
            if run.text == BREAK and mark != "code" and first < at < last:
                marks = run.marks
            yield run._replace(text=run.text[start:end], marks=marks)
        at += len(run.text)


def _must_go(char: str, neighbour: str, mark: Mark) -> bool:
    """Whether the edge of a mark can't be between a neighbour and a character inside."""
    if char.isspace():
        return True
    if mark == "code":
        return False
    return _is_punctuation(char) and not neighbour.isspace() and not _is_punctuation(neighbour)


def _is_punctuation(char: str) -> bool:
    return isMdAsciiPunct(ord(char)) or isPunctChar(char)


# --- writing -----------------------------------------------------------------------------------


def _written(runs: Sequence[Run], signs: dict[Mark, str]) -> str:
    text = ""
    at = 0
    while at < len(runs):
        end = at + 1
        while end < len(runs) and _same_link(runs[at], runs[end]):
            end += 1
        part = _with_signs(runs[at:end], signs)
        if href := runs[at].href:
            text = f"{text[:-1]}\\!" if text.endswith("!") else text
            part = f"[{part}]{link_target(href, runs[at].title)}"
        text += part
        at = end
    lines = text.split("\\\n")
    return edges_kept("\\\n".join(map(line_escaped, lines)))


def _same_link(one: Run, other: Run) -> bool:
    return (one.href, one.title) == (other.href, other.title)


def _with_signs(runs: Sequence[Run], signs: dict[Mark, str]) -> str:
    parts: list[str] = []
    open_marks: list[Mark] = []
    for at, run in enumerate(runs):
        wanted = {mark for mark in run.marks if mark in signs}
        while not wanted.issuperset(open_marks):
            parts.append(signs[open_marks.pop()])
        new = sorted(wanted.difference(open_marks), key=lambda m: (-_extent(runs, at, m), m))
        parts.extend(signs[mark] for mark in new)
        open_marks.extend(new)
        parts.append(_words(run))
    parts.extend(signs[mark] for mark in reversed(open_marks))
    return "".join(parts)


def _extent(runs: Sequence[Run], at: int, mark: Mark) -> int:
    """How many runs from here have a mark."""
    return next((n for n, run in enumerate(runs[at:]) if mark not in run.marks), len(runs) - at)


def _words(run: Run) -> str:
    if run.text == BREAK:
        return "\\\n"
    return code_span(run.text) if "code" in run.marks else escaped(run.text)
