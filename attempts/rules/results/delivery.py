"""How an answer is said: what can be counted in it, and is never scored. Pure.

The hedges and the names that are known as tools are in hedges.py and tools.py; DEFINITIONS says
each rule as the page prints it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from attempts.rules.results.hedges import HEDGES, hedges_in
from attempts.rules.results.tools import TOOLS, WITH_CAPITAL, tools_in
from attempts.rules.sentences import whole_sentences
from attempts.rules.words import WordCount, word_count

LONG_SENTENCE = 30
"""A sentence with more words is counted as long."""

_LIST_MARK = re.compile(r"^[^\S\n]*\(?\d{1,2}[.)]\s", re.MULTILINE)
_NUMBER = re.compile(r"(?<![\w.])\d+(?:[.,:/–-]\d+)*(?:\s?%|[a-zA-Zµ]{1,3})?(?!\w)")

DEFINITIONS = {
    "Words": "What stands between blanks and has a letter or a digit.",
    "Long sentences": f"Sentences and lines of more than {LONG_SENTENCE} words.",
    "Hedges": "Words that take back what you say: " + ", ".join(HEDGES) + ".",
    "Numbers": "In digits: 40, 3.5, 95 %, 40ms. Those that only number a list do not count.",
    "Named tools": (
        "Words that mix small and capital letters, such as LightGBM, and the names on this list."
        f" Each name counts once. {', '.join(TOOLS)}. With a capital: {', '.join(WITH_CAPITAL)}."
    ),
    "Answers first": "The first sentence makes a key point: words of it are marked in your answer.",
}
"""What is counted, by its name on the page."""


@dataclass(frozen=True)
class Delivery:
    """hedges, numbers: each time they are said. tools: each name once, as it is written first."""

    words: WordCount
    long_sentences: int
    hedges: tuple[str, ...]
    numbers: tuple[str, ...]
    tools: tuple[str, ...]
    answers_first: bool


@dataclass(frozen=True)
class DeliverySummary:
    """All answers together. answers: those with a text."""

    answers: Sequence[Delivery]

    @property
    def words(self) -> WordCount:
        counts = [each.words for each in self.answers]
        return WordCount(sum(c.number for c in counts), any(c.is_estimate for c in counts))

    @property
    def long_sentences(self) -> int:
        return sum(each.long_sentences for each in self.answers)

    @property
    def hedges(self) -> int:
        return sum(len(each.hedges) for each in self.answers)

    @property
    def numbers(self) -> int:
        return sum(len(each.numbers) for each in self.answers)

    @property
    def tools(self) -> int:
        """Different names in all answers."""
        return len({name.casefold() for each in self.answers for name in each.tools})

    @property
    def answer_first(self) -> int:
        """How many of the answers have a first sentence that answers."""
        return sum(each.answers_first for each in self.answers)


def delivery(text: str, evidence: Iterable[str] = ()) -> Delivery:
    """evidence: parts of the text that show points which are made."""
    sentences = whole_sentences(text)
    return Delivery(
        words=word_count(text),
        long_sentences=sum(word_count(each).number > LONG_SENTENCE for each in sentences),
        hedges=tuple(hedges_in(text)),
        numbers=tuple(numbers_in(text)),
        tools=tuple(tools_in(text)),
        answers_first=_is_in_first(text, sentences, evidence),
    )


def numbers_in(text: str) -> list[str]:
    """Those in digits, with their unit; not the number of a list item, nor one within a name."""
    return [found[0] for found in _NUMBER.finditer(_LIST_MARK.sub("", text))]


def _is_in_first(text: str, sentences: Sequence[str], evidence: Iterable[str]) -> bool:
    """Whether some evidence has a part in the first sentence, at its first place in the text."""
    if not sentences:
        return False
    end = text.find(sentences[0]) + len(sentences[0])
    return any(0 <= text.find(part) < end for part in evidence if part)
