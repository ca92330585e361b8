"""A candidate of an interview that asks back, whose texts are read before they are submitted."""

from dataclasses import dataclass

from attempts import transitions
from attempts.asking.choosing import choose
from attempts.models import Answer
from attempts.transitions.starting import Pace
from questions.models import Slot
from tests.attempts.asking.questions import asking_question
from tests.attempts.candidate import Candidate, a_guest, after, sent
from tests.factories import InterviewFactory


def asking_interview(questions: int = 2, most: int = 1, **texts):
    """most: follow-ups to each question. texts: of the versions."""
    interview = InterviewFactory(follow_ups=most)
    for position in range(1, questions + 1):
        Slot.objects.create(
            interview=interview, position=position, question=asking_question(position, **texts)
        )
    return interview


@dataclass
class Asked(Candidate):
    def chosen(self, position: int, text: str, *, at: float, **how):
        save = sent(text, **how)
        return choose(self.owner, self.pk, position, save, now=after(at))

    def submit_read(self, position: int, text: str, *, at: float, **how):
        """As the view does it."""
        follow_up = self.chosen(position, text, at=at, **how)
        return self.submit(position, text, at=at, follow_up=follow_up, **how)

    @property
    def asked(self) -> list[str]:
        rows = Answer.objects.filter(attempt=self.pk, follows__isnull=False)
        return [answer.asked for answer in rows.order_by("position")]


def start_asking(interview=None, pace: Pace | None = None) -> Asked:
    owner, interview = a_guest(), interview or asking_interview()
    return Asked(owner, transitions.start(owner, interview, pace or Pace(), now=after(0)).pk)
