"""How the words of a search are read, and which part of an answer shows that it has them. Pure.

Answers have names such as "KV-cache", "train/test" and "tokenizer.encode". PostgreSQL would take
some of these for one word, a file name or a host name. So in answers and in searches every sign
between words becomes a space, and what was joined in a search is looked for as a phrase.
"""

import re
import string
from dataclasses import dataclass

MARK, END = "\ue000", "\ue001"
"""Around a word that was found, in a text from the database. They are of no alphabet."""

SIGNS = string.punctuation + MARK + END
"""What becomes a space, here and in the database. Each is replaced by one space, so that places in
the text stay the same."""

_SPACED = str.maketrans(SIGNS, " " * len(SIGNS))
_STRAIGHT = str.maketrans("“”„«»", '"' * 5)
_PARTS = re.compile(r'(-?)(?:"([^"]*)(?:"|$)|([^\s"]+))')

AROUND = 70
"""How many characters before the first word that was found, and after the last, a snippet has."""

MOST = 240
"""How long a snippet may be, in characters."""


def web_query(words: str) -> str:
    """The words as PostgreSQL's websearch_to_tsquery takes them.

    "a phrase", or, and -without mean there what they mean in a search engine.
    """
    found = []
    for minus, quoted, word in _PARTS.findall(words.translate(_STRAIGHT)):
        parts = (quoted or word).translate(_SPACED).split()
        if not parts:
            continue
        is_plain = len(parts) == 1 and not quoted
        found.append(minus + (parts[0] if is_plain else f'"{" ".join(parts)}"'))
    return " ".join(found)


@dataclass(frozen=True)
class Part:
    """A stretch of a snippet."""

    text: str
    is_found: bool = False


def snippet(text: str, marked: str) -> list[Part]:
    """The part of an answer around the words that were found, on one line.

    marked: the text as the database returns it, with MARK and END around each word that was found,
    and else as long as `text`. Without any, it is the beginning.
    """
    spans = _spans(marked)
    start, end = _window(text, spans)
    parts, at = [Part("…")] if start else [], start
    for first, last in spans:
        if last > end:
            break
        parts += [Part(_one_line(text[at:first])), Part(_one_line(text[first:last]), is_found=True)]
        at = last
    parts += [Part(_one_line(text[at:end])), Part("…" if end < len(text) else "")]
    return [part for part in parts if part.text]


def _spans(marked: str) -> list[tuple[int, int]]:
    """Where in the text without marks each found word begins and ends."""
    before, *pieces = marked.split(MARK)
    spans, at = [], len(before)
    for piece in pieces:
        word, _, rest = piece.partition(END)
        spans.append((at, at + len(word)))
        at += len(word) + len(rest)
    return spans


def _window(text: str, spans: list[tuple[int, int]]) -> tuple[int, int]:
    """Where a snippet begins and ends: between words, around the first words that were found."""
    first, last = spans[0] if spans else (0, 0)
    last = max([last, *(end for _, end in spans if end <= first + MOST - 2 * AROUND)])
    start = max(0, first - AROUND)
    if start and (space := text.find(" ", start, first)) >= 0:
        start = space + 1
    end = min(len(text), max(last + AROUND, start + MOST // 2))
    if end < len(text) and (space := text.rfind(" ", last, end)) >= 0:
        end = space
    return start, end


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
