"""Questions and answers in <details>: the <summary> is the question, or only says “Answer”."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from questions.formats.markdown_file.lines import DETAILS, code_lines
from questions.formats.markdown_file.pairs import Pair, asks, labelled

_OPEN = re.compile(r"<details\b[^<>]*>", re.IGNORECASE)
_SUMMARY = re.compile(r"\s*<summary\b[^<>]*>(.*?)</summary\s*>", re.IGNORECASE | re.DOTALL)
_PLACES = re.compile(r"</?(?:h[1-6]|p|div|center|span|font|br)\b[^<>]*>", re.IGNORECASE)
"""Tags that say where words stand, and nothing about them."""
_AROUND = re.compile(
    r"<(b|strong|i|em|u|big)\b[^<>]*>((?:(?!</?\1\b).)*+)</\1>", re.IGNORECASE | re.DOTALL
)
"""An element around a whole question says nothing. Around some words it does."""
_TAG = re.compile(r"<[^<>]*>")


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
