"""HTML of other systems' editors to Markdown. Words are kept; what has no Markdown is named.

It is cut into tags and texts here: html.parser takes time that grows with the square of a text
whose tags and comments never end.
"""

import re
from collections.abc import Iterator
from html import unescape

from questions.formats.checks import Wrong
from questions.formats.records import MAX_TEXT

MAX_HTML = 3 * MAX_TEXT
"""Characters of a text with its markup."""
MAX_LISTS = 20
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
# What fits does so without going back, and what does not ends the reading: a linear time.
_TOKEN = re.compile(
    r"""<!--(?:[^-]|-(?!->))*+-->
    | <(?:!(?!--)|\?)[^<>]*+>
    | <(?P<closes>/?)(?P<tag>[a-zA-Z][^\s<>/"']*+)(?P<attributes>(?:[^<>"']|"[^"]*+"|'[^']*+')*+)>
    | (?P<words>(?:[^<]|<(?![a-zA-Z/!?]))++)""",
    re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""([^\s"'=/]++)\s*+(?:=\s*+("[^"]*+"|'[^']*+'|[^\s"']++))?""")
_LONG_NUMBER = re.compile(r"&#[0-9]{8,}+;?")  # is no character, and too long for int()


def to_markdown(html: str) -> tuple[str, set[str]]:
    """The text as Markdown, and the names of elements that were lost (a table keeps its words).

    Raises Wrong where the text is over MAX_HTML characters or its markup can't be read.
    """
    if len(html) > MAX_HTML:
        raise Wrong(f"has over {MAX_HTML:,} characters of HTML", "Shorten it.")
    writer = _Writer()
    for token in _tokens(html):
        tag = (token["tag"] or "").lower()
        if token["words"]:
            writer.say(unescape(_LONG_NUMBER.sub("\ufffd", token["words"])))
        elif tag and not token["closes"]:
            writer.open(tag, token["attributes"])
        if tag and (token["closes"] or _is_closed(token["attributes"])):
            writer.close(tag)
    return _tidy("".join(writer.parts)), writer.lost


def _tokens(html: str) -> Iterator[re.Match[str]]:
    at = 0
    while at < len(html):
        found = _TOKEN.match(html, at)
        if found is None:
            what = f"has a tag or comment that has no end: “{html[at : at + 30]}”"
            raise Wrong(what, "End it, or write &lt; for a < that belongs to the text.")
        yield found
        at = found.end()


def _is_closed(attributes: str) -> bool:
    """Whether the tag ends its element, too, as <br/> does; <a href=b/> does not."""
    return attributes == "/" or attributes.endswith((" /", '"/', "'/"))


def _tidy(text: str) -> str:
    """Without blanks at line ends, and with breaks where a line goes on."""
    text = "\n".join(line.rstrip(" \t") for line in text.split("\n"))
    text = re.sub(r"\0\n(?=\0?\s|\Z)", "\n", text).replace("\0", "\\")
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _target(attributes: str) -> str:
    """Where a link leads."""
    for found in _ATTRIBUTE.finditer(attributes):
        if found[1].lower() == "href":
            return unescape((found[2] or "").strip("\"'"))
    return ""


class _Writer:
    """What the tags and texts come to, part by part."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.lost: set[str] = set()
        self.lists: list[int] = []  # of each open list its next number; 0: has bullets
        self.dropped = 0
        self.verbatim = 0
        self.code = 0  # inside inline code, where Markdown takes every character as it is
        self.links: list[str] = []

    def open(self, tag: str, attributes: str) -> None:
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
            self._open_list(1 if tag == "ol" else 0)
        elif tag == "li":
            self._open_item()
        elif tag == "a":
            self.links.append(_target(attributes))
            self.parts.append("[")
        elif tag in _BLOCKS and not self.lists:
            self.parts.append("\n\n")
        elif tag in ("td", "th"):
            self.parts.append(" ")

    def close(self, tag: str) -> None:
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

    def say(self, words: str) -> None:
        if self.dropped:
            return
        if self.verbatim:
            self.parts.append(words)
            return
        text = re.sub(r"\s+", " ", words)
        if not self.parts or self.parts[-1].endswith(("\n", " ")):
            text = text.lstrip(" ")
        if not text:
            return
        if not self.code:
            text = _MARKUP.sub(lambda found: "\\" + found[0], text)
        if not self.code and (not self.parts or self.parts[-1].endswith("\n")):
            text = _LINE_MARKUP.sub(_escape_line, text)
        self.parts.append(text)

    def _open_list(self, number: int) -> None:
        self.lists.append(number)
        if len(self.lists) > MAX_LISTS:
            raise Wrong(f"has lists over {MAX_LISTS} deep", "Make them flatter.")
        self.parts.append("\n\n" if len(self.lists) == 1 else "\n")

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
