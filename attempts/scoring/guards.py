"""What says nothing of its own, however close its words: the question once more, lists of words."""

from collections.abc import Sequence

from attempts.scoring import grammar
from attempts.scoring.prepared import Prepared
from attempts.scoring.texts import Unit, outermost, tokens_of

ECHO = 0.9  # share of a unit's stems that the question has, from which it only repeats it


def that_say_something(units: Sequence[Unit], question: Prepared) -> list[int]:
    """The numbers of the units of an answer that may make a point.

    A clause of a list of words is one too, even if it is too short to be known for one.
    """
    lists = [units[number] for number in outermost(units) if _is_word_list(units[number])]
    return [
        number
        for number, unit in enumerate(units)
        if not is_echo(unit, question.asked)
        and not _is_word_list(unit)
        and not any(words.start <= unit.start < words.end for words in lists)
    ]


def is_echo(unit: Unit, asked: frozenset[str]) -> bool:
    """Whether nearly all of its words are the question's. asked: their stems."""
    stems = grammar.content_stems(unit.words)
    return not stems or len(stems & asked) >= ECHO * len(stems)


def _is_word_list(unit: Unit) -> bool:
    return grammar.is_word_list(tokens_of(unit.text))
