"""An attempt with follow-ups of every kind: made when asked, missed, skipped, and at the bell."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from attempts import scoring, transitions
from attempts.example_data.candidate import ExampleCandidate, answers_of, sentences_of, suggest
from attempts.models import Answer, Attempt, Evidence, OwnInterview, Suggestion
from attempts.rules.save_verdicts import Save
from attempts.transitions import FollowUp
from attempts.transitions.personal.own_interviews import start_own
from attempts.transitions.starting import Pace
from questions.models import QuestionVersion, Topic

TOPIC = "platforms-and-tools"
"""Its questions have a follow-up for each key point."""
QUESTIONS = 3
MINUTE = timedelta(minutes=1)


def take(candidate: ExampleCandidate, at: datetime) -> None:
    """Three questions. The first has a follow-up that helps, and one that is skipped; the second
    one that does not help, and one that is still open when its time is up.
    """
    interview = _Interview(candidate, _start(candidate, at), at)
    first, second, third = answers_of(interview.attempt)
    interview.submit(first, first, found=0, asks_for=1)
    interview.submit(interview.follow_up(), first, found=1, asks_for=2)
    interview.skip(interview.follow_up())
    interview.submit(second, second, found=0, asks_for=1)
    interview.submit(interview.follow_up(), second, found=None, asks_for=2)
    interview.wait(2 * MINUTE)
    interview.submit(third, third, found=0, asks_for=None)
    suggest(interview.attempt)


def _start(candidate: ExampleCandidate, at: datetime) -> Attempt:
    column, value = candidate.owner.column
    own = OwnInterview(
        **{column: value}, topic_ids=[Topic.objects.get(slug=TOPIC).pk], count=QUESTIONS,
        follow_ups=2, created_at=at,
    )  # fmt: skip
    return start_own(own, Pace(), now=at, seed=candidate.rng.getrandbits(62))


@dataclass
class _Interview:
    candidate: ExampleCandidate
    attempt: Attempt
    at: datetime
    said: int = 0

    def follow_up(self) -> Answer:
        """The one that has just been asked, and is open."""
        return next(answer for answer in answers_of(self.attempt) if answer.clock().is_open)

    def submit(
        self, answer: Answer, of: Answer, *, found: int | None, asks_for: int | None
    ) -> None:
        """The next sentence of the example; found: the point that it makes."""
        sentences = sentences_of(of.version.example_answer)
        text = sentences[self.said % len(sentences)]
        self.said += 1
        suggestion = _finds(of.version, text, found)
        follow_up = None if asks_for is None else FollowUp(text, asks_for, suggestion)
        self.at += MINUTE / 2
        sent = Save(text, 0, "tab-1", 1)
        saved = transitions.submit(
            self.candidate.owner, self.attempt.pk, answer.position, sent,
            now=self.at, follow_up=follow_up,
        )  # fmt: skip
        transitions.store_suggestion(answer.pk, saved.answer.revision, suggestion)

    def skip(self, answer: Answer) -> None:
        self.at += MINUTE / 4
        sent = Save("", 0, "tab-1", 1)
        transitions.skip(self.candidate.owner, self.attempt.pk, answer.position, sent, now=self.at)

    def wait(self, time: timedelta) -> None:
        self.at += time
        transitions.settle(self.candidate.owner, self.attempt.pk, now=self.at)


def _finds(version: QuestionVersion, text: str, found: int | None) -> Suggestion:
    """One point is found in the text, or none."""
    points = range(len(version.key_points))
    evidence: list[Evidence] = [
        {"confidence": 0.9, "text": text, "opposite": None}
        if point == found
        else {"confidence": 0.0, "text": None, "opposite": None}
        for point in points
    ]
    return Suggestion([point == found for point in points], evidence, scoring.engine_name())
