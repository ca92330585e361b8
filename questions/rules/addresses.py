"""Addresses in a line that is shown with links: a bare one becomes a link of its own. Pure."""

import re
from collections.abc import Iterable, Iterator

from markdown_it.token import Token

_ADDRESS = re.compile(r"\bhttps?://[^\s<>\"]+", re.IGNORECASE)
_END = re.compile(r"[.,;:!?'*_)\]}”’]$")
_PAIRS = {")": "(", "]": "[", "}": "{"}


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
    while end := _END.search(address):
        opening = _PAIRS.get(end[0])
        if opening and address.count(opening) >= address.count(end[0]):
            break
        address = address[:-1]
    return address


def _text(text: str) -> Token:
    return Token("text", "", 0, content=text)
