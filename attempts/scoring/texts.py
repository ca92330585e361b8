"""A text as sentences and clauses, each with its place in the text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

MAX_UNIT_WORDS = 60
SHORTEST_REST = 15  # words of a piece, from which a list of words is known for one
LEAST_CLAUSE_WORDS = 2
SOFT_WRAP = 60  # characters from which a line can be broken in mid-sentence by an editor

_UNREADABLE = re.compile("[\x00\ud800-\udfff]")
_WORD = re.compile(r"[^\W_]+(?:[_'\u2019][^\W_]+)*|[^\w\s]")
_LINE = re.compile(r"[^\r\n]+")
_LIST_MARK = re.compile(r"\s*(?:[-\u2013\u2022\u25cf\u25cb*+>]+|\(?\d{1,2}[.)])(?=\s)")
# Where blanks may come first, the search begins at the first of them, else it would try each.
_SENTENCE_END = re.compile(
    r"(?<!e\.g\.)(?<!i\.e\.)(?<=[.!?])\s+|(?<!\s)\s+(?=[\u2022\u25cf\u25cb]\s)"
)
_CLAUSE_END = re.compile(
    r";\s*|:\s+|(?<!\s)\s+[-\u2013\u2014]+\s+|(?:(?<!\s)\s+)?(?:->|\u2192|=>|[()])\s*|,\s+"
    r"|(?<!\s)\s+(?=(?:so|because|but|while|whereas|which|although|since|and|then|otherwise)\b)"
)
_EDGE = " \t\r\n,;:-\u2013\u2014\u2022*"


@dataclass(frozen=True, slots=True)
class Unit:
    """Characters start to end of a text: a sentence, a line or a clause."""

    start: int
    end: int
    text: str

    @property
    def words(self) -> list[str]:
        return words_of(self.text)


def readable(text: str) -> str:
    """Without characters that no tokenizer reads; of the same length, so that places stay true."""
    return _UNREADABLE.sub(" ", text)


def tokens_of(text: str) -> list[str]:
    """Words and punctuation marks in order."""
    return _WORD.findall(text)


def words_of(text: str) -> list[str]:
    """Lower case, without punctuation."""
    return [token.lower() for token in tokens_of(text) if token[0].isalnum()]


def units(text: str) -> list[Unit]:
    """The sentences of a text and the clauses in them, in order, each text once.

    A line ends a sentence, unless an editor seems to have wrapped it. What holds no word is left
    out, and what has more than 60 words comes in pieces of 60. A rest too short to show what it is
    (a list of words, say) stays with the piece before it.
    """
    text = readable(text)
    found: dict[str, Unit] = {}
    for start, end in _sentences(text):
        for first, last in [(start, end), *_clauses(text, start, end)]:
            for unit in _pieces(text, first, last):
                found.setdefault(unit.text.casefold(), unit)
    return list(found.values())


def outermost(found: Sequence[Unit]) -> list[int]:
    """The numbers of those units that are not a part of another one."""
    numbers: list[int] = []
    for number, unit in enumerate(found):
        if not numbers or unit.start >= found[numbers[-1]].end:
            numbers.append(number)
    return numbers


def sentences(text: str) -> list[Unit]:
    """The sentences of a text that hold a word, in order."""
    text = readable(text)
    return [unit for span in _sentences(text) for unit in _pieces(text, *span)]


def _sentences(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for start, end in _lines(text):
        if mark := _LIST_MARK.match(text, start, end):
            start = mark.end()
        for match in _SENTENCE_END.finditer(text, start, end):
            spans.append((start, match.start()))
            start = match.end()
        spans.append((start, end))
    return spans


def _lines(text: str) -> list[tuple[int, int]]:
    """Lines; one that was wrapped in mid-sentence goes on in the next."""
    lines: list[tuple[int, int]] = []
    for match in _LINE.finditer(text):
        start, end = lines[-1] if lines else (0, 0)
        if _goes_on(text[start:end], text[end : match.start()], match[0]):
            lines[-1] = (start, match.end())
        else:
            lines.append(match.span())
    return lines


def _goes_on(line: str, between: str, following: str) -> bool:
    return (
        len(line) >= SOFT_WRAP
        and between in ("\n", "\r\n", "\r")
        and not line.rstrip().endswith((".", "!", "?", ":", ";"))
        and not _LIST_MARK.match(following)
        and following.lstrip()[:1].islower()
    )


def _clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut where a clause ends; what has fewer than two words stays with what follows."""
    spans: list[tuple[int, int]] = []
    first = start
    for match in _CLAUSE_END.finditer(text, start, end):
        if len(text[first : match.start()].split()) >= LEAST_CLAUSE_WORDS:
            spans.append((first, match.start()))
            first = match.end()
    if first > start and len(text[first:end].split()) < LEAST_CLAUSE_WORDS:
        spans[-1] = (spans[-1][0], end)
    elif first > start:
        spans.append((first, end))
    return spans


def _pieces(text: str, start: int, end: int) -> list[Unit]:
    """What a span says: one unit, or several if it is longer than 60 words; none without a word."""
    words = list(re.finditer(r"\S+", text[start:end]))
    units = []
    for some in _runs(words):
        first, last = start + some[0].start(), start + some[-1].end()
        said = text[first:last].strip(_EDGE)
        if "(" not in said:
            said = said.removesuffix(")")
        first += text[first:last].find(said) if said else 0
        if re.search(r"[^\W_]", said):
            units.append(Unit(first, first + len(said), " ".join(said.split())))
    return units


def _runs(words: Sequence[re.Match[str]]) -> list[Sequence[re.Match[str]]]:
    """Runs of 60 words, in order; the last one may have up to 74."""
    count = max(min(1, len(words)), (len(words) - SHORTEST_REST) // MAX_UNIT_WORDS + 1)
    starts = [MAX_UNIT_WORDS * number for number in range(count)]
    return [words[a:b] for a, b in pairwise([*starts, len(words)])]
