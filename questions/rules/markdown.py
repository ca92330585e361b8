"""Editors' Markdown as tokens: no raw HTML nor images, headings below those of a page. Pure."""

from collections.abc import Iterable, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

reader = (
    MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")
)
HEADING_OFFSET = 2
"""A page has its own h1 and h2."""
LOWEST_HEADING = 6


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
