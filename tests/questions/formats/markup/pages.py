"""What a reader sees of HTML: its characters, and which of them are emphasised."""

from html import escape
from html.parser import HTMLParser

from hypothesis import strategies as st

MARKS = {
    **{"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "s": "struck"},
    **{"del": "struck", "strike": "struck", "code": "code", "pre": "code", "kbd": "code"},
}
BOLD = {"h1", "h2", "h3", "h4", "h5", "h6", "th"}


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[tuple[str, frozenset[str]]] = []

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)

    def handle_endtag(self, tag):
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data):
        marks = {MARKS[tag] for tag in self.open if tag in MARKS}
        if BOLD.intersection(self.open):
            marks.discard("bold")  # the whole line is bold anyway
        self.seen.extend((char, frozenset(marks)) for char in data if not char.isspace())


def seen(html: str) -> list[tuple[str, frozenset[str]]]:
    """The characters of well-formed HTML, apart from blanks, and the marks of each."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.seen


def words(html: str) -> str:
    return "".join(char for char, _ in seen(html))


def emphasis(html: str) -> list[tuple[str, frozenset[str]]]:
    """The letters and digits with their marks; a punctuation mark may lose its own."""
    return [(char, marks) for char, marks in seen(html) if char.isalnum()]


# --- random pages ------------------------------------------------------------------------------

AWKWARD = st.sampled_from(
    [
        *("*", "**", "_", "__", "`", "``", "~", "~~", "[", "]", "(", ")", "[a](b)", "![", "<b>"),
        *("<", "\\", "\\*", "&", "&amp;", "&nbsp;", "#", "# ", "- ", "+ ", "1. ", "1) ", "> "),
        *("---", "===", "|", "| a |", ":--", "a_b", "__init__", "*args", "$x$", "http://a.b"),
        *("<http://a.b>", "!", "\u00a0", "\u2003", "\t", "\n", "  ", " ", "\\\n", "\u200b"),
        *("ä", "中", "🙂", ".", ":", "“", "—"),
    ]
)
TEXTS = st.lists(st.one_of(AWKWARD, st.sampled_from("abcxyz019 ")), min_size=1, max_size=5).map(
    lambda parts: escape("".join(parts), quote=False)
)


def around(tag: str, children) -> str:
    return f"<{tag}>{''.join(children)}</{tag}>"


def tagged(tags: list[str], inner, most: int = 3):
    return st.builds(around, st.sampled_from(tags), st.lists(inner, min_size=1, max_size=most))


INLINE = st.recursive(
    st.one_of(TEXTS, TEXTS, st.just("<br>"), TEXTS.map(lambda text: f"<code>{text}</code>")),
    lambda inner: tagged(["b", "i", "s", "em", "strong", "del", "span", "kbd"], inner),
    max_leaves=6,
)
LINKS = st.builds(lambda text: f'<a href="https://example.org/a_b(c)?d=1">{text}</a>', TEXTS)
LINE = st.lists(st.one_of(INLINE, INLINE, LINKS), min_size=1, max_size=4).map("".join)
PARAGRAPHS = tagged(["p", "div", "h2", "h4"], LINE, 1)
CODE = st.builds(lambda text: f"<pre>{text}</pre>", TEXTS)
TABLES = st.lists(
    st.lists(INLINE.filter(lambda html: "<br>" not in html), min_size=2, max_size=2),
    min_size=1,
    max_size=3,
).map(lambda rows: around("table", [around("tr", [around("td", [c]) for c in r]) for r in rows]))
BLOCKS = st.recursive(
    st.one_of(PARAGRAPHS, PARAGRAPHS, CODE, TABLES, st.just("<hr>")),
    lambda inner: st.one_of(
        tagged(["blockquote", "div"], inner),
        st.builds(
            lambda tag, items: around(tag, [around("li", item) for item in items]),
            st.sampled_from(["ul", "ol"]),
            st.lists(
                st.lists(st.one_of(LINE, inner), min_size=1, max_size=3), min_size=1, max_size=3
            ),
        ),
    ),
    max_leaves=6,
)
PAGES = st.lists(st.one_of(BLOCKS, LINE), min_size=1, max_size=4).map("".join)
