"""Candidates who check the automatic ticks: they change some, and show where they said it."""

import random
from datetime import timedelta

from attempts import transitions
from attempts.example_data.candidate import ExampleCandidate, answers_of, sentences_of
from attempts.models import MOST_WORDS, Answer, Attempt

CHANGED = 0.2  # of the ticks


def check(candidate: ExampleCandidate, attempt: Attempt, rng: random.Random) -> None:
    """Check each answer with a suggestion an hour later."""
    for answer in answers_of(attempt):
        if answer.suggested:
            _check(candidate, answer, answer.suggested, rng)


def _check(
    candidate: ExampleCandidate, answer: Answer, suggested: list[bool], rng: random.Random
) -> None:
    later = answer.attempt.started_at + timedelta(hours=1)
    mine = candidate.owner, answer.attempt_id, answer.position
    ticks = [tick != (rng.random() < CHANGED) for tick in suggested]
    transitions.mark(*mine, ticks, now=later)
    for point, (ticked, found) in enumerate(zip(ticks, suggested, strict=True)):
        if ticked and not found:
            words = rng.choice(sentences_of(answer.text))[:MOST_WORDS]
            transitions.say_here(*mine, ticks, point, words, now=later)
