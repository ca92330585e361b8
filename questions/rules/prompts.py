"""What a prompt consists of, what it is called in a list, and when two ask the same. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from questions.rules.markdown import blocks_of, line_of, plain
from questions.rules.texts import folded

_LINES = ("paragraph_open", "heading_open")
_WITHOUT_A_LINE = ("fence", "code_block", "table_open", "hr")
"""Blocks whose first line is no sentence that could stand as a heading."""
_PLAIN = re.compile(r"[^\W\d_](?:[^\W_]|[ ,;:.?!'\"()/%-])*[^\W_ ,;:]|")
"""A line without a sign that Markdown could take for markup."""


@dataclass(frozen=True)
class Prompt:
    """A prompt as a page shows it.

    heading: the parts of its first line; () without one. text: the blocks below it.
    """

    heading: Sequence[Token]
    text: Sequence[Token]


def read_prompt(prompt: str) -> Prompt:
    """The first line is the heading, and the rest is the text below it.

    A prompt that begins with code or a table has no heading. Emphasis that goes on in the second
    line keeps both lines together.
    """
    blocks = blocks_of(prompt)
    if not blocks or blocks[0].type in _WITHOUT_A_LINE:
        return Prompt((), blocks)
    if blocks[0].type not in _LINES:  # a list or a quotation: its sign belongs to the line
        first, _, rest = prompt.strip().partition("\n")
        return Prompt(line_of(first), blocks_of(rest))
    line = blocks[1]
    parts = line.children or []
    ends = (n for n, part in enumerate(parts) if part.tag == "br" and part.level == 0)
    end = next(ends, len(parts))
    if not (rest_of_paragraph := parts[end + 1 :]):
        return Prompt(parts, blocks[3:])
    line.children = rest_of_paragraph
    return Prompt(parts[:end], blocks)


def prompt_title(prompt: str) -> str:
    """The heading of a prompt in plain words; of one without a heading, its first words."""
    if _PLAIN.fullmatch(prompt):
        return prompt  # as nearly all are, so that long lists are named quickly
    read = read_prompt(prompt)
    if read.heading:
        return plain(read.heading)
    words = (plain(block.children or ()) or block.content for block in read.text)
    lines = (line.strip() for text in words for line in text.splitlines())
    return next(filter(None, lines), prompt.strip())


def prompt_key(prompt: str) -> str:
    """Equal for prompts that ask a reader the same."""
    return folded(prompt)
