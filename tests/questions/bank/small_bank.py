"""A bank of two questions, to be seeded, and every row that there is then."""

from dataclasses import replace
from uuid import UUID

from questions.formats import Bank, InterviewRecord, QuestionRecord, SlotRecord, TopicRecord
from questions.models import Interview, Question, QuestionVersion, Slot, Topic

QUESTIONS = tuple(
    QuestionRecord(
        uid=UUID(int=number),
        slug=f"question-of-{topic}",
        topic=topic,
        difficulty=number,
        seconds=90,
        prompt=f"What about {topic}?",
        answer="This.",
        how_to_answer="So.",
        example_answer="I would do this.",
        key_points=("One idea.", "Another idea."),
    )
    for number, topic in enumerate(("data", "models"), start=1)
)
BANK = Bank(
    topics=(TopicRecord("data", "Data"), TopicRecord("models", "Models")),
    questions=QUESTIONS,
    interviews=(
        InterviewRecord(
            slug="both",
            name="Both",
            description="All there is.",
            timing="per_question",
            seconds=None,
            think_seconds=5,
            slots=(
                SlotRecord(question="question-of-data", seconds=60),
                SlotRecord(topic="models", difficulty=(1, 2), count=1),
            ),
        ),
    ),
)


def with_question(**change) -> Bank:
    """The bank with another first question."""
    return replace(BANK, questions=(replace(QUESTIONS[0], **change), QUESTIONS[1]))


def state() -> list:
    """Every row there is, to be compared."""
    models = (Topic, Question, QuestionVersion, Interview, Slot)
    return [list(model.objects.order_by("pk").values()) for model in models]
