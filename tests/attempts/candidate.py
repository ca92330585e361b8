"""A candidate with a running attempt, for tests. All times are in seconds after START."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.contrib.auth.models import User

from attempts import transitions
from attempts.models import Answer, Attempt, KeptText
from attempts.owners import Owner
from attempts.rules.save_verdicts import Save
from attempts.transitions.starting import Pace
from questions.models import Timing
from tests.factories import START, interview_of

TOTAL = Timing.TOTAL.value
EACH = Timing.PER_QUESTION.value
OVERTIME = Pace(at_deadline="overtime")


def after(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def sent(text: str, *, revision=0, writer="writer-1", sequence=1, **how) -> Save:
    return Save(text, revision, writer, sequence, **how)


@dataclass
class Candidate:
    """Acts through the transitions. Each property reads the rows again."""

    owner: Owner
    pk: UUID

    @property
    def attempt(self) -> Attempt:
        return Attempt.objects.get(pk=self.pk)

    @property
    def open_positions(self) -> list[int]:
        return [a.position for a in self.attempt.answers.all() if a.clock().is_open]

    @property
    def kept(self) -> list[tuple[str, str]]:
        kept = KeptText.objects.filter(answer__attempt=self.pk)
        in_order = kept.order_by("answer__position", "kept_at", "id")
        return list(in_order.values_list("source", "text"))

    def answer(self, position: int) -> Answer:
        return Answer.objects.get(attempt=self.pk, position=position)

    def save(self, position: int, text: str, *, at: float, **how):
        return transitions.save(self.owner, self.pk, position, sent(text, **how), now=after(at))

    def submit(self, position: int, text: str, *, at: float, follow_up=None, **how):
        """follow_up: what was found in the text before."""
        save, mine = sent(text, **how), (self.owner, self.pk)
        return transitions.submit(*mine, position, save, now=after(at), follow_up=follow_up)

    def skip(self, position: int, text: str, *, at: float, **how):
        return transitions.skip(self.owner, self.pk, position, sent(text, **how), now=after(at))

    def move(self, position: int, to: int, *, at: float, text: str = "", **how):
        return transitions.move(self.owner, self.pk, position, sent(text, **how), to, now=after(at))

    def show(self, position: int, *, at: float) -> None:
        transitions.show(self.owner, self.pk, position, now=after(at))

    def flag(self, position: int, flagged: bool, *, at: float):
        return transitions.flag(self.owner, self.pk, position, flagged, now=after(at))

    def say_sure(self, position: int, sureness: int | None, *, at: float) -> None:
        transitions.say_sureness(self.owner, self.pk, position, sureness, now=after(at))

    def finish(self, *, at: float) -> Attempt:
        return transitions.finish(self.owner, self.pk, now=after(at))

    def discard(self, *, at: float) -> Attempt:
        return transitions.discard(self.owner, self.pk, now=after(at))

    def settle(self, *, at: float):
        return transitions.settle(self.owner, self.pk, now=after(at))

    def add_time(self, position: int, *, at: float):
        return transitions.add_time(self.owner, self.pk, position, now=after(at))

    def give_back(self, position: int, seconds: float, *, at: float):
        lost = timedelta(seconds=seconds)
        return transitions.give_back_outage(self.owner, self.pk, position, lost, now=after(at))

    def mark(self, position: int, ticks: list[bool], *, at: float):
        return transitions.mark(self.owner, self.pk, position, ticks, now=after(at))


def new_user() -> User:
    """Without a password, because hashing one takes long."""
    return User.objects.create(username=uuid4().hex)


def a_user() -> Owner:
    return Owner(user_id=new_user().pk)


def a_guest() -> Owner:
    return Owner(guest_key=uuid4().hex)


def start_candidate(
    timing: str = TOTAL,
    questions: int = 3,
    *,
    seconds_each: int = 60,
    pace: Pace | None = None,
    owner: Owner | None = None,
    at: float = 0,
) -> Candidate:
    """Start an attempt of three questions, with 180 seconds for all of them or 60 for each."""
    owner = owner or a_guest()
    interview = interview_of(questions, seconds_each=seconds_each, timing=timing)
    attempt = transitions.start(owner, interview, pace or Pace(), now=after(at))
    return Candidate(owner, attempt.pk)
