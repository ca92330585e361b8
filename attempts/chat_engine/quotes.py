"""Find the words that a model quotes in the answer. Pure."""

import re

MARKS = "'\"`´‘’‚‛“”„‟«»‹›′″"
FEWEST_CHARACTERS = 3
"""Letters and digits of a quote. A shorter one, such as "a", stands in every answer."""
_EDGES = MARKS + "".join(filter(str.isspace, map(chr, range(0x3001))))

_PARTS = re.compile(rf"\s+|[{MARKS}]+|[^\s{MARKS}]+")


def standing(quote: str, answer: str) -> str | None:
    """The part of the answer that the quote repeats, as the answer has it; None if none.

    Only white space and quotation marks may differ, and marks around the whole quote don't count.
    """
    quote = quote.strip(_EDGES)
    too_short = sum(map(str.isalnum, quote)) < FEWEST_CHARACTERS
    if too_short or len(quote) > len(answer):
        return None
    if quote in answer:
        return quote
    found = re.search("".join(map(_pattern, _PARTS.findall(quote))), answer)
    return found.group() if found else None


def _pattern(part: str) -> str:
    if part.isspace():
        return r"\s+"
    return rf"[{MARKS}]+" if part[0] in MARKS else re.escape(part)
