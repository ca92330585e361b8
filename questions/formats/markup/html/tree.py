"""HTML as a browser reads it: a tree of elements and texts, in bounded time.

nh3, which is html5ever, builds the tree of a browser and writes it again with every element closed;
that is read here. Before, the HTML is cut into tags: what never ends is refused, and what would
make a tree much larger than itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

import nh3

from questions.formats.records import WrongValue
from questions.rules.limits import MAX_TEXT

MAX_HTML = 3 * MAX_TEXT
"""Characters of a text with its markup."""
MAX_DEPTH = 100
MAX_TAGS = 6_000
MAX_COPIES = 500_000
"""A browser opens the formatting elements that were left open again in each block after them."""
DROPPED = frozenset({"script", "style", "template", "noscript", "noembed", "noframes", "iframe"})
"""Elements whose content is not text that a page shows."""
_RAW = frozenset({"xmp", "plaintext", "html", "head", "body", "frameset"})
"""Elements of which only the text is read."""
_IMPLIED = frozenset({"p", "tbody", "tr", "colgroup"})
"""Elements that a browser adds where they are left out."""
_REOPENED = frozenset(
    "a b big code em font i nobr s small strike strong tt u".split()  # noqa: SIM905 - it is prose
)
VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()  # noqa: SIM905
)
_ATTRIBUTES = {
    *("href", "title", "style", "class", "hidden", "start", "type", "reversed", "value", "alt"),
    *("colspan", "rowspan", "color"),
}

# Possessive, so that it takes linear time: no part is tried twice. If none fits, reading ends.
TOKEN = re.compile(
    r"""<!--(?:[^-]|-(?!->))*+-->
    | <(?:!(?!--)|\?)[^<>]*+>
    | <(?P<closes>/?)(?P<tag>[a-zA-Z][^\s<>/"']*+)(?P<attributes>(?:[^<>"']|"[^"]*+"|'[^']*+')*+)>
    | (?P<words>(?:[^<]|<(?![a-zA-Z/!?]))++)""",
    re.VERBOSE,
)
_CLEAN = re.compile(r'<(/?)([^\s<>/]++)((?: [^\s"=]++="[^"]*+")*+)>|([^<]++)')
_ATTRIBUTE = re.compile(r' ([^\s"=]++)="([^"]*+)"')
_NAME = re.compile(r"<([a-zA-Z][^\s<>/]*+)")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.\-]{1,30}+):")
_LONG_NUMBER = re.compile(r"&#[0-9]{8,}+;?")  # not a character


@dataclass
class Element:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Element | str]" = field(default_factory=list)

    def words(self) -> str:
        parts = (c if isinstance(c, str) else c.words() for c in self.children)
        return "".join(parts)

    def says(self, name: str) -> str:
        """The value of an attribute in lower case, "" if there is none."""
        return self.attributes.get(name, "").strip().lower()


def html_tree(html: str) -> tuple[Element, frozenset[str]]:
    """The tree, and the names of the elements in DROPPED that were left out of it.

    Raises WrongValue if the text has over MAX_HTML characters or its markup can't be read.
    """
    if len(html) > MAX_HTML:
        raise WrongValue(f"has more than {MAX_HTML:,} characters of HTML", "Shorten it.")
    if "<" not in html:
        return Element("", children=[unescape(_LONG_NUMBER.sub("\ufffd", html))]), frozenset()
    opened = [tag.lower() for tag in _tags(html)]
    reopened = sum(tag in _REOPENED for tag in opened)
    if len(opened) > MAX_TAGS or reopened * (len(opened) - reopened) > MAX_COPIES:
        raise WrongValue("has too many HTML elements", "Remove some, or split the question.")
    return _tree(_as_a_browser_reads_it(html)), DROPPED.intersection(opened)


def _tags(html: str) -> Iterator[str]:
    """The name of each tag. Raises WrongValue where one has no end."""
    at = 0
    while at < len(html):
        token = TOKEN.match(html, at)
        if token is None:
            what = f"has a tag or comment without an end: “{html[at : at + 30]}”"
            raise WrongValue(what, "End it, or write &lt; for a < that belongs to the text.")
        if token["tag"]:
            yield token["tag"]
        at = token.end()


def _as_a_browser_reads_it(html: str) -> str:
    names = {name.lower() for name in _NAME.findall(html)}
    return nh3.clean(
        html,
        tags=(names | _IMPLIED) - DROPPED - _RAW,
        clean_content_tags=set(DROPPED),
        attributes={"*": _ATTRIBUTES},
        url_schemes={scheme.lower() for scheme in _SCHEME.findall(unescape(html))},
        link_rel=None,
    )


def _tree(html: str) -> Element:
    root = Element("")
    open_elements = [root]
    for closes, tag, attributes, words in _CLEAN.findall(html):
        parent = open_elements[-1]
        if words:
            parent.children.append(unescape(words))
        elif closes:
            if tag == parent.tag and len(open_elements) > 1:
                open_elements.pop()
        else:
            values = {name: unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}
            element = Element(tag, values)
            parent.children.append(element)
            if tag not in VOID:
                open_elements.append(element)
        if len(open_elements) > MAX_DEPTH:
            raise WrongValue(f"nests over {MAX_DEPTH} elements deep", "Make it flatter.")
    return root
