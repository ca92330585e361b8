"""HTML of other systems' editors to Markdown. Words are kept; elements without Markdown are named.

The HTML is cut into tags and texts here, because html.parser takes quadratic time for tags and
comments that never end.
"""

import re
from collections.abc import Iterable, Iterator
from html import unescape

from questions.formats.records import Mistake, WrongValue
from questions.rules.limits import MAX_TEXT

MAX_HTML = 3 * MAX_TEXT
"""Characters of a text with its markup."""
MAX_LISTS = 20
_HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
_BLOCKS = {
    *("p", "div", "blockquote", "table", "tr", "section", "article", "figure", "dl", "dd", "dt")
}
_INLINE = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "tt": "`"}
_DROPPED = {"script", "style", "template", "noscript", "iframe", "object"}
_LOST = {"img", "video", "audio", "svg", "math", "iframe", "object", "script", "table"}
_BREAK = "\0\n"  # becomes a backslash at the line's end unless the paragraph ends there
# Characters that Markdown would take for markup. It would not take an underscore inside a word.
_MARKUP = re.compile(r"[\\*`\[\]<]|(?<![^\W_])_|_(?![^\W_])")
_LINE_MARKUP = re.compile(r"(?m)^(\s*)([-+#>]|\d+(?=[.)]))(?=\s|[.)]|#)")
# Possessive, so that it takes linear time: no part is tried twice. If none fits, reading ends.
_TOKEN = re.compile(
    r"""<!--(?:[^-]|-(?!->))*+-->
    | <(?:!(?!--)|\?)[^<>]*+>
    | <(?P<closes>/?)(?P<tag>[a-zA-Z][^\s<>/"']*+)(?P<attributes>(?:[^<>"']|"[^"]*+"|'[^']*+')*+)>
    | (?P<words>(?:[^<]|<(?![a-zA-Z/!?]))++)""",
    re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""([^\s"'=/]++)\s*+(?:=\s*+("[^"]*+"|'[^']*+'|[^\s"']++))?""")
_LONG_NUMBER = re.compile(r"&#[0-9]{8,}+;?")  # not a character, and too long for int()


def markdown_of(
    text: str, field: str, *, is_html: bool, lost: Iterable[str] = ()
) -> tuple[str, Mistake | None]:
    """A text as Markdown, and the mistake in its field if it can't be read or something is lost.

    lost: names of what its reader could not take over.
    """
    elements: set[str] = set()
    if is_html:
        try:
            text, elements = to_markdown(text)
        except WrongValue as wrong:
            return "", Mistake(field, wrong.what, wrong.fix)
    if not (lost := elements.union(lost)):
        return text, None
    fix = "Say in words what it shows, in the system it comes from, and export it again."
    return text, Mistake(field, f"has what this bank can't hold: {', '.join(sorted(lost))}", fix)


def to_markdown(html: str) -> tuple[str, set[str]]:
    """The text as Markdown, and the names of elements that are lost (a table keeps its words).

    Raises WrongValue if the text has over MAX_HTML characters or its markup can't be read.
    """
    if len(html) > MAX_HTML:
        raise WrongValue(f"has more than {MAX_HTML:,} characters of HTML", "Shorten it.")
    writer = _Writer()
    for token in _tokens(html):
        tag = (token["tag"] or "").lower()
        if token["words"]:
            writer.write(unescape(_LONG_NUMBER.sub("\ufffd", token["words"])))
        elif tag and not token["closes"]:
            writer.open(tag, token["attributes"])
        if tag and (token["closes"] or _is_closed(token["attributes"])):
            writer.close(tag)
    return _tidy("".join(writer.parts)), writer.lost


def _tokens(html: str) -> Iterator[re.Match[str]]:
    at = 0
    while at < len(html):
        token = _TOKEN.match(html, at)
        if token is None:
            what = f"has a tag or comment without an end: “{html[at : at + 30]}”"
            raise WrongValue(what, "End it, or write &lt; for a < that belongs to the text.")
        yield token
        at = token.end()


def _is_closed(attributes: str) -> bool:
    """Whether a tag also ends its element: <br/> does, <a href=b/> does not."""
    return attributes == "/" or attributes.endswith((" /", '"/', "'/"))


def _tidy(text: str) -> str:
    """Without blanks at line ends, and with a backslash where a paragraph goes on."""
    text = "\n".join(line.rstrip(" \t") for line in text.split("\n"))
    text = re.sub(r"\0\n(?=\0?\s|\Z)", "\n", text).replace("\0", "\\")
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _target(attributes: str) -> str:
    """The address that a link leads to."""
    for attribute in _ATTRIBUTE.finditer(attributes):
        if attribute[1].lower() == "href":
            return unescape((attribute[2] or "").strip("\"'"))
    return ""


class _Writer:
    """Collects the Markdown of tags and texts, part by part."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.lost: set[str] = set()
        self.lists: list[int] = []  # the next number of each open list; 0: it has bullets
        self.dropped = 0
        self.verbatim = 0
        self.code = 0  # of inline code, where Markdown takes every character as it is
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

    def write(self, words: str) -> None:
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
            text = _MARKUP.sub(lambda sign: "\\" + sign[0], text)
        if not self.code and (not self.parts or self.parts[-1].endswith("\n")):
            text = _LINE_MARKUP.sub(_escape_line, text)
        self.parts.append(text)

    def _open_list(self, number: int) -> None:
        self.lists.append(number)
        if len(self.lists) > MAX_LISTS:
            raise WrongValue(f"has lists more than {MAX_LISTS} deep", "Make them flatter.")
        self.parts.append("\n\n" if len(self.lists) == 1 else "\n")

    def _open_item(self) -> None:
        depth = max(0, len(self.lists) - 1)
        number = self.lists[-1] if self.lists else 0
        if number:
            self.lists[-1] += 1
        mark = f"{number}. " if number else "- "
        start = "" if self.parts and self.parts[-1].endswith("\n") else "\n"
        self.parts.append(f"{start}{'   ' * depth}{mark}")


def _escape_line(start: re.Match[str]) -> str:
    mark = start[2]
    return start[1] + (mark + "\\" if mark[0].isdigit() else "\\" + mark)
