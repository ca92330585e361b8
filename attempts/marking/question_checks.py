"""What the scorer says of a question's own texts: its examples, and its follow-ups.

An example should make the key points. A follow-up should lead to its key point without earning it
or naming it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from attempts import scoring
from attempts.rules.findings import Finding, finding
from attempts.scoring.grammar import content_stems, stem
from attempts.scoring.texts import words_of
from attempts.scoring_process import beside

LEAST_OF_SHORT = 0.6
"""The share of the key points that a short example makes at least."""
MOST_NAMED = 3
"""A follow-up may hold one of so many stems of its key point."""


@dataclass(frozen=True)
class OwnTexts:
    """The texts of a question that are scored. phrasings: one for each key point.

    model_answer: what the scorer reads beside the key points of a candidate's answer.
    """

    prompt: str
    key_points: Sequence[str]
    model_answer: str
    phrasings: Sequence[scoring.Phrasing]

    def score(self, answer: str) -> scoring.Suggestion:
        return beside.score(
            self.prompt, self.key_points, self.model_answer, answer, phrasings=self.phrasings
        )


@dataclass(frozen=True)
class GivenAway:
    """A follow-up that says too much. number: of its key point. named: its words in the follow-up;
    () where the scorer finds the point in it."""

    number: int
    follow_up: str
    named: tuple[str, ...] = ()


def given_away(texts: OwnTexts, follow_ups: Sequence[str]) -> Iterator[GivenAway]:
    """The follow-ups that earn their key point, or name it. Some hundredths of a second for each.

    follow_ups: one for each key point, "" where there is none.
    """
    for number, (point, follow_up) in enumerate(
        zip(texts.key_points, follow_ups, strict=False), start=1
    ):
        if not follow_up.strip():
            continue
        if words := words_named(texts.prompt, point, follow_up):
            yield GivenAway(number, follow_up, words)
        elif earns(texts, follow_up, number - 1):
            yield GivenAway(number, follow_up)


def earns(texts: OwnTexts, follow_up: str, point: int) -> bool:
    """Whether the follow-up's own words make its key point, or may make it. point: its index."""
    found = texts.score(follow_up)["points"][point]
    what = finding(found["covered"], found["evidence"], found["opposite"])
    return what in (Finding.FOUND, Finding.UNSURE)


def words_named(prompt: str, point: str, follow_up: str) -> tuple[str, ...]:
    """The words by which a follow-up names its key point; () if it does not.

    It does with more than a third of the stems that the point has and the prompt has not.
    """
    own = content_stems(words_of(point)) - content_stems(words_of(prompt))
    words = [word for word in words_of(follow_up) if stem(word) in own]
    named = {stem(word) for word in words} & content_stems(words)
    return tuple(dict.fromkeys(words)) if len(named) * MOST_NAMED > len(own) else ()
