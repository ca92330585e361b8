"""A question with follow-ups where the scorer has to decide, and answers to it."""

from questions.models import Question
from tests.attempts.scoring_process.tasks import EXAMPLE, PHRASINGS, POINTS, QUESTION
from tests.factories import published_question

FOLLOW_UPS = ["", "And if it turns out worse?", "How would you know before anybody is affected?"]
"""To what POINTS says; the first point has none."""

THIN = "I start with a canary that gets one percent of the requests, and watch errors and latency."
SECOND = "Then we roll back to the previous model, which stays deployed for a quick rollback."
WELL = EXAMPLE
GERMAN = "Ich schicke einen kleinen Teil der Anfragen an die neue Version und sehe mir alles an."


def asking_question(number: int = 1, **texts) -> Question:
    """Prompts must differ; the number is only added to them."""
    prompt = QUESTION if number == 1 else f"{QUESTION} ({number})"
    fields = {
        "prompt": prompt,
        "key_points": POINTS,
        "example_answer": EXAMPLE,
        "follow_ups": FOLLOW_UPS,
        "seconds": 180,
        **texts,
    }
    question = published_question(**fields)
    question.phrasings = dict(zip(POINTS, PHRASINGS, strict=True))
    question.save(update_fields=["phrasings"])
    return question
