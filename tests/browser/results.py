"""A result of five shipped questions, for the tests that look at whole pages."""

from datetime import timedelta
from decimal import Decimal

from django.core.management import call_command

from attempts import scoring
from attempts.models import Answer, Attempt, ExampleSentences
from attempts.rules.sentences import whole_sentences
from questions.models import QuestionVersion
from questions.rules.markdown import plain_text
from tests.browser.steps import come_as_user
from tests.factories import START, AnswerFactory, AttemptFactory, UserFactory


def answered(attempt, version, position, *, text, unsure=False) -> Answer:
    """An answer of which the first point was found, and perhaps the second."""
    count, words = len(version.key_points), text.split(".")[0]
    found = {"confidence": 0.9, "text": words, "opposite": None}
    maybe = {"confidence": 0.4, "text": words, "opposite": None}
    nothing = {"confidence": 0.0, "text": None, "opposite": None}
    return AnswerFactory(
        attempt=attempt, version=version, position=position, text=text, closed=True,
        opened_at=START, engine="minilm-3", time_spent=timedelta(seconds=95), limit="180",
        suggested=[True, *[False] * (count - 1)],
        evidence=[found, maybe if unsure else nothing, *[nothing] * (count - 2)],
        share=Decimal(1) / count, first_word_after=timedelta(seconds=8),
        longest_pause=timedelta(seconds=20),
    )  # fmt: skip


def result_of_five(context) -> Attempt:
    """Five shipped questions with short answers, one of them unsure, and an attempt before."""
    call_command("seed_questions", verbosity=0)
    user, engine = UserFactory(), scoring.engine_name()
    before = AttemptFactory(user=user, finished=True, score="52.00")
    later = {"started_at": START + timedelta(days=1), "interview": before.interview}
    attempt = AttemptFactory(user=user, finished=True, score="21.00", **later)
    versions = QuestionVersion.objects.filter(pk__in=QuestionVersion.objects.values("pk")[:5])
    for position, version in enumerate(versions, start=1):
        sentences = whole_sentences(plain_text(version.example_answer))
        said = [sentences[n % len(sentences)] for n in range(len(version.key_points))]
        ExampleSentences.objects.create(version=version, sentences=said, engine=engine)
        text = " ".join(sentences[:2])
        answered(attempt, version, position, text=text, unsure=position == 4)
    come_as_user(context, user)
    return attempt
