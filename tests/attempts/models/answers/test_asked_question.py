"""A question together with its follow-ups."""

from decimal import Decimal

import pytest

from attempts.models import Answer, AskedQuestion, by_question, question_of
from tests.attempts.follow_ups import asked_back, attempt_with_room, follow_up, question

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("made", "when_asked", "how", "share"),
    [
        ("10", [], ["made", "missed"], "0.5"),
        ("10", ["01"], ["made", "made when asked"], "0.75"),
        ("10", ["10"], ["made", "missed"], "0.5"),
        ("00", ["10", "01"], ["made when asked"] * 2, "0.5"),
        ("00", ["", "01"], ["missed", "made when asked"], "0.25"),
        ("00", [""], ["missed", "missed"], "0"),
        ("", ["01"], None, None),  # the answer itself waits for an engine
    ],
)
def test_what_a_question_is_worth(made, when_asked, how, share):
    answer = question(attempt_with_room(), made, text="Something.")
    for number, each in enumerate(when_asked):
        follow_up(answer, each, point=number)
    asked = AskedQuestion.of(Answer.objects.get(pk=answer.pk))
    assert asked.how_made == how
    assert asked.share == (None if share is None else Decimal(share))


def test_ticks_of_the_candidate_come_before_what_was_found():
    answer = asked_back("10", "01")
    answer.follow_ups.update(confirmed=[False, False])
    assert AskedQuestion.of(answer).share == Decimal("0.5")
    Answer.objects.filter(pk=answer.pk).update(confirmed=[False, False], counted=[False, True])
    answer.follow_ups.update(confirmed=[True, True])
    assert AskedQuestion.of(Answer.objects.get(pk=answer.pk)).share == Decimal("0.5")


def test_a_question_without_an_answer_is_worth_nothing_whatever_its_follow_ups_say():
    answer = question(attempt_with_room(), "", text="")
    follow_up(answer, "1000")
    asked = AskedQuestion.of(answer)
    assert (asked.share, asked.how_made, asked.answered_follow_ups) == (None, None, [])
    assert asked.is_checked


def test_a_question_is_checked_once_all_its_written_answers_are():
    answer = asked_back("10", "01", "")
    assert not AskedQuestion.of(answer).is_checked
    answer.confirmed = [True, False]
    assert not AskedQuestion.of(answer).is_checked
    answer.follow_ups.filter(asked_point=1).update(confirmed=[False, True])
    assert AskedQuestion.of(answer).is_checked


def test_rows_are_put_together_by_their_question():
    attempt = attempt_with_room()
    first, second = question(attempt, number=1), question(attempt, number=2)
    of_first = [follow_up(first, point=1), follow_up(first, point=3)]
    of_second = [follow_up(second)]
    rows = list(attempt.answers.all())
    assert by_question(rows) == [AskedQuestion(first, of_first), AskedQuestion(second, of_second)]
    assert question_of(of_first[1], rows).answer == first
    assert question_of(second, rows).follow_ups == of_second
    assert by_question(of_first) == []
    with pytest.raises(Answer.DoesNotExist):
        question_of(of_first[0], of_second)


def test_what_is_not_shown_has_names_that_people_know():
    answer = asked_back("10", "01")
    later = answer.follow_ups.get()
    assert (answer.name, later.name) == ("question 1", "follow-up to question 1")
    assert later.asked == "And if it fails?"
    assert not later.may_say_sureness
