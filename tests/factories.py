"""Rows for tests, each valid by itself."""

from datetime import UTC, datetime, timedelta

import factory
from django.contrib.auth.models import User

from attempts.models import Answer, Attempt, ClosedBy, FinishReason
from attempts.rules.lifecycle import State
from questions.models import (
    VERSION_FIELDS,
    Interview,
    Question,
    QuestionVersion,
    Slot,
    Status,
    Timing,
    Topic,
    content_hash,
)

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""When the attempts of tests start, unless they say otherwise: on a Monday morning."""

PASSWORD = "correct horse battery"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"candidate{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")
    password = factory.django.Password(PASSWORD)


class TopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Topic

    slug = factory.Sequence(lambda n: f"topic-{n}")
    name = factory.Sequence(lambda n: f"Topic {n}")
    position = factory.Sequence(lambda n: n)


class QuestionFactory(factory.django.DjangoModelFactory):
    """A draft without any text; see VersionFactory and published_question."""

    class Meta:
        model = Question

    slug = factory.Sequence(lambda n: f"question-{n}")
    topic = factory.SubFactory(TopicFactory)
    position = factory.Sequence(lambda n: n)


class VersionFactory(factory.django.DjangoModelFactory):
    """A version of a question. It is not the question's current version yet."""

    class Meta:
        model = QuestionVersion

    question = factory.SubFactory(QuestionFactory)
    number = 1
    prompt = factory.Sequence(lambda n: f"What is meant by number {n}?")
    answer = "What is true."
    how_to_answer = "What to stress."
    example_answer = "I would say what is true."
    short_example = ""
    key_points = factory.LazyFunction(lambda: ["The first idea.", "The second idea."])
    follow_ups = factory.LazyFunction(list)
    common_mistakes = factory.LazyFunction(list)
    sources = factory.LazyFunction(list)
    content_hash = factory.LazyAttribute(
        lambda v: content_hash({f: getattr(v, f) for f in VERSION_FIELDS})
    )
    created_at = START


def published_question(topic: Topic | None = None, **texts) -> Question:
    """A question that can be drawn. texts: of its version; difficulty, seconds: of the question."""
    of_question = {name: texts.pop(name) for name in ("difficulty", "seconds") if name in texts}
    question = QuestionFactory(**({"topic": topic} if topic else {}), **of_question)
    question.current_version = VersionFactory(question=question, **texts)
    question.status = Status.PUBLISHED.value
    question.save()
    return question


class InterviewFactory(factory.django.DjangoModelFactory):
    """Without slots; see interview_of."""

    class Meta:
        model = Interview

    slug = factory.Sequence(lambda n: f"interview-{n}")
    name = factory.Sequence(lambda n: f"Interview {n}")
    timing = Timing.PER_QUESTION.value


def interview_of(
    questions: int = 3, *, seconds_each: int = 60, texts: dict | None = None, **fields
) -> Interview:
    """An interview with so many new fixed questions, in order. fields: of the interview.

    texts: of the versions of its questions.

    With one clock for all, it has `seconds_each` seconds for each question unless `seconds` is
    given.
    """
    if fields.get("timing") == Timing.TOTAL:
        fields.setdefault("seconds", questions * seconds_each)
    interview = InterviewFactory(**fields)
    for position in range(1, questions + 1):
        Slot.objects.create(
            interview=interview,
            position=position,
            question=published_question(**(texts or {})),
            seconds=seconds_each,
        )
    return interview


class AttemptFactory(factory.django.DjangoModelFactory):
    """A running attempt with one clock for all of 30 minutes, started at START, without answers.

    finished=True: it was submitted after ten minutes.
    """

    class Meta:
        model = Attempt

    class Params:
        finished = factory.Trait(
            state=State.SUBMITTED.value,
            finished_at=factory.LazyAttribute(lambda a: a.started_at + timedelta(minutes=10)),
            finish_reason=FinishReason.SUBMITTED.value,
        )

    user = factory.SubFactory(UserFactory)
    interview = factory.SubFactory(InterviewFactory, timing=Timing.TOTAL.value, seconds=1800)
    interview_title = factory.LazyAttribute(lambda a: a.interview.name)
    timing = factory.LazyAttribute(lambda a: a.interview.timing)
    number = 1
    seed = 1
    limit = timedelta(minutes=30)
    started_at = START
    deadline_at = factory.LazyAttribute(lambda a: a.started_at + a.limit)


class AnswerFactory(factory.django.DjangoModelFactory):
    """An unanswered question of an attempt. written=True: answered a minute after the start."""

    class Meta:
        model = Answer

    class Params:
        written = factory.Trait(
            text="Something true.",
            revision=1,
            writer="writer-1",
            sequence=1,
            saved_at=factory.LazyAttribute(lambda a: a.attempt.started_at + timedelta(minutes=1)),
        )
        closed = factory.Trait(
            closed_at=factory.LazyAttribute(lambda a: a.attempt.finished_at),
            closed_by=ClosedBy.FINISH.value,
        )

    attempt = factory.SubFactory(AttemptFactory)
    version = factory.LazyAttribute(lambda a: published_question().current_version)
    position = factory.Sequence(lambda n: n + 1)
