"""Questions and answers within the lines below a heading, in the four ways people write them."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from questions.formats.markdown_file.lines import DETAILS, code_lines

_OPEN = re.compile(r"<details\b[^<>]*>", re.IGNORECASE)
_SUMMARY = re.compile(r"\s*<summary\b[^<>]*>(.*?)</summary\s*>", re.IGNORECASE | re.DOTALL)
_PLACES = re.compile(r"</?(?:h[1-6]|p|div|center|span|font|br)\b[^<>]*>", re.IGNORECASE)
"""Tags that say where words stand, and nothing about them."""
_AROUND = re.compile(
    r"<(b|strong|i|em|u|big)\b[^<>]*>((?:(?!</?\1\b).)*+)</\1>", re.IGNORECASE | re.DOTALL
)
"""An element around a whole question says nothing. Around some words it does."""
_TAG = re.compile(r"<[^<>]*>")
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


def marked(body: Sequence[str]) -> list[Pair]:
    """Questions whose beginning and end the file marks: in <details>, or as "Q:" and "A:"."""
    return in_details(body) or labelled(body)


def in_details(body: Sequence[str]) -> list[Pair]:
    """<details> whose <summary> is the question, or says that the answer to the heading follows."""
    is_code = code_lines(body)
    text, at, start = "\n".join(body), 0, 0
    starts = [0, *accumulate(len(line) + 1 for line in body)]
    pairs: list[Pair] = []
    while found := _OPEN.search(text, at):
        line = bisect_right(starts, found.start()) - 1
        at = found.end()
        if is_code[line]:
            continue
        end, after = _end_of(text, at, starts, is_code)
        summary = _SUMMARY.match(text, at, end)
        title = _title_of(summary[1]) if summary else ""
        words = " ".join(_TAG.sub(" ", title).split())
        answer = text[summary.end() if summary else at : end]
        is_answer = re.fullmatch(_ANSWER_TITLE, words[:200], re.IGNORECASE)
        prompt = "" if is_answer else title
        pairs.append(Pair(line, prompt, answer, True, text[start : found.start()]))
        at = start = after
    return [*pairs[:-1], replace(pairs[-1], after=text[start:])] if pairs else []


def _title_of(summary: str) -> str:
    """A summary on one line, without what stands around the whole of it."""
    title = " ".join(_PLACES.sub(" ", summary).split())
    while around := _AROUND.fullmatch(title):
        title = around[2].strip()
    return title


def of_heading(found: Sequence[Pair]) -> Sequence[Pair]:
    """The pairs below a heading that asks: <details> that do not ask are parts of its answer."""
    if not all(pair.folded for pair in found) or any(asks(pair.prompt) for pair in found):
        return found
    return [
        replace(pair, prompt="", answer=f"**{pair.prompt}**\n\n{pair.answer.strip()}")
        if pair.prompt and not is_word_for_more(pair.prompt)
        else replace(pair, prompt="")
        for pair in found
    ]


def with_prompts_above(found: Sequence[Pair]) -> Sequence[Pair]:
    """The pairs below a heading that does not ask: each <details> may answer the text above it."""
    answers = [pair for pair in found if not pair.prompt]
    if not answers or not all(asks(pair.before) for pair in answers):
        return found
    return [pair if pair.prompt else replace(pair, prompt=pair.before, before="") for pair in found]


_ANSWER_TITLE = (
    r"\W*(?:(?:click(?: here)?(?: to)?|show|see|view|reveal|expand|the|me)\W+){0,4}"
    r"(?:(?:sample|model|possible|my|correct|detailed)\W+)?"
    r"(?:answers?|ans|solutions?|explanation|antwort|lösung|respuesta|réponse|details|expand)?\W*"
)


_MORE = r"\W*(?:click|show|see|view|reveal|expand|toggle|spoiler|more|read more|open)\W*"


def is_word_for_more(title: str) -> bool:
    """Whether a summary says no more than that something is folded below it."""
    return bool(re.fullmatch(_MORE, title, re.IGNORECASE))


def _end_of(text: str, at: int, starts: Sequence[int], is_code: Sequence[bool]) -> tuple[int, int]:
    """Where an element ends that was opened before `at`, and where the text after it begins."""
    depth = 1
    for tag in DETAILS.finditer(text, at):
        if not is_code[bisect_right(starts, tag.start()) - 1]:
            depth += -1 if tag[1] else 1
        if not depth:
            return tag.start(), tag.end()
    return len(text), len(text)


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
