"""How a practice went: its questions with when they are due, and all answers to them."""

from datetime import timedelta
from decimal import Decimal

import pytest

from attempts import transitions
from attempts.models import Attempt, Practice
from attempts.practice.course import answers_to, read_course
from attempts.transitions.personal.practising import ask_next, practise
from questions.models import Question
from tests.attempts.candidate import a_guest, a_user
from tests.attempts.practice.recall import answered
from tests.factories import START, AnswerFactory, AttemptFactory, published_question

pytestmark = pytest.mark.django_db
OWNERS = pytest.mark.parametrize("make_owner", [a_user, a_guest])


def on(day: int):
    return START + timedelta(days=day)


def a_practice(owner, *questions: Question) -> Practice:
    ids = [question.pk for question in questions]
    return practise(owner, Practice.Source.TOPIC, "A topic", ids, now=on(20))


def asked_in(practice: Practice) -> Attempt:
    """Its first attempt, finished."""
    attempt = ask_next(practice.owner, practice.pk, now=on(20))
    return transitions.finish(practice.owner, attempt.pk, now=on(20))


@OWNERS
def test_the_answers_of_the_owner_newest_first_with_the_texts_of_one_question(make_owner):
    owner, asked, beside, other = make_owner(), *(published_question() for _ in range(3))
    old = answered(owner, "0.2", asked, at=on(1))
    new = answered(owner, "0.4", beside, at=on(2))
    answered(owner, "0.4", other, at=on(2))
    answered(a_guest(), "0.4", asked, at=on(3))
    answered(owner, "0.9", asked, at=on(21))  # after the attempt
    practice = a_practice(owner, asked, beside)
    attempt = asked_in(practice)
    answers = answers_to(practice, attempt, texts_of=asked.pk)
    assert [(a.attempt, a.share, a.text, a.practice) for a in answers] == [
        (attempt.pk, 0, "", practice.pk),
        (new.attempt_id, Decimal("0.4"), "", None),
        (old.attempt_id, Decimal("0.2"), "Something true.", None),
    ]


def test_of_each_question_there_are_the_newest_five_and_the_answer_of_the_practice():
    owner, questions = a_guest(), [published_question() for _ in range(2)]
    for question in questions:
        for day in range(9):
            answered(owner, f"0.{day}", question, at=on(day))
    practice = a_practice(owner, *questions)
    answers = answers_to(practice, asked_in(practice), texts_of=questions[0].pk)
    by_question = [[a.share for a in answers if a.question == q.pk] for q in questions]
    newest = [Decimal(f"0.{day}") for day in (8, 7, 6, 5, 4, 3)]
    assert by_question == [[0, *newest[:5]], newest]


def test_a_blank_answer_has_made_nothing_and_one_that_waits_has_no_share():
    owner, question = a_guest(), published_question()
    for opened_at, text in [(START, " \n"), (START, ""), (None, ""), (START, "Written.")]:
        attempt = AttemptFactory(user=None, guest_key=owner.guest_key, finished=True)
        AnswerFactory(
            attempt=attempt, version=question.current_version, text=text, opened_at=opened_at
        )
    practice = a_practice(owner, question)
    answers = answers_to(practice, asked_in(practice), texts_of=question.pk)
    assert [each.share for each in answers] == [0, None, 0, 0]


def test_the_attempts_of_the_practice_itself_are_there_in_whatever_state():
    owner, questions = a_guest(), [published_question() for _ in range(3)]
    practice = a_practice(owner, *questions)
    first = ask_next(owner, practice.pk, now=on(19))
    transitions.discard(owner, first.pk, now=on(19))
    attempt = asked_in(practice)
    ask_next(owner, practice.pk, now=on(22))
    answers = answers_to(practice, attempt, texts_of=questions[0].pk)
    assert [each.state for each in answers] == ["running", "submitted", "discarded"]
    assert {each.practice for each in answers} == {practice.pk}


@OWNERS
def test_the_questions_in_order_with_when_they_are_due(make_owner):
    owner = make_owner()
    late, early, new = (published_question() for _ in range(3))
    answered(owner, "0.9", late, at=on(19))
    answered(owner, "0.1", early, at=on(5))
    answered(a_guest(), "0.1", new, at=on(5))
    beside = answered(owner, "0.1", at=on(6)).version.question
    course = read_course(a_practice(owner, late, early, new), on(20), None)
    assert [each.question for each in course.questions] == [late, early, new]
    assert [each.is_scheduled for each in course.questions] == [True, True, False]
    assert [each.due_at for each in course.questions] == [on(27), on(6), None]
    assert course.due == 2, beside
    assert course.next_due_at == on(27)
    soon = read_course(a_practice(owner, late), on(20), on(22).date())
    assert soon.next_due_at < on(21)


def test_a_practice_whose_questions_were_deleted_has_none():
    owner, question = a_guest(), published_question()
    practice = a_practice(owner, question)
    practice.question_ids = [0]
    course = read_course(practice, on(20), None)
    assert (course.questions, course.due, course.next_due_at) == ([], 0, None)
