"""Texts of other systems, in any of their formats, to what a reader sees."""

import itertools
import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from questions.formats.markup.blocks import Block, runs_of
from questions.formats.markup.html.lines import AS_TYPED
from questions.formats.markup.html.reading import BlockReader
from questions.formats.markup.html.tree import MAX_HTML, html_tree
from questions.formats.markup.losses import Losses
from questions.formats.markup.pictures import pictures_in
from questions.formats.markup.shown import links_in
from questions.formats.records import WrongValue
from questions.rules.limits import MAX_TEXT
from questions.rules.texts import unix_lines

STYLES = ("html", "moodle", "plain", "markdown")
"""HTML; Moodle's own, which is HTML whose line ends are seen; text as typed; Markdown."""
SCHEMES = ("http://", "https://", "mailto:")

_markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_NO_MARKDOWN = ("html_inline", "html_block", "image")
_TAG_START = re.compile("<[a-zA-Z/!]")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,40}\]")
_LANGUAGE = re.compile(r"\{mlang(?: [^{}]{1,40})?\}")
_TEX = re.compile(
    r"""\\\(.{1,300}?\\\) | \\\[.{1,300}?\\\] | \$\$.{1,300}?\$\$
    | \$(?=[^\s$])[^$\n]{0,100}?[\\^_{=][^$\n]{0,100}?(?<=\S)\$(?!\d)""",
    re.VERBOSE | re.DOTALL,
)


def blocks_in(text: str, style: str, losses: Losses) -> list[Block]:
    """What a reader of the other system sees. style: one of STYLES. Raises WrongValue."""
    text = unix_lines(text)
    if style == "plain":
        _check_length(text)
        return BlockReader(losses).read([text], AS_TYPED)
    if style == "markdown":
        _check_length(text)
        text = _markdown.render(text)
    elif style == "moodle":
        text = _with_line_ends(text)
    tree, dropped = html_tree(text)
    losses.elements |= dropped & {"script", "iframe"}
    blocks = BlockReader(losses).read(tree.children)
    name_filters("".join(run.text for run in runs_of(blocks) if "code" not in run.marks), losses)
    return blocks


def is_markdown_of_ours(text: str, losses: Losses) -> bool:
    """Whether a page of ours shows Markdown of another system as that system does.

    Not if it has HTML, images or links within that system. Raises WrongValue if it is too long.
    """
    _check_length(text)
    if len(text) > MAX_TEXT and "<" not in text:
        return True  # and too long for its field, which says so
    if _FOOTNOTE.search(text):
        losses.name("the footnotes (shown as typed)")
    losses.elements |= pictures_in(text)
    tokens = _markdown.parse(text)
    parts = [part for token in tokens for part in (token, *(token.children or ()))]
    if any(part.type in _NO_MARKDOWN for part in parts):
        return False
    name_filters("".join(part.content for part in parts if part.type == "text"), losses)
    return all(link.lower().startswith(SCHEMES) for link in _links(tokens))


def name_filters(words: str, losses: Losses) -> None:
    """Name what Moodle's page makes something else of, and ours shows as typed."""
    for sign in _LANGUAGE.findall(words):
        losses.name("the choice of a language (shown as typed)", sign)
    for formula in _TEX.findall(words):
        losses.name("TeX (shown as typed)", formula)


def _links(tokens: Sequence[Token]) -> list[str]:
    return [link for token in tokens for link in links_in(token.children or ())]


def _check_length(text: str) -> None:
    if len(text) > MAX_HTML:
        raise WrongValue(f"has more than {MAX_HTML:,} characters", "Shorten it.")


def _with_line_ends(text: str) -> str:
    """HTML whose line ends are seen, apart from those beside a tag, as Moodle's text_to_html."""
    lines = [line.strip(" \t") for line in text.split("\n")]
    parts = lines[:1]
    for before, line in itertools.pairwise(lines):
        is_beside_tag = before.endswith(">") or _TAG_START.match(line)
        parts += [" " if is_beside_tag else "<br>", line]
    return "".join(parts)
