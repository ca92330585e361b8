"""A prompt and an answer of a Markdown file as this bank keeps them."""

import re
import textwrap
from itertools import takewhile

from questions.formats.markdown_file.lines import code_lines

_NUMBER = re.compile(
    r"(?:\W{0,3}(?:Q|Question|Frage)\s*\d{0,4}\s*[:.)\]-]+|\(?\d{1,4}\s*[.):-])\s+", re.IGNORECASE
)
_LINK = re.compile(r"\[([^\[\]]*)\]\(#[^()\s]*\)")
_BACK = re.compile(r"\W*\[[^\[\]]*\b(?:top|back|contents|index)\b[^\[\]]*\]\([^()]*\)\W*", re.I)
_RULE = re.compile(r"\s*(?:-\s*){3,}|\s*(?:\*\s*){3,}|\s*(?:_\s*){3,}|\s*<br\s*/?>\s*")
_LABEL = re.compile(
    r"\**(?:A|Ans|Answer|Model answer|Solution|Antwort|Respuesta|Réponse)\**\s*:\s*\**\s*", re.I
)


def _heading(names: str) -> re.Pattern[str]:
    return re.compile(rf"(?:#{{1,6}} +|\*\*)(?:{names}):?(?:\*\*)?:?\s*", re.IGNORECASE)


_POINTS = _heading("key points|key ideas")
_HEADS = {
    "follow_ups": _heading("follow-?ups?|follow-?up questions"),
    "common_mistakes": _heading("common mistakes"),
    "sources": _heading("sources"),
}
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+(.*)")
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*\b[^<>]*>")


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


def answer_of(text: str) -> str:
    """The answer without its label and what leads back to the top."""
    lines = text.split("\n")
    while lines and (_is_empty(lines[-1]) or _BACK.fullmatch(lines[-1])):
        lines.pop()
    while lines and _is_empty(lines[0]):
        lines.pop(0)
    lines = textwrap.dedent("\n".join(lines)).split("\n")
    if lines and (label := _LABEL.match(lines[0])):
        lines[0] = lines[0][label.end() :]
    return "\n".join(lines)


def stray(text: str) -> str:
    """What a text between questions says in one line, without rules and links to the top."""
    lines = [line for line in text.split("\n") if not (_is_empty(line) or _BACK.fullmatch(line))]
    return without_tags(" ".join(lines))


def without_tags(text: str) -> str:
    """The words of a text on one line."""
    return " ".join(_TAG.sub(" ", text).split())


def _is_empty(line: str) -> bool:
    return not line.strip() or _RULE.fullmatch(line) is not None


def without_lists(answer: str) -> tuple[str, dict[str, list[str]]]:
    """The answer without the lists that are fields of their own, and these.

    Follow-ups are only taken where there is one for each key point.
    """
    answer, points = _without_points(answer)
    lists = {"key_points": points} if points else {}
    for field, head in _HEADS.items():
        rest, items = _without_list(answer, head)
        if items and (field != "follow_ups" or len(items) == len(points)):
            answer, lists[field] = rest, items
    return answer, lists


def _without_points(answer: str) -> tuple[str, list[str]]:
    lines = answer.split("\n")
    head = _head_of(lines, _POINTS)
    if head is None:
        return "\n".join(lines).strip(), []
    below = lines[head + 1 :]
    found = _items(below)
    points = [item[1] for line in found if (item := _ITEM.fullmatch(line))]
    return "\n".join([*lines[:head], *below[len(found) :]]).strip(), points


def _without_list(answer: str, pattern: re.Pattern[str]) -> tuple[str, list[str]]:
    """The list below a heading, if each of its items is one line and nothing goes on below it."""
    lines = answer.split("\n")
    head = _head_of(lines, pattern)
    if head is None:
        return answer, []
    found = _items(lines[head + 1 :])
    rest = lines[head + 1 + len(found) :]
    if rest and not (found and not found[-1].strip()) and not rest[0].startswith("#"):
        return answer, []
    items = [item[1] for line in found if (item := _ITEM.fullmatch(line))]
    return "\n".join([*lines[:head], *rest]).strip(), items


def _head_of(lines: list[str], pattern: re.Pattern[str]) -> int | None:
    is_code = code_lines(lines)
    heads = (n for n, line in enumerate(lines) if pattern.fullmatch(line.strip()))
    return next((n for n in heads if not is_code[n]), None)


def _items(lines: list[str]) -> list[str]:
    return list(takewhile(lambda line: not line.strip() or _ITEM.fullmatch(line), lines))
