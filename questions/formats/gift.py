"""GIFT: essay questions, read; every other kind is listed as left out.

https://docs.moodle.org/en/GIFT_format. An essay is a question with empty braces; its general
feedback (####) is the answer. `// [id:…] [tag:…]` before it are its ID number and tags.
"""

import re
import uuid
from dataclasses import dataclass, field
from typing import Any

from questions.formats import checks
from questions.formats.encoding import decode
from questions.formats.html_text import to_markdown
from questions.formats.moodle import TAGS, category_name
from questions.formats.records import SLUG, ExchangeFile, FormatError, Item, LeftOut, Mistake

LACKS = (
    "GIFT has no place for key points, advice, an example answer, difficulty and time:"
    " fill them in here afterwards."
)

_TITLE = re.compile(r"::((?:\\.|[^\\])*?)::", re.DOTALL)
_STYLE = re.compile(r"\[(html|markdown|plain|moodle)\]", re.IGNORECASE)
_BRACE = re.compile(r"\\.|([{}])", re.DOTALL)
# Moodle takes up to 100 characters for an ID number, 255 for a tag.
_ID = re.compile(r"\[id:((?:\\.|[^\]\\]){0,255}+)\]")
_TAG = re.compile(r"\[tag:((?:\\.|[^\]\\]){0,255}+)\]")
_UNESCAPED = {char: re.compile(rf"(?<!\\){re.escape(char)}") for char in "=~#"}


@dataclass
class _Block:
    """One question's lines, and what was said before it."""

    line: int
    text: str
    category: str
    comments: list[str] = field(default_factory=list)


def read(data: bytes) -> ExchangeFile:
    """The essay questions of a GIFT file. Raises FormatError where it is none."""
    items: list[Item] = []
    left_out: list[LeftOut] = []
    blocks = _blocks(decode(data))
    if not any("{" in block.text or "::" in block.text for block in blocks):
        raise FormatError("there is no question in the file: GIFT has them in braces, as {}")
    for block in blocks:
        title, style, rest = _head(block.text)
        name = title or " ".join(_plain(rest).split())
        place = f"line {block.line}"
        body, mistake = _braces(rest)
        if mistake:
            items.append(Item(place, name[:70], {}, (mistake,)))
        elif body is None:
            left_out.append(LeftOut(place, name[:80], "description: it asks nothing"))
        elif kind := _other_kind(body[1], after=body[2]):
            why = f"{kind} question: this bank has open questions only"
            left_out.append(LeftOut(place, name[:80], why))
        else:
            items.append(_item(place, block, title, style, body))
    return ExchangeFile(
        checks.mark_twice(items), left_out=tuple(left_out), notes=(LACKS,) if items else ()
    )


def _blocks(text: str) -> list[_Block]:
    """Questions stand between blank lines; inside braces a blank line is a part of them."""
    blocks: list[_Block] = []
    category, comments, lines, start, depth = "", [], [], 0, 0  # type: ignore[var-annotated]
    for number, line in enumerate([*text.replace("\r\n", "\n").split("\n"), ""], start=1):
        stripped = line.strip()
        starts_anew = stripped.startswith(("::", "$CATEGORY:")) and lines and not lines[-1].strip()
        if lines and ((not stripped and depth <= 0) or starts_anew):
            blocks.append(_Block(start, "\n".join(lines).strip(), category, comments))
            comments, lines, depth = [], [], 0
        if stripped.startswith("//"):
            comments.append(stripped)
        elif stripped.startswith("$CATEGORY:") and not lines:
            category = category_name(stripped.removeprefix("$CATEGORY:"))
        elif stripped or lines:
            start = start if lines else number
            lines.append(line)
            depth += sum({"{": 1, "}": -1}.get(found[1], 0) for found in _BRACE.finditer(line))
    if any(line.strip() for line in lines):
        blocks.append(_Block(start, "\n".join(lines).strip(), category, comments))
    return blocks


def _head(text: str) -> tuple[str, str, str]:
    """The title, the text format and the rest."""
    title = ""
    if found := _TITLE.match(text):
        title, text = _plain(found[1]), text[found.end() :].lstrip()
    style, text = _style(text)
    return title, style or "moodle", text


def _style(text: str) -> tuple[str, str]:
    """The format that a text names before it begins, or none, and the text."""
    found = _STYLE.match(text)
    return (found[1].lower(), text[found.end() :].lstrip()) if found else ("", text)


def _braces(text: str) -> tuple[tuple[str, str, str] | None, Mistake | None]:
    """What stands before, inside and after the braces; None where there are none."""
    marks = [found for found in _BRACE.finditer(text) if found[1]]
    if not marks:
        return None, None
    if [mark[1] for mark in marks] != ["{", "}"]:
        fix = (
            "Write one pair, a backslash before braces that belong to the text, and an empty"
            " line after each question."
        )
        return None, Mistake("prompt", "has braces that don't pair", fix)
    first, last = marks
    return (text[: first.start()], text[first.end() : last.start()], text[last.end() :]), None


def _other_kind(inside: str, *, after: str) -> str:
    """The kind of a question that is no essay, by what its braces hold; else an empty string."""
    inside = inside.partition("####")[0].strip()
    if not inside:
        return "missing-word" if after.strip() else ""
    if re.match(r"(T|F|TRUE|FALSE)\b", inside, re.IGNORECASE):
        return "true-false"
    if inside.startswith("#"):
        return "numerical"
    if _UNESCAPED["~"].search(inside):
        return "multiple-choice"
    if _UNESCAPED["="].search(inside):
        return "matching" if "->" in inside else "short-answer"
    return "unknown"


def _item(place: str, block: _Block, title: str, style: str, parts: tuple[str, str, str]) -> Item:
    mistakes: list[Mistake] = []
    raw: dict[str, Any] = {"prompt": parts[0], "answer": parts[1].partition("####")[2].lstrip()}
    for name, text in raw.items():
        own, text = _style(text)
        raw[name], wrong = _markdown(text, own or style, name)
        mistakes.extend(wrong)
    comments = " ".join(block.comments)
    tags = (_plain(tag).partition(":") for tag in _TAG.findall(comments))
    raw |= {name.lower(): value.strip() for name, _, value in tags if name.lower() in TAGS}
    raw["topic_name"] = block.category
    if (found := _ID.search(comments)) and (uid := _uid(_plain(found[1]))):
        raw |= {"uid": uid, "slug": title if SLUG.fullmatch(title) else ""}
    # What the file does not say must not empty what an editor wrote here.
    said = {name: value for name, value in raw.items() if value or name == "prompt"}
    return checks.item(place, said, mistakes)


def _markdown(text: str, style: str, name: str) -> tuple[str, list[Mistake]]:
    text = text.strip()
    if style == "html" or (style == "moodle" and re.search(r"<[a-zA-Z/]", text)):
        try:
            text, lost = to_markdown(_plain(text))
        except checks.Wrong as wrong:
            return "", [Mistake(name, *wrong.mistake)]
        if lost:
            fix = "Say in words what it shows."
            names = ", ".join(sorted(lost))
            return text, [Mistake(name, f"has what this bank can't hold: {names}", fix)]
        return text, []
    return _plain(text), []


def _plain(text: str) -> str:
    """The text without GIFT's backslashes."""

    def char(found: re.Match[str]) -> str:
        escaped = found[1]
        return "\n" if escaped == "n" else escaped if escaped in ":#={}~\\]" else found[0]

    return re.sub(r"\\(.)", char, text, flags=re.DOTALL)


def _uid(text: str) -> str:
    try:
        return str(uuid.UUID(text.strip()))
    except ValueError:
        return ""
