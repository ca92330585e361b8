"""What says nothing of its own, however close its words: the question once more, lists of words."""

from attempts.scoring import grammar
from attempts.scoring.prepared import Prepared
from attempts.scoring.texts import Unit, tokens_of

ECHO = 0.9  # share of a unit's stems that the question has, from which it only repeats it


def says_nothing(unit: Unit, question: Prepared) -> bool:
    return is_echo(unit, question.asked) or grammar.is_word_list(tokens_of(unit.text))


def is_echo(unit: Unit, asked: frozenset[str]) -> bool:
    """Whether nearly all of its words are the question's. asked: their stems."""
    stems = grammar.content_stems(unit.words)
    return not stems or len(stems & asked) >= ECHO * len(stems)
