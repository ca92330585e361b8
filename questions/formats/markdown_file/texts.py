"""A prompt and an answer of a Markdown file as this bank keeps them."""

import re
import textwrap
from itertools import takewhile

from questions.formats.markdown_file.lines import code_lines
from questions.formats.markup.escapes import link_target
from questions.formats.markup.html.elements import NAMED
from questions.formats.markup.html.shifted import can_shift, shifted
from questions.formats.markup.losses import Losses
from questions.formats.markup.pictures import pictures_in

_NUMBER = re.compile(
    r"(?:\W{0,3}(?:Q|Question|Frage)\s*\d{0,4}\s*[:.)\]-]+|\(?\d{1,4}\s*[.):-])\s+", re.IGNORECASE
)
_LINK = re.compile(r"\[([^\[\]]*)\]\(#[^()\s]*\)")
_BACK = re.compile(r"\W*\[[^\[\]]*\b(?:top|back|contents|index)\b[^\[\]]*\]\([^()]*\)\W*", re.I)
_RULE = re.compile(r"\s*(?:-\s*){3,}|\s*(?:\*\s*){3,}|\s*(?:_\s*){3,}|\s*<br\s*/?>\s*")
_LABEL = re.compile(
    r"\**(?:A|Ans|Answer|Model answer|Solution|Antwort|Respuesta|Réponse)\**\s*:\s*\**\s*", re.I
)
_POINTS = re.compile(r"(?:#{1,6} +|\*\*)(?:key points|key ideas):?(?:\*\*)?:?\s*", re.IGNORECASE)
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+(.*)")

_INLINE = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "kbd": "`", "tt": "`"}
_SPACE = {"p": "\n\n", "div": "\n\n", "center": "\n\n", "ul": "\n", "ol": "\n", "br": "\n"}
_SILENT = {"a", "span", "font", "summary", "details", "hr", "section"}
_SILENT |= {"u", "ins", "mark", "small", "big"}  # named, see _name_looks
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*>")
_STYLED = re.compile(
    r"<(b|strong|i|em|code|kbd|tt)>((?:[^<\n]|\n(?!\s*\n)){1,2000}+)</\1>", re.IGNORECASE
)
"""An element within a paragraph; one that holds several paragraphs has no Markdown."""
_CODE_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_LINKED = re.compile(r"<a(\s[^<>]*+)>([^<>\n]{1,500})</a>", re.IGNORECASE)
_HREF = re.compile(r"""\bhref=["']((?:https?://|mailto:)[^"'<>\s]+)["']""", re.IGNORECASE)
_LOOK = re.compile(r"<(u|ins|mark|small|big|font|span)\b([^<>]*)>([^<]{1,500})", re.IGNORECASE)
_STYLE = re.compile(r"\b(?:style|color)\s*=", re.IGNORECASE)
_SHIFTED = re.compile(r"<(sup|sub)>([^<>\n]{1,40})</\1>", re.IGNORECASE)


def prompt_of(text: str) -> str:
    """A prompt without its number, its label, and links within the file."""
    text = _LINK.sub(r"\1", text.strip().lstrip("#").strip())
    text = _not_bold(text)
    if number := _NUMBER.match(text):
        text = _not_bold(text[number.end() :].strip())
    return text.strip()


def _not_bold(text: str) -> str:
    bold = re.fullmatch(r"(\*\*|__)((?:(?!\1).)+)\1", text)
    return bold[2] if bold else text


def answer_of(text: str) -> tuple[str, list[str]]:
    """The answer without its label and what leads back to the top, and its key points."""
    lines = text.split("\n")
    while lines and (_is_empty(lines[-1]) or _BACK.fullmatch(lines[-1])):
        lines.pop()
    while lines and _is_empty(lines[0]):
        lines.pop(0)
    lines = textwrap.dedent("\n".join(lines)).split("\n")
    if lines and (label := _LABEL.match(lines[0])):
        lines[0] = lines[0][label.end() :]
    return _without_points(lines)


