"""The lines of a Markdown file: which are code, and which are headings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt

_FENCE = re.compile(r"\s*(?:[-*+>]\s+|\d{1,3}[.)]\s+)?(`{3,}|~{3,})")
DETAILS = re.compile(r"<(/?)details\b[^<>]*>", re.IGNORECASE)
_MARKDOWN = MarkdownIt("commonmark")
_MARKDOWN.core.ruler.disable("inline")  # headings are blocks; what is in them is read elsewhere


@dataclass(frozen=True)
class Section:
    """A heading and the lines below it, up to the next heading. level 0: above the first one.

    number: that of its first line in the file, from 1. body_number: that of the first line below.
    """

    level: int
    title: str
    number: int
    body: tuple[str, ...]
    body_number: int

    @property
    def has_text(self) -> bool:
        return any(line.strip() for line in self.body)


def sections_of(lines: Sequence[str]) -> list[Section]:
    """The sections of a file. A "#" within code or within <details> begins none."""
    tokens = _MARKDOWN.parse("\n".join(lines))
    folded = _folded_lines(lines)
    found: list[tuple[int, int, int, str]] = [(0, 0, 0, "")]
    for token, text in pairwise(tokens):
        is_heading = token.type == "heading_open" and token.level == 0
        if is_heading and token.map and not folded[token.map[0]]:
            found.append((token.map[0], token.map[1], int(token.tag[1]), text.content))
    ends = [start for start, *_ in found[1:]] + [len(lines)]
    return [
        Section(level, title, start + 1, tuple(lines[below:end]), below + 1)
        for (start, below, level, title), end in zip(found, ends, strict=True)
    ]


def code_lines(lines: Sequence[str]) -> list[bool]:
    """For each line whether it belongs to a fenced block of code."""
    fence = ""
    inside = []
    for line in lines:
        mark = _FENCE.match(line)
        if fence:
            inside.append(True)
            if mark and mark[1].startswith(fence) and not line.strip().strip(mark[1][0]):
                fence = ""
        else:
            inside.append(bool(mark))
            fence = mark[1] if mark else ""
    return inside


def _folded_lines(lines: Sequence[str]) -> list[bool]:
    """For each line whether it stands within <details>, as far as these are closed."""
    depth, folded = 0, []
    for line, is_code in zip(lines, code_lines(lines), strict=True):
        folded.append(depth > 0)
        if not is_code:
            for tag in DETAILS.finditer(line):
                depth = max(0, depth + (-1 if tag[1] else 1))
    return folded if depth == 0 else [False] * len(lines)


def without_front_matter(text: str) -> tuple[list[str], int]:
    """The lines below a head in YAML between two "---", and how many stood there."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines[0].strip() == "---":
        for number, line in enumerate(lines[1:60], start=1):
            if line.strip() in ("---", "..."):
                return lines[number + 1 :], number + 1
    return lines, 0
