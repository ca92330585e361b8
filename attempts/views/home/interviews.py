"""The interviews that can be chosen: formats and topics, each with its minutes."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Sum

from questions.models import Interview, Question, Slot, Timing

USUAL_SECONDS = 180.0
"""Of a question that a slot could draw if the bank had one for it."""

BankSeconds = Mapping[tuple[int, int], tuple[int, int]]
"""By topic and difficulty: how many published questions there are, and their seconds in all."""


@dataclass(frozen=True)
class Choice:
    """seconds: in all at the standard pace, thinking time included. is_exact: False if they depend
    on which questions are drawn. is_topic: all questions are of one topic.
    """

    interview: Interview
    questions: int
    seconds: float
    is_exact: bool = True
    is_topic: bool = False

    @property
    def minutes(self) -> int:
        return math.ceil(self.seconds / 60)

    @property
    def length(self) -> str:
        return f"{self.minutes} min" if self.is_exact else f"about {self.minutes} min"

    @property
    def start(self) -> str:
        """What a button says that leads to it, such as "Start a 15-minute screening"."""
        _, colon, kind = self.interview.name.rpartition(": ")
        article = "an" if str(self.minutes)[0] == "8" or self.minutes in (11, 18) else "a"
        return f"Start {article} {self.minutes}-minute {kind if colon else 'interview'}"


def interview_choices() -> list[Choice]:
    """The active interviews that have a slot, in their order. Three statements at most."""
    slots = Slot.objects.select_related("question").defer("question__phrasings")
    interviews = Interview.objects.active().order_by("position", "name")
    read = list(interviews.prefetch_related(Prefetch("slots", slots)))
    is_open = any(_is_open(slot, interview) for interview in read for slot in interview.slots.all())
    bank = _seconds_of_the_bank() if is_open else {}
    return [_choice(interview, bank) for interview in read if interview.slots.all()]


def shortest(choices: Sequence[Choice]) -> Choice | None:
    """The one for a first time: the shortest format, or the shortest topic where no format is."""
    formats = [choice for choice in choices if not choice.is_topic]
    return min(formats or choices, key=lambda choice: choice.seconds, default=None)


def _choice(interview: Interview, bank: BankSeconds) -> Choice:
    slots = list(interview.slots.all())
    questions = sum(slot.count for slot in slots)
    seconds = interview.seconds or sum(slot.count * _seconds_each(slot, bank) for slot in slots)
    return Choice(
        interview,
        questions,
        seconds + questions * interview.think_seconds,
        is_exact=not any(_is_open(slot, interview) for slot in slots),
        is_topic=_is_topic(slots),
    )


def _is_topic(slots: Sequence[Slot]) -> bool:
    topics = {slot.question.topic_id if slot.question else slot.topic_id for slot in slots}
    return len(topics) == 1 and topics != {None}


def _is_open(slot: Slot, interview: Interview) -> bool:
    """Whether its seconds are those of the question that will be drawn."""
    has_own_clocks = interview.timing == Timing.PER_QUESTION
    return has_own_clocks and slot.seconds is None and slot.question is None


def _seconds_each(slot: Slot, bank: BankSeconds) -> float:
    if slot.seconds is not None:
        return slot.seconds
    if slot.question is not None:
        return slot.question.seconds
    return _mean_seconds(slot, bank)


def _mean_seconds(slot: Slot, bank: BankSeconds) -> float:
    """Of the questions that the slot could draw."""
    drawable = [
        of_level
        for (topic, level), of_level in bank.items()
        if slot.topic_id in (None, topic) and slot.difficulty_from <= level <= slot.difficulty_to
    ]
    count = sum(number for number, _ in drawable)
    return sum(seconds for _, seconds in drawable) / count if count else USUAL_SECONDS


def _seconds_of_the_bank() -> BankSeconds:
    groups = Question.objects.published().order_by().values_list("topic", "difficulty")
    rows = groups.annotate(Count("pk"), Sum("seconds"))
    return {(topic, level): (count, seconds) for topic, level, count, seconds in rows}
