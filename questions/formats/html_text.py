"""HTML of other systems' editors to Markdown. Words are kept; what has no Markdown is named."""

import re
from html.parser import HTMLParser

MAX_HTML = 200_000
_HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
_BLOCKS = {
    "p",
    "div",
    "blockquote",
    "table",
    "tr",
    "section",
    "article",
    "figure",
    "dl",
    "dd",
    "dt",
}
_INLINE = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "tt": "`"}
_DROPPED = {"script", "style", "template", "noscript", "iframe", "object"}
_LOST = {"img", "video", "audio", "svg", "math", "iframe", "object", "script", "table"}
_BREAK = "\0\n"  # becomes a backslash at the line's end unless the paragraph ends there
# What would become markup. An underscore inside a word would not.
_MARKUP = re.compile(r"[\\*`\[\]<]|(?<![^\W_])_|_(?![^\W_])")
_LINE_MARKUP = re.compile(r"(?m)^(\s*)([-+#>]|\d+(?=[.)]))(?=\s|[.)]|#)")


def to_markdown(html: str) -> tuple[str, set[str]]:
    """The text as Markdown, and the names of elements that were lost (a table keeps its words).

    Raises ValueError where the text is over MAX_HTML characters.
    """
    if len(html) > MAX_HTML:
        raise ValueError(f"has over {MAX_HTML:,} characters of HTML")
    reader = _Reader()
    reader.feed(html)
    reader.close()
    text = "".join(reader.parts)
    text = re.sub(r"[ \t]+\n", "\n", text)
    text = re.sub(r"\0\n(?=\0?\s|\Z)", "\n", text).replace("\0", "\\")
    return re.sub(r"\n{3,}", "\n\n", text).strip(), reader.lost


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.lost: set[str] = set()
        self.lists: list[int] = []  # of each open list its next number; 0: has bullets
        self.dropped = 0
        self.verbatim = 0
        self.code = 0  # inside inline code, where Markdown takes every character as it is
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _LOST:
            self.lost.add(tag)
        if tag in _DROPPED:
            self.dropped += 1
        elif tag in _INLINE and not self.verbatim:
            self.code += _INLINE[tag] == "`"
            self.parts.append(_INLINE[tag])
        elif tag == "br":
            self.parts.append("\n" if self.verbatim else _BREAK)
        elif tag == "pre":
            self.verbatim += 1
            self.parts.append("\n\n```\n")
        elif tag in _HEADINGS:
            self.parts.append("\n\n" + _HEADINGS[tag])
        elif tag in ("ul", "ol"):
            self.lists.append(1 if tag == "ol" else 0)
            self.parts.append("\n\n" if len(self.lists) == 1 else "\n")
        elif tag == "li":
            self._open_item()
        elif tag == "a":
            self.links.append(next((value or "" for name, value in attrs if name == "href"), ""))
            self.parts.append("[")
        elif tag in _BLOCKS and not self.lists:
            self.parts.append("\n\n")
        elif tag in ("td", "th"):
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _DROPPED:
            self.dropped = max(0, self.dropped - 1)
        elif tag in _INLINE and not self.verbatim:
            self.code -= _INLINE[tag] == "`" and self.code > 0
            self.parts.append(_INLINE[tag])
        elif tag == "pre" and self.verbatim:
            self.verbatim -= 1
            self.parts.append("\n```\n\n")
        elif tag in ("ul", "ol") and self.lists:
            self.lists.pop()
            self.parts.append("\n\n" if not self.lists else "\n")
        elif tag == "a" and self.links:
            self.parts.append(f"]({self.links.pop()})")
        elif tag in _HEADINGS or (tag in _BLOCKS and not self.lists):
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if self.dropped:
            return
        if self.verbatim:
            self.parts.append(data)
            return
        text = re.sub(r"\s+", " ", data)
        if not self.parts or self.parts[-1].endswith(("\n", " ")):
            text = text.lstrip(" ")
        if not text:
            return
        if not self.code:
            text = _MARKUP.sub(lambda found: "\\" + found[0], text)
        if not self.code and (not self.parts or self.parts[-1].endswith("\n")):
            text = _LINE_MARKUP.sub(_escape_line, text)
        self.parts.append(text)

    def _open_item(self) -> None:
        depth = max(0, len(self.lists) - 1)
        number = self.lists[-1] if self.lists else 0
        if number:
            self.lists[-1] += 1
        mark = f"{number}. " if number else "- "
        start = "" if self.parts and self.parts[-1].endswith("\n") else "\n"
        self.parts.append(f"{start}{'   ' * depth}{mark}")


def _escape_line(found: re.Match[str]) -> str:
    mark = found[2]
    return found[1] + (mark + "\\" if mark[0].isdigit() else "\\" + mark)
