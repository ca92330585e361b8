"""Editors' Markdown as tokens: no raw HTML nor images, headings below those of a page. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

reader = (
    MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")
)
HEADING_OFFSET = 2
"""A page has its own h1 and h2."""
LOWEST_HEADING = 6
_ADDRESS = re.compile(r"\bhttps?://[^\s<>\"]+", re.IGNORECASE)
_ENDS = frozenset(".,;:!?'*_)]}”’")
_PAIRS = {")": "(", "]": "[", "}": "{"}


def blocks_of(text: str) -> list[Token]:
    """The blocks of a text; # is a heading of level 3, ## of level 4, and so on to level 6."""
    return sunk(reader.parse(text))


def line_of(text: str) -> list[Token]:
    """The parts of a text that is one line, whatever signs it begins with."""
    return reader.parseInline(text)[0].children or []


def sunk(blocks: list[Token]) -> list[Token]:
    """The blocks, their headings lowered in place."""
    for block in blocks:
        if block.type in ("heading_open", "heading_close"):
            level = min(int(block.tag[1:]) + HEADING_OFFSET, LOWEST_HEADING)
            block.tag = f"h{level}"
    return blocks


def to_html(tokens: Sequence[Token]) -> str:
    """Unsafe until it is cleaned: questions/templatetags/texts.py does that."""
    return str(reader.renderer.render(tokens, reader.options, {}))


def plain(parts: Iterable[Token]) -> str:
    """The words of a line's parts, on one line."""
    breaks = ("softbreak", "hardbreak")
    return "".join(" " if part.type in breaks else part.content for part in parts)


def plain_text(text: str) -> str:
    """The words of a text: its paragraphs, headings, items and cells, a blank line between them.

    Blocks of code are left out.
    """
    inline = (block for block in reader.parse(text) if block.type == "inline")
    return "\n\n".join(plain(block.children or []) for block in inline)


def with_links(parts: Iterable[Token]) -> Iterator[Token]:
    """The parts of a line, in which each address outside of a link is one."""
    depth = 0
    for part in parts:
        depth += part.nesting if part.type in ("link_open", "link_close") else 0
        if part.type == "text" and not depth:
            yield from _linked(part.content)
        else:
            yield part


def _linked(text: str) -> Iterator[Token]:
    at = 0
    for found in _ADDRESS.finditer(text):
        address = _without_end(found[0])
        yield _text(text[at : found.start()])
        yield Token("link_open", "a", 1, attrs={"href": address})
        yield _text(address)
        yield Token("link_close", "a", -1)
        at = found.start() + len(address)
    yield _text(text[at:])


def _without_end(address: str) -> str:
    """Without the signs of the sentence: those at its end, and brackets that do not open in it."""
    extra = {closing: address.count(closing) - address.count(_PAIRS[closing]) for closing in _PAIRS}
    end = len(address)
    while end and address[end - 1] in _ENDS:
        closing = address[end - 1]
        if extra.get(closing, 1) <= 0:
            break
        if closing in extra:
            extra[closing] -= 1
        end -= 1
    return address[:end]


def _text(text: str) -> Token:
    return Token("text", "", 0, content=text)
