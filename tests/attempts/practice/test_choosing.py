"""Which questions each way into practice asks, and in which order."""

from datetime import timedelta

import pytest

from attempts.models import Answer
from attempts.practice import choosing
from questions.models import Question, Status
from tests.attempts.candidate import a_guest, a_user
from tests.attempts.follow_ups import asked_back, follow_up, question
from tests.attempts.practice.recall import answered
from tests.factories import START, AnswerFactory, AttemptFactory, TopicFactory, published_question

pytestmark = pytest.mark.django_db


def question_of(answer: Answer) -> int:
    return answer.version.question_id


def retire(pk: int) -> None:
    Question.objects.filter(pk=pk).update(status=Status.RETIRED.value)


def later(days: int):
    return START + timedelta(days=days)


@pytest.mark.parametrize("make_owner", [a_user, a_guest])
def test_what_is_due_is_the_owners_and_published_and_the_longest_due_comes_first(make_owner):
    owner = make_owner()
    newer, older = (question_of(answered(owner, "0.5", at=later(n))) for n in (2, 0))
    retire(question_of(answered(owner, "0.5")))
    answered(a_guest(), "0.5")
    answered(owner, "1", at=later(2))  # due on day 10
    assert choosing.due(owner, later(5), None) == [older, newer]
    assert choosing.due(owner, later(5), later(6).date()) != [older, newer]
    assert choosing.due(None, later(5), None) == []


def test_what_was_missed_has_the_lowest_last_share_first_and_of_equals_the_oldest():
    owner = a_guest()
    half, newer, older = (
        question_of(answered(owner, share, at=later(n)))
        for share, n in (("0.5", 0), ("0.2", 2), ("0.2", 1))
    )
    again = published_question()
    answered(owner, "0", again, at=later(0))
    answered(owner, "0.6", again, at=later(3))
    retire(question_of(answered(owner, "0.1")))
    answered(a_guest(), "0.1")
    assert choosing.missed(owner) == [older, newer, half]
    assert choosing.missed(None) == []


def test_a_topic_asks_what_was_never_asked_first_and_then_the_weakest():
    owner, topic = a_guest(), TopicFactory()
    strong, weak, first_new, second_new, retired = (published_question(topic) for _ in range(5))
    published_question()
    answered(owner, "0.9", strong)
    answered(owner, "0.1", weak, at=later(1))
    answered(a_guest(), "0.1", first_new)
    retire(retired.pk)
    asked = choosing.of_topic(owner, topic.pk)
    assert asked == [first_new.pk, second_new.pk, weak.pk, strong.pk]
    assert choosing.of_topic(None, topic.pk) == [strong.pk, weak.pk, first_new.pk, second_new.pk]


def test_an_answer_that_was_never_scored_counts_as_asked():
    owner, topic = a_guest(), TopicFactory()
    waiting, new = published_question(topic), published_question(topic)
    attempt = AttemptFactory(user=None, guest_key=owner.guest_key, finished=True)
    AnswerFactory(attempt=attempt, version=waiting.current_version, written=True, closed=True)
    assert choosing.of_topic(owner, topic.pk) == [new.pk, waiting.pk]


def test_the_weak_ones_of_a_result_are_those_under_60_percent_the_lowest_first():
    attempt = AttemptFactory(finished=True)
    shares = {"0.5999": 1, "0.6": None, "0.2": 0, None: None}
    for position, share in enumerate(shares, start=1):
        AnswerFactory(attempt=attempt, position=position, share=share, written=True, closed=True)
    blank = AnswerFactory(attempt=attempt, position=9, closed=True)
    retired = AnswerFactory(attempt=attempt, position=10, share=0, written=True, closed=True)
    retire(question_of(retired))
    answers = list(attempt.answers.select_related("version__question"))
    expected = [blank, answers[2], answers[0]]
    assert choosing.weak_ones(attempt, answers) == [question_of(answer) for answer in expected]
    attempt.state = "discarded"
    assert choosing.weak_ones(attempt, answers) == []


@pytest.mark.parametrize(
    ("minutes", "count"), [(None, 10), (10, 3), (9, 3), (8, 2), (1, 1), (60, 10)]
)
def test_a_practice_has_at_most_ten_questions_and_as_many_as_fit_into_its_minutes(minutes, count):
    ids = [published_question(seconds=180).pk for _ in range(12)]
    assert choosing.shortened(ids, minutes) == ids[:count]


def test_nothing_shortened_is_nothing():
    assert choosing.shortened([], 10) == []


def test_follow_ups_are_no_weak_questions_of_their_own():
    answer = asked_back("1000", "0100", "", share="0.375")
    strong = question(answer.attempt, "1111", number=2)
    follow_up(strong, "")
    rows = list(answer.attempt.answers.select_related("version__question"))
    assert choosing.weak_ones(answer.attempt, rows) == [answer.version.question_id]
