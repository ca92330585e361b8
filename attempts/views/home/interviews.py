"""The interviews that can be chosen: formats and topics, each with its minutes."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import (
    Avg,
    Case,
    F,
    FloatField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull

from questions.models import Interview, Question, Slot
from quizsite.database.compiled_once import CompiledOnce

USUAL_SECONDS = 180.0
"""Of a question that a slot could draw if the bank had one for it."""


@dataclass(frozen=True)
class Choice:
    """seconds: in all at the standard pace, thinking time included. follow_up_seconds: of as
    many follow-ups as there can be. is_exact: False if they depend on which questions are drawn.
    is_topic: all questions are of one topic.
    """

    interview: Interview
    questions: int
    seconds: float
    is_exact: bool = True
    is_topic: bool = False
    follow_up_seconds: float = 0

    @property
    def minutes(self) -> int:
        return math.ceil(self.seconds / 60)

    @property
    def most_minutes(self) -> int:
        return math.ceil((self.seconds + self.follow_up_seconds) / 60)

    @property
    def length(self) -> str:
        most = f" to {self.most_minutes}" if self.most_minutes > self.minutes else ""
        return f"{'' if self.is_exact else 'about '}{self.minutes}{most} min"

    @property
    def start(self) -> str:
        """What a button says that leads to it, such as "Start a 15-minute screening"."""
        _, colon, kind = self.interview.name.rpartition(": ")
        if self.most_minutes > self.minutes:
            return f"Start {kind if colon else 'an interview'} ({self.length})"
        article = "an" if str(self.minutes)[0] == "8" or self.minutes in (11, 18) else "a"
        return f"Start {article} {self.minutes}-minute {kind if colon else 'interview'}"


@dataclass(frozen=True)
class _Place:
    """A slot: its questions, the seconds of each, and their topic if they are all of one."""

    questions: int
    seconds_each: float
    topic: int | None
    is_drawn_with_its_seconds: bool


def interview_choices() -> list[Choice]:
    """The active interviews that have a slot, in their order. One statement."""
    places: dict[Interview, list[_Place]] = defaultdict(list)
    for slot in active_slots.rows():
        of_question: int | None = getattr(slot, "of_question", None)
        drawable: float = getattr(slot, "drawable", USUAL_SECONDS)
        topic: int | None = getattr(slot, "of_topic", None)
        seconds = slot.seconds or of_question or drawable
        is_open = slot.seconds is None and slot.question_id is None
        place = _Place(slot.count, seconds, topic, is_open)
        places[slot.interview].append(place)
    return [_choice(interview, of_it) for interview, of_it in places.items()]


def shortest(choices: Sequence[Choice]) -> Choice | None:
    """The one for a first time: the shortest format, or the shortest topic where no format is."""
    formats = [choice for choice in choices if not choice.is_topic]
    return min(formats or choices, key=lambda choice: choice.seconds, default=None)


def sections(choices: Sequence[Choice]) -> dict[str, list[Choice]]:
    """The choices by the heading that they stand under, in their order, the formats first.

    A format such as "ML platform: screening" heads the topics after it: "ML platform: one topic".
    Where no other one heads topics, "One topic" is enough.
    """
    formats, topics, before = list[Choice](), defaultdict[str, list[Choice]](list), ""
    for choice in choices:
        if choice.is_topic:
            topics[before].append(choice)
        else:
            formats.append(choice)
            before = choice.interview.name.rpartition(": ")[0] or before
    is_one = len(topics) == 1
    found = {
        f"{name}: one topic" if name and not is_one else "One topic": each
        for name, each in topics.items()
    }
    return {"Interviews": formats, **found} if formats else found


def _choice(interview: Interview, places: Sequence[_Place]) -> Choice:
    questions = sum(place.questions for place in places)
    by_question = sum(place.questions * place.seconds_each for place in places)
    topics = {place.topic for place in places}
    return Choice(
        interview,
        questions,
        (interview.seconds or by_question) + questions * interview.think_seconds,
        is_exact=bool(interview.seconds) or not any(p.is_drawn_with_its_seconds for p in places),
        is_topic=len(topics) == 1 and topics != {None},
        follow_up_seconds=questions * interview.follow_ups * interview.follow_up_seconds,
    )


def _mean_of_drawable() -> Coalesce:
    """The mean seconds of the questions that a slot could draw."""
    drawable = Question.objects.published().filter(
        Q(topic=OuterRef("topic")) | IsNull(OuterRef("topic"), True),
        difficulty__gte=OuterRef("difficulty_from"),
        difficulty__lte=OuterRef("difficulty_to"),
    )
    mean = drawable.order_by().values(all=Value(1)).annotate(mean=Avg("seconds")).values("mean")
    return Coalesce(Subquery(mean), USUAL_SECONDS, output_field=FloatField())


active_slots = CompiledOnce(
    lambda: (
        Slot.objects.filter(interview__is_active=True)
        .select_related("interview")
        .order_by("interview__position", "interview__name", "interview_id", "position")
        .annotate(
            of_question=F("question__seconds"),
            drawable=Case(
                When(
                    seconds=None, question=None, interview__seconds=None, then=_mean_of_drawable()
                ),
                default=USUAL_SECONDS,
            ),
            of_topic=Coalesce(F("topic"), F("question__topic")),
        )
    )
)
"""The slots of the active interviews, in their order."""
