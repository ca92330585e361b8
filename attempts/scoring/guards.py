"""What is not evidence, however close its words: echoes, lists, scrambles, contradictions."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from attempts.scoring import grammar
from attempts.scoring.texts import Sentence

ECHO = 0.9  # share of a sentence's meaning that the question has said already
NEAR_COPY = 0.72  # Jaccard index of stems from which two sentences state, or deny, the same
LEAST_STEMS = 2
VERBATIM = 0.6  # share of the key points' neighbouring stems that the model answer has
JUMBLE_STEMS, JUMBLE_WORDS, JUMBLE_PAIRS = 12, 0.9, 0.35  # at least; share of each
SCRAMBLED, ORDERLY = 3.5, -6.0  # log-likelihood ratios

_OPPOSITES = """
    more less; increase decrease; increases decreases; higher lower; high low; faster slower;
    fast slow; better worse; always never; before after; first last; same different; with without;
    larger smaller; large small; labelled unlabelled; labeled unlabeled; supervised unsupervised;
    possible impossible; mutable immutable; independent dependent; overfitting underfitting;
    sequential parallel; static dynamic; online offline; internal external; success failure
"""
OPPOSITES = frozenset(
    frozenset(grammar.stem(word) for word in pair.split()) for pair in _OPPOSITES.split(";")
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of the model answer or of a key point, or one to compare with them."""

    stems: frozenset[str]
    denials: frozenset[str]  # the stems of what it denies


def statement(sentence: Sentence) -> Statement:
    words = sentence.words
    stems = grammar.content_stems(words) - {"tru", "true", "untru", "fals"}
    plain = frozenset(s for s in stems if not s.endswith(("n't", "n\u2019t")))
    return Statement(plain, grammar.denied(words))


def is_echo(sentence: Sentence, asked: frozenset[str], told: Sequence[Statement]) -> bool:
    """Whether it is nearly all the question's words (stems in asked), and no statement of told."""
    stems = statement(sentence).stems
    if not stems or not asked:
        return False
    if len(stems & asked) < ECHO * len(stems):
        return False
    return all(_likeness(stems, other.stems) < NEAR_COPY or other.stems <= asked for other in told)


def is_bare_denial(sentence: Sentence) -> bool:
    """Whether it only denies what comes next, such as "It is not true that" above a list."""
    alone = statement(sentence)
    return bool(alone.denials) and not alone.stems and sentence.words[-1] == "that"


def is_contradiction(sentence: Sentence, told: Sequence[Statement]) -> bool:
    """Whether it nearly copies a statement of told, but denies other things or has an opposite."""
    mine = statement(sentence)
    best, contradicted = 0.0, False
    for other in told:
        likeness = _likeness(mine.stems, other.stems)
        if likeness < NEAR_COPY or len(other.stems) < LEAST_STEMS:
            continue
        against = mine.denials != other.denials or _opposed(mine.stems, other.stems)
        if likeness > best or (likeness == best and not against):
            best, contradicted = likeness, against
    return contradicted


def is_scrambled(sentences: Sequence[Sentence]) -> bool:
    """Whether the order of function words is that of chance rather than of English."""
    return _disorder(sentences) > SCRAMBLED


def _disorder(sentences: Sequence[Sentence]) -> float:
    """log P(slips | shuffled) − log P(slips | written), each pair of neighbours on its own."""
    wrong = seen = 0
    for sentence in sentences:
        slipped, pairs = grammar.slips(sentence.tokens)
        wrong, seen = wrong + slipped, seen + pairs
    shuffled, written = grammar.SHUFFLED_RATE, grammar.SLIP_RATE
    ratio = wrong * math.log(shuffled / written)
    return ratio + max(0, seen - wrong) * math.log((1 - shuffled) / (1 - written))


def is_jumble(answer: Sequence[Sentence], model: Sequence[Sentence]) -> bool:
    """Whether it has most of the model answer's words with other neighbours, in no clear order.

    If people say it all in their own order, their function words still follow English order.
    """
    said, meant = _stem_sequence(answer), _stem_sequence(model)
    if len(set(meant)) < JUMBLE_STEMS:
        return False
    if len(set(said) & set(meant)) < JUMBLE_WORDS * len(set(meant)):
        return False
    pairs = set(pairwise(said))
    together = len(pairs & set(pairwise(meant)))
    return together < JUMBLE_PAIRS * len(pairs) and _disorder(answer) > ORDERLY


def _stem_sequence(text: Sequence[Sentence]) -> list[str]:
    words = [word for sentence in text for word in sentence.words]
    return [
        grammar.stem(word)
        for word in words
        if word.isalpha() and len(word) > 1 and word not in grammar.FUNCTION_WORDS
    ]


def is_made_of(model: Sequence[Sentence], points: Sequence[Sentence]) -> bool:
    """Whether the key points are the model answer's own words, so that they give no threshold."""
    said = set(pairwise(_stem_sequence(model)))
    pairs = [pair for point in points for pair in pairwise(_stem_sequence([point]))]
    return sum(pair in said for pair in pairs) >= VERBATIM * len(pairs)


def _likeness(first: frozenset[str], second: frozenset[str]) -> float:
    """Jaccard index."""
    return len(first & second) / max(1, len(first | second))


def _opposed(first: frozenset[str], second: frozenset[str]) -> bool:
    only = {(a, b) for a in first - second for b in second - first}
    return any(frozenset(pair) in OPPOSITES for pair in only)
