from datetime import timedelta

import pytest

from attempts.models import Answer, answer_at, last_opened
from tests.factories import START, AnswerFactory, AttemptFactory


def three(*opened_after):
    """Three answers in order, each opened so many seconds after START, or not at all."""
    return [
        Answer(position=n, opened_at=None if s is None else START + timedelta(seconds=s))
        for n, s in enumerate(opened_after, start=1)
    ]


def test_an_answer_is_found_by_its_position():
    answers = three(0, None, None)
    assert answer_at(answers, 2) is answers[1]


@pytest.mark.parametrize("position", [0, 4])
def test_a_position_that_the_attempt_does_not_have_is_an_error(position):
    with pytest.raises(Answer.DoesNotExist):
        answer_at(three(0, None, None), position)


@pytest.mark.parametrize(
    ("opened_after", "position"),
    [
        ((0, None, None), 1),
        ((0, 10, None), 2),
        ((20, 10, None), 1),
        ((None, None, 5), 3),
        ((None, None, None), 1),
    ],
)
def test_which_answer_was_opened_last(opened_after, position):
    assert last_opened(three(*opened_after)).position == position


# --- what somebody was shown ------------------------------------------------------------------

OPENED = {"opened_at": START}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("attempt", "answer", "is_shown"),
    [
        ({"finished": True}, {}, True),
        ({"state": "discarded", "finished_at": START}, {}, True),
        ({"timing": "total"}, {}, False),
        ({"timing": "total"}, OPENED, True),
        ({"timing": "total"}, {"time_spent": timedelta(seconds=9)}, True),
        # The clock opens and closes questions that no page has shown.
        ({"timing": "per_question"}, OPENED, False),
        ({"timing": "per_question"}, {**OPENED, "shown_at": START}, True),
    ],
)
def test_a_running_attempt_has_shown_what_was_opened_and_a_result_shows_all(
    attempt, answer, is_shown
):
    row = AnswerFactory(attempt=AttemptFactory(**attempt), **answer)
    other = AnswerFactory(attempt=AttemptFactory(finished=True))
    shown = Answer.objects.shown_to(row.attempt.owner)
    assert list(shown) == ([row] if is_shown else [])
    assert list(Answer.objects.shown_to(other.attempt.owner)) == [other]
    assert list(Answer.objects.shown_to(None)) == []
