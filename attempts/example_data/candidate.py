"""A made-up candidate, who takes interviews through the functions that the pages call."""

import random
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from attempts import transitions
from attempts.marking import suggesting
from attempts.models import Answer, Attempt
from attempts.owners import Owner
from attempts.rules.save_verdicts import Save
from attempts.transitions.starting import Pace
from questions.models import Interview, QuestionVersion

BESIDE_THE_POINT = (
    "I have worked in teams of every size, and good communication always mattered most to me. We"
    " met every morning, wrote the open tasks on a board and celebrated each release together."
)


@dataclass
class ExampleCandidate:
    """Somebody who takes interviews at given instants.

    skill: 0 to 1, the part of the bank's example answers that they write on average.
    """

    owner: Owner
    skill: float
    rng: random.Random

    def start(self, interview: str, at: datetime, pace: Pace | None = None) -> Attempt:
        """Start the interview with that slug. Raises Interview.DoesNotExist, and CannotFill."""
        chosen = Interview.objects.get(slug=interview)
        seed = self.rng.getrandbits(62)
        return transitions.start(self.owner, chosen, pace or Pace(), now=at, seed=seed)

    def take(self, interview: str, at: datetime, pace: Pace | None = None) -> Attempt:
        """Answer or skip every question, finish, and have the answers marked automatically."""
        attempt = self.start(interview, at, pace)
        end = self.answer(attempt, at, len(answers_of(attempt)))
        attempt = transitions.finish(self.owner, attempt.pk, now=end)
        suggest(attempt)
        return attempt

    def answer(self, attempt: Attempt, at: datetime, count: int) -> datetime:
        """Answer or skip the first `count` questions. Returns the instant of the last one."""
        for answer in answers_of(attempt)[:count]:
            began, at = at, at + timedelta(seconds=self.rng.randint(30, 110))
            text = self.text_for(answer.version)
            if text:
                self._write_a_part(answer, text, began + (at - began) / 4)
            leave = transitions.submit if text else transitions.skip
            leave(self.owner, attempt.pk, answer.position, Save(text, 0, "tab-1", 2), now=at)
        return at

    def _write_a_part(self, answer: Answer, text: str, at: datetime) -> None:
        """Begin the answer, and say how sure one is of it, of three in five."""
        part = Save(text[: len(text) // 3], 0, "tab-1", 1, automatic=True)
        transitions.save(self.owner, answer.attempt_id, answer.position, part, now=at)
        if sureness := (answer.position + len(text)) % 5 % 4:
            transitions.say_sureness(
                self.owner, answer.attempt_id, answer.position, sureness, now=at
            )

    def type(
        self, attempt: Attempt, text: str, at: datetime, *, tab: str = "tab-1", sequence: int = 1
    ) -> None:
        """An autosave of question 1, by a tab that has not seen what other tabs wrote."""
        autosave = Save(text, 0, tab, sequence, automatic=True)
        transitions.save(self.owner, attempt.pk, 1, autosave, now=at)

    def text_for(self, version: QuestionVersion) -> str:
        """The first sentences of the example answer. If none: "" or a text beside the point.

        How many depends on the skill and on chance.
        """
        sentences = sentences_of(version.example_answer)
        count = round(len(sentences) * self.rng.gauss(self.skill, 0.3))
        return " ".join(sentences[: max(count, 0)]) or self.rng.choice([BESIDE_THE_POINT, ""])


def sentences_of(text: str) -> list[str]:
    """The sentences of a text of the bank, without line breaks."""
    return re.split(r"(?<=[.?!]) ", " ".join(text.split()))


def answers_of(attempt: Attempt) -> list[Answer]:
    return list(attempt.answers.select_related("version__question").order_by("position"))


def suggest(attempt: Attempt) -> None:
    """What a thread of the site does after a finish; a model that may cost money is not asked."""
    for answer in answers_of(attempt):
        suggesting.suggest(answer.pk, asks_model=False)
