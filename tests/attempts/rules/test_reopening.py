from datetime import datetime, timedelta

import pytest

from attempts.rules import lifecycle
from attempts.rules.lifecycle import AttemptClock, IllegalTransition, QuestionClock
from attempts.rules.reopening import put_back, reopen_question, rewind
from tests.factories import START

MINUTE = timedelta(seconds=60)


def after(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def three_questions():
    """60, 90 and 30 seconds, five seconds after the third was opened; no page has shown one."""
    limits = [timedelta(seconds=seconds) for seconds in (60, 90, 30)]
    questions = (QuestionClock(limits[0], START), *map(QuestionClock, limits[1:]))
    return lifecycle.advance(
        AttemptClock(START, None, False, True, questions), after(155)
    ).questions


def test_rewind_opens_a_closed_question_again_and_lets_the_later_ones_wait():
    assert rewind(three_questions(), 0, after(300), after(155)) == (
        QuestionClock(timedelta(seconds=300), START),
        QuestionClock(timedelta(seconds=90)),
        QuestionClock(timedelta(seconds=30)),
    )


def test_rewind_leaves_the_earlier_questions_alone():
    questions = three_questions()
    assert rewind(questions, 1, after(200), after(155))[0] == questions[0]


def test_a_question_opens_again_as_if_at_another_time_with_another_limit():
    questions = three_questions()
    assert reopen_question(questions, 1, after(500), None, after(155)) == (
        questions[0],
        QuestionClock(None, after(500)),
        QuestionClock(timedelta(seconds=30)),
    )


@pytest.mark.parametrize("index", [0, 1])
def test_rewind_refuses_a_question_without_clock_or_not_opened(index):
    questions = (QuestionClock(None, START), QuestionClock(MINUTE))
    with pytest.raises(IllegalTransition):
        rewind(questions, index, after(300), after(10))


SEEN = {"shown_at": after(5)}


@pytest.mark.parametrize(
    ("question", "spent"),
    [
        (QuestionClock(MINUTE), 0),  # was never opened
        (QuestionClock(MINUTE, after(0)), 0),  # nobody has seen it
        (QuestionClock(MINUTE, after(0), after(60)), 0),
        (QuestionClock(MINUTE, after(0), **SEEN), 40),
        (QuestionClock(MINUTE, after(0), after(30), **SEEN), 30),
        (QuestionClock(timedelta(seconds=20), after(0), after(20), **SEEN), 20),
        (QuestionClock(timedelta(seconds=20), after(0), **SEEN), 20),  # never more than it had
        (QuestionClock(None, after(0), **SEEN), 40),
        (QuestionClock(MINUTE, after(50), **SEEN), 0),  # the later request is served first
        (QuestionClock(MINUTE, spent=timedelta(seconds=7), **SEEN), 7),  # it is waiting already
    ],
)
def test_what_a_question_has_used_of_its_time_when_it_is_put_back(question, spent):
    waiting = put_back(question, after(40))
    assert (waiting.spent, waiting.opened_at, waiting.closed_at) == (
        timedelta(seconds=spent),
        None,
        None,
    )
    assert (waiting.limit, waiting.shown_at) == (question.limit, question.shown_at)
