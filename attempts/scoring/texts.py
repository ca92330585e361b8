"""A text as sentences and words, each with its place in the text."""

import re
from dataclasses import dataclass

MAX_SENTENCE_WORDS = 60
MAX_WORD_CHARACTERS = 40  # what is read of one word; no word of a language is longer
BULLETS = frozenset("-\u2013\u2022\u25cf\u25cb*")

_UNREADABLE = re.compile("[\x00\ud800-\udfff]")
_WORD = re.compile(r"[^\W_]+(?:[_'\u2019][^\W_]+)*|[^\w\s]")
_BREAK = re.compile(
    r"(?<!e\.g\.)(?<!i\.e\.)(?<=[.!?;])\s+"  # after the end of a sentence
    r"|[ \t]*[\r\n](?=\s*(?:[^a-z\s]|[\r\n]))\s*"  # a new line that does not go on in lower case
    r"|\s+(?=[\u2022\u25cf\u25cb]\s)"  # before a bullet
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Characters start to end of a text; words and punctuation marks in order."""

    start: int
    end: int
    tokens: tuple[str, ...]

    @property
    def goes_on(self) -> bool:
        """Whether it is a piece of the greatest length: the same sentence goes on after it."""
        return len(self.tokens) == MAX_SENTENCE_WORDS

    @property
    def words(self) -> tuple[str, ...]:
        """Lower case, without punctuation."""
        return tuple(token.lower() for token in self.tokens if token[0].isalnum())


def sentences(text: str) -> list[Sentence]:
    """The sentences of text that hold a word; one of more than 60 words comes in pieces."""
    text = _UNREADABLE.sub(" ", text)  # same length: places stay true
    found = []
    start = 0
    for end, following in [*(m.span() for m in _BREAK.finditer(text)), (len(text), len(text))]:
        found += _pieces(text, start, end)
        start = following
    return found


def _pieces(text: str, start: int, end: int) -> list[Sentence]:
    tokens = list(_WORD.finditer(text, start, end))
    while tokens and tokens[0][0] in BULLETS:
        tokens.pop(0)
    pieces = []
    for first in range(0, len(tokens), MAX_SENTENCE_WORDS):
        part = tokens[first : first + MAX_SENTENCE_WORDS]
        if any(token[0][0].isalnum() for token in part):
            last = first + MAX_SENTENCE_WORDS >= len(tokens)
            stop = len(text[:end].rstrip()) if last else part[-1].end()
            words = tuple(token[0][:MAX_WORD_CHARACTERS] for token in part)
            pieces.append(Sentence(part[0].start(), stop, words))
    return pieces
