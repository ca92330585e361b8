"""GIFT: essay questions, read. Questions of other kinds are left out, by name.

https://docs.moodle.org/en/GIFT_format. An essay is a question with empty braces. Its general
feedback (####) is the answer. Its ID number and tags come before it, as `// [id:…] [tag:…]`.
"""

import re
from dataclasses import dataclass, field

from questions.formats.encoding import decode
from questions.formats.fields import QUESTION, SLUG
from questions.formats.markup.item_texts import ItemTexts
from questions.formats.moodle import words
from questions.formats.records import ExchangeFile, FormatError, Item, LeftOut, Mistake
from questions.formats.rows import NAME_LENGTH, item, with_repeats_marked
from questions.rules.texts import unix_lines

INCOMPLETE = (
    "GIFT has no place for key points, follow-ups, phrasings, advice, examples, common mistakes,"
    " sources, difficulty and time. Add them here after the import."
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
    """The lines of one question, with the category and the comments before it."""

    line: int
    category: str
    comments: list[str]
    lines: list[str] = field(default_factory=list)
    depth: int = 0  # of braces

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()

    def add(self, line: str) -> None:
        self.lines.append(line)
        self.depth += sum({"{": 1, "}": -1}.get(brace[1], 0) for brace in _BRACE.finditer(line))

    def ends_before(self, line: str) -> bool:
        """At a blank line outside of braces, or where a title or category follows a blank line."""
        if not line:
            return self.depth <= 0
        return line.startswith(("::", "$CATEGORY:")) and not self.lines[-1].strip()


def read(data: bytes) -> ExchangeFile:
    """The essay questions of a GIFT file. Raises FormatError if there is no question in it."""
    items: list[Item] = []
    left_out: list[LeftOut] = []
    blocks = _blocks(decode(data))
    if not any("{" in block.text or "::" in block.text for block in blocks):
        raise FormatError("there is no question in the file. Each GIFT question has braces: {}")
    for block in blocks:
        title, style, rest = _head(block.text)
        name = title or " ".join(_plain(rest).split())
        place = f"line {block.line}"
        body, mistake = _braces(rest)
        if mistake:
            items.append(Item(place, name[:NAME_LENGTH], {}, (mistake,)))
        elif body is None:
            left_out.append(LeftOut(place, name[:80], "description: it is not a question"))
        elif kind := _other_kind(body[1], after=body[2]):
            why = f"{kind} question: this bank has open questions only"
            left_out.append(LeftOut(place, name[:80], why))
        else:
            items.append(_item(place, block, title, style, body))
    return ExchangeFile(
        with_repeats_marked(items),
        left_out=tuple(left_out),
        notes=(INCOMPLETE,) if items else (),
        system=words.SYSTEM,
    )


def _blocks(text: str) -> list[_Block]:
    """The questions. Blank lines separate them; inside braces a blank line belongs to the text."""
    blocks: list[_Block] = []
    category = ""
    comments: list[str] = []
    block: _Block | None = None
    for number, line in enumerate(unix_lines(text).split("\n"), start=1):
        stripped = line.strip()
        if block and block.ends_before(stripped):
            block = None
        if stripped.startswith("//"):
            (block.comments if block else comments).append(stripped)
        elif stripped.startswith("$CATEGORY:") and not block:
            category = stripped.removeprefix("$CATEGORY:")
        elif block:
            block.add(line)
        elif stripped:
            block = _Block(number, category, comments)
            comments = []
            blocks.append(block)
            block.add(line)
    return blocks


def _head(text: str) -> tuple[str, str, str]:
    """The title, the text format and the rest."""
    title = ""
    if start := _TITLE.match(text):
        title, text = _plain(start[1]), text[start.end() :].lstrip()
    style, text = _style(text)
    return title, style or "moodle", text


def _style(text: str) -> tuple[str, str]:
    """The format named before a text, or "", and the text."""
    start = _STYLE.match(text)
    return (start[1].lower(), text[start.end() :].lstrip()) if start else ("", text)


def _braces(text: str) -> tuple[tuple[str, str, str] | None, Mistake | None]:
    """The text before, inside and after the braces; None if there are none."""
    marks = [mark for mark in _BRACE.finditer(text) if mark[1]]
    if not marks:
        return None, None
    if [mark[1] for mark in marks] != ["{", "}"]:
        fix = (
            "Write one pair, a backslash before braces that belong to the text, and an empty"
            " line after each question."
        )
        return None, Mistake("prompt", "has braces that do not pair up", fix)
    first, last = marks
    return (text[: first.start()], text[first.end() : last.start()], text[last.end() :]), None


def _other_kind(inside: str, *, after: str) -> str:
    """The kind of a question that is not an essay, by what its braces hold; else ""."""
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
    comments = " ".join(block.comments)
    number = _ID.search(comments)
    id_number = _plain(number[1]).strip() if number else ""
    uid = words.uid_in(id_number)
    texts = ItemTexts()
    raw: dict[str, object] = {}
    for name, part in {"prompt": parts[0], "answer": parts[1].partition("####")[2]}.items():
        own_style, text = _style(part.lstrip() if name == "answer" else part)
        raw[name] = texts.text(name, _plain(text.strip()), own_style or style)
    settings, tags = words.settings_in(map(_plain, _TAG.findall(comments)))
    raw["topic_name"], path = words.topic_in(block.category)
    raw |= settings
    if uid:
        raw |= {"uid": uid, "slug": title if SLUG.fullmatch(title) else ""}
    # What the file does not say must not empty what an editor wrote here.
    raw = {name: value for name, value in raw.items() if value or name == "prompt"}
    not_taken = [*([path] if path else []), *tags, *texts.not_taken]
    raw = texts.without_unread(raw)
    return item(place, raw, texts.mistakes, QUESTION, not_taken, "" if uid else id_number, title)


def _plain(text: str) -> str:
    """The text without GIFT's backslashes."""

    def unescaped(escape: re.Match[str]) -> str:
        char = escape[1]
        return "\n" if char == "n" else char if char in ":#={}~\\]" else escape[0]

    return re.sub(r"\\(.)", unescaped, text, flags=re.DOTALL)
