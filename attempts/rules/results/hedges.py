"""Words that take back what somebody says. Pure. English only."""

import re

HEDGES = (
    *("I think", "I guess", "I believe", "I suppose", "I feel like", "I would say", "I'd say"),
    *("I don't know", "not sure", "as far as I know", "if I remember"),
    *("maybe", "perhaps", "probably", "possibly", "presumably", "hopefully", "might"),
    *("kind of", "kinda", "sort of", "somehow", "somewhat", "more or less", "in a way"),
    "or something",
)
"""In the order in which a page prints them."""

_NO_HEDGE = "".join(
    rf"(?<!\b{word} )"
    for word in (
        *("a", "any", "different", "each", "every", "new", "one", "other", "same", "some"),
        *("that", "the", "this", "what", "which"),
    )
)
"""Before "kind of" and "sort of": "this kind of model" names a kind."""


def _pattern(hedge: str) -> str:
    words = r"\s+".join(re.escape(word).replace("'", "['\u2019]") for word in hedge.split())
    return (_NO_HEDGE if hedge in ("kind of", "sort of") else "") + rf"{words}\b"


_FIRST_LETTERS = "".join(sorted({hedge[0].lower() for hedge in HEDGES}))
# Most words are none of them by their first letter, so that is looked at first.
_ANY = re.compile(rf"\b(?=[{_FIRST_LETTERS}])(?:{'|'.join(map(_pattern, HEDGES))})", re.IGNORECASE)


def hedges_in(text: str) -> list[str]:
    """Each as it is written, in order, however often it is said."""
    return [" ".join(found[0].split()) for found in _ANY.finditer(text)]
