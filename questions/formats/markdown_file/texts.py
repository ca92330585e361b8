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
_POINTS = re.compile(r"(?:#{1,6} +|\*\*)(?:key points|key ideas):?(?:\*\*)?:?\s*", re.IGNORECASE)
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


def without_points(answer: str) -> tuple[str, list[str]]:
    """The answer without the list of its key points, and these."""
    lines = answer.split("\n")
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
