"""Questions and answers below a heading, told apart by labels, bold lines or items of a list."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from questions.formats.markdown_file.lines import code_lines

_Q = r"(?:Q|Question|Frage|Pregunta)"
_A = r"(?:A|Ans|Answer|Model answer|Solution|Antwort|Respuesta|Réponse)"
_LABEL_Q = re.compile(rf"(?:[-*+] )?\**{_Q} ?\d{{0,4}}\**\s*[:.)]\s*\**\s*(.*)", re.IGNORECASE)
_LABEL_A = re.compile(rf"(?:[-*+] )?\**{_A} ?\d{{0,4}}\**\s*[:.)]\s*\**\s*(.*)", re.IGNORECASE)
_BOLD = re.compile(r"(?:\d{1,4}[.)] +)?(\*\*|__)(?=\S)((?:(?!\1).)+)\1[:.]?")
_NUMBERED = re.compile(r"(\d{1,4})[.)] +(\S.*)")
_LISTED = re.compile(r"(?:\d{1,4}[.)]|[-*+](?: +\[[ xX]\])?) +(\S.*)")


MAX_LINE = 5_000


@dataclass(frozen=True)
class Pair:
    """A question and its answer. line: its index in the body. prompt "": the heading is it.

    folded: it stands in <details>. before: the text between the pair above and this one. after:
    the text below the last of several.
    """

    line: int
    prompt: str
    answer: str
    folded: bool = False
    before: str = ""
    after: str = ""


Finder = Callable[[Sequence[str]], list[Pair]]


def labelled(body: Sequence[str]) -> list[Pair]:
    """ "Q: …" and "A: …", bold or not, on one line or several."""
    marks = list(_marks(body, lambda line: _LABEL_Q.fullmatch(line)))
    pairs = []
    for (line, prompt), end in zip(marks, _ends(marks, body), strict=True):
        answer_at = next(
            (n for n in range(line + 1, end) if _LABEL_A.fullmatch(body[n].strip())), None
        )
        if answer_at is None:
            answer = "\n".join(body[line + 1 : end])
            pairs.append(Pair(line, _without_lone_stars(prompt.strip()), answer))
            continue
        label = _LABEL_A.fullmatch(body[answer_at].strip())
        first = _without_lone_stars(label[1]) if label else ""
        text = "\n".join([prompt, *body[line + 1 : answer_at]])
        question = _without_lone_stars(text.strip())
        pairs.append(Pair(line, question, "\n".join([first, *body[answer_at + 1 : end]])))
    return pairs


def _without_lone_stars(text: str) -> str:
    """The text without the end of a bold passage that began before its label."""
    if text.count("**") % 2 == 0:
        return text
    before, _, after = text.rpartition("**") if text.endswith("**") else text.partition("**")
    return before + after


def in_bold(body: Sequence[str]) -> list[Pair]:
    """Lines in bold that ask or have a number, each with the lines below as its answer."""

    def prompt(line: str) -> re.Match[str] | None:
        found = _BOLD.fullmatch(line)
        text = found[2].rstrip() if found else ""
        is_question = text.endswith(("?", "？")) or _NUMBERED.match(line.strip("*_"))
        return found if is_question else None

    return _with_rest(body, list(_marks(body, prompt, group=2, indented=False)))


def listed(body: Sequence[str]) -> list[Pair]:
    """Items of a list that ask, each with the lines below as its answer."""

    def prompt(line: str) -> re.Match[str] | None:
        found = _LISTED.fullmatch(line)
        return found if found and asks(found[1]) else None

    return _with_rest(body, list(_marks(body, prompt, indented=False)))


def asks(text: str) -> bool:
    return text.rstrip("*_ \n").endswith(("?", "？"))


def _marks(
    body: Sequence[str],
    match: Callable[[str], re.Match[str] | None],
    *,
    group: int = 1,
    indented: bool = True,
) -> Iterator[tuple[int, str]]:
    """The lines outside of code that begin a question, with its text."""
    for index, (line, is_code) in enumerate(zip(body, code_lines(body), strict=True)):
        if is_code or (line[:1].isspace() and not indented):
            continue
        if found := match(line.strip()[:MAX_LINE]):
            yield index, found[group]


def _with_rest(body: Sequence[str], marks: Sequence[tuple[int, str]]) -> list[Pair]:
    ends = _ends(marks, body)
    return [
        Pair(line, prompt, "\n".join(body[line + 1 : end]))
        for (line, prompt), end in zip(marks, ends, strict=True)
    ]


def _ends(marks: Sequence[tuple[int, str]], body: Sequence[str]) -> list[int]:
    """The line after each question: the next one, or the end."""
    return [*(at for at, _ in marks[1:]), len(body)] if marks else []
