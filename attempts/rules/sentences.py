"""An answer as its sentences, so that one press says which of them makes a point. Pure."""

import re

LONGEST = 200
"""Of a sentence that is shown in one piece, in characters."""

# In Chinese and Japanese no blank follows the end of a sentence. Blanks before a line's end are
# searched for from the first one on, else each would be tried.
_END = re.compile(r"(?<=[.!?;।؟])\s+|(?<!\s)\s*\n\s*|(?<=[。！？；])\s*")
_EDGES = " \t\n-*•–"


def sentences(text: str) -> list[str]:
    """The sentences and lines that hold a letter or a digit, each an exact part of the text.

    A longer one comes in pieces of at most LONGEST characters, cut after a comma or at a space if
    it has one. None is there twice.
    """
    parts = [part for whole in whole_sentences(text) for part in _pieces(whole)]
    return list(dict.fromkeys(part for part in parts if _says_something(part)))


def whole_sentences(text: str) -> list[str]:
    """The sentences and lines that hold a letter or a digit, of any length, in order."""
    return [part for line in _END.split(text) if _says_something(part := line.strip(_EDGES))]


def _says_something(part: str) -> bool:
    return re.search(r"[^\W_]", part) is not None


def _pieces(line: str) -> list[str]:
    pieces = []
    while len(line) > LONGEST:
        start, limit = LONGEST // 2, LONGEST
        cut = max(line.rfind(", ", start, limit) + 1, 0) or line.rfind(" ", start, limit)
        pieces.append(line[:cut] if cut > 0 else line[:limit])
        line = line[len(pieces[-1]) :].lstrip()
    return [*pieces, line]
