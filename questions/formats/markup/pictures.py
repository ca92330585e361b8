"""Pictures in texts. One rule for all formats: a picture makes its row wrong.

The text alone may not say what is asked, and the words that stand for a picture often say nothing.
So no picture is dropped, and an editor says in words what it shows. In HTML a picture is one of the
elements that no text can say (html/elements.py); here is what Markdown calls one.
"""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

PICTURE = "img"
"""What a picture is called among the things that a text lost, as in HTML."""
_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")
_ELSEWHERE = re.compile(r"!\[[^\[\]]*\]\[[^\[\]^]+\]")
"""A picture whose address stands elsewhere in the file."""


def pictures_in(markdown: str) -> set[str]:
    """{PICTURE} if Markdown shows a picture, outside of its code; else nothing."""
    if "![" not in markdown:
        return set()
    return {PICTURE} if any(map(_shows_one, _MARKDOWN.parse(markdown))) else set()


def _shows_one(block: Token) -> bool:
    parts: Sequence[Token] = block.children or ()
    words = "".join(part.content for part in parts if part.type == "text")
    return any(part.type == "image" for part in parts) or bool(_ELSEWHERE.search(words))