def stray(text: str) -> str:
    """What a text between questions says in one line, without rules and links to the top."""
    lines = [line for line in text.split("\n") if not (_is_empty(line) or _BACK.fullmatch(line))]
    return " ".join(_TAG.sub(" ", " ".join(lines)).split())


def _is_empty(line: str) -> bool:
    return not line.strip() or _RULE.fullmatch(line) is not None


def _without_points(lines: list[str]) -> tuple[str, list[str]]:
    is_code = code_lines(lines)
    heads = [
        n for n, line in enumerate(lines) if not is_code[n] and _POINTS.fullmatch(line.strip())
    ]
    if not heads:
        return "\n".join(lines).strip(), []
    below = lines[heads[0] + 1 :]
    found = list(takewhile(lambda line: not line.strip() or _ITEM.fullmatch(line), below))
    points = [item[1] for line in found if (item := _ITEM.fullmatch(line))]
    return "\n".join([*lines[: heads[0]], *below[len(found) :]]).strip(), points


def without_html(text: str) -> tuple[str, Losses]:
    """The text with Markdown instead of HTML, and what that does not say."""
    lost = Losses(pictures_in(text))
    parts: list[str] = []
    lines = text.split("\n")
    block: list[str] = []
    for line, is_code in zip(lines, code_lines(lines), strict=True):
        if is_code:
            parts += [_converted("\n".join(block), lost)] if block else []
            parts.append(line)
            block = []
        else:
            block.append(line)
    parts += [_converted("\n".join(block), lost)] if block else []
    return re.sub(r"\n{3,}", "\n\n", "\n".join(parts)).strip("\n"), lost


def _converted(text: str, lost: Losses) -> str:
    """Text outside of blocks of code; code within its lines stays as it is."""
    done, at = [], 0
    for span in _CODE_SPAN.finditer(text):
        done += [_without_tags(text[at : span.start()], lost), span[0]]
        at = span.end()
    return "".join([*done, _without_tags(text[at:], lost)])


def _without_tags(text: str, lost: Losses) -> str:
    def plain(tag: re.Match[str]) -> str:
        name = tag[1].lower()
        if name in _SILENT or name in _INLINE:
            return ""
        if name in _SPACE:
            return _SPACE[name]
        if name == "li":
            return "" if tag[0].startswith("</") else "\n- "
        if re.fullmatch("h[1-6]", name):
            return "\n\n" if tag[0].startswith("</") else "\n\n" + "#" * int(name[1]) + " "
        lost.elements.add(name)
        return tag[0]

    def styled(found: re.Match[str]) -> str:
        sign = _INLINE[found[1].lower()]
        inner = found[2].strip()
        before, after = (
            found[2][: len(found[2]) - len(found[2].lstrip())],
            found[2][len(found[2].rstrip()) :],
        )
        return f"{before}{sign}{inner}{sign}{after}" if inner else found[2]

    def shift(found: re.Match[str]) -> str:
        tag, words = found[1].lower(), found[2]
        return shifted(words, tag) if can_shift(words, tag) else found[0]

    def link(found: re.Match[str]) -> str:
        href = _HREF.search(found[1])
        return f"[{found[2]}]{link_target(href[1], '')}" if href else found[2]

    text = _without_comments(text)
    _name_looks(text, lost)
    return _TAG.sub(plain, _STYLED.sub(styled, _SHIFTED.sub(shift, _LINKED.sub(link, text))))


def _name_looks(text: str, lost: Losses) -> None:
    """Name what only the look of a text says: underlining, colours."""
    for tag, attributes, words in _LOOK.findall(text):
        if words.strip() and (tag.lower() in NAMED or _STYLE.search(attributes)):
            lost.name(NAMED.get(tag.lower(), "the look of"), words)


def _without_comments(text: str) -> str:
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[at:start])
        at = end + len("-->")
    return "".join([*kept, text[at:]])
