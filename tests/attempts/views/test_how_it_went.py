"""Pace and delivery on the result."""

from datetime import timedelta

import pytest

from attempts.models import Answer
from attempts.rules.results.delivery import DEFINITIONS
from attempts.rules.results.pace import Event
from tests.attempts.views.results import result_of, tick
from tests.factories import START, AnswerFactory, AttemptFactory
from tests.plain_browser import HTMX, logged_in, visit

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def page_of(attempt):
    return visit(logged_in(attempt.user), f"/attempts/{attempt.pk}/review/")


def reached(attempt, **fields) -> Answer:
    values = {"opened_at": START, "written": True, "closed": True, "engine": "test-1", **fields}
    return AnswerFactory(attempt=attempt, **values)


def told(page, answer):
    answers = result_of(page).how_it_went.answers
    return next(each for each in answers if each.row.answer == answer)


def test_the_time_of_each_answer():
    attempt = AttemptFactory(finished=True, timing="per_question")
    answer = reached(
        attempt, time_spent=MINUTE, limit=3 * MINUTE, first_word_after=timedelta(seconds=9),
        longest_pause=timedelta(seconds=21),
    )  # fmt: skip
    page = page_of(attempt)
    pace = told(page, answer).pace
    assert (pace.used, pace.allowed, pace.events) == (MINUTE, 3 * MINUTE, ())
    for words in ("9 s to the first word", "21 s longest pause", "1 min of 3 min 9 s 21 s"):
        assert words in page.words


def test_what_is_not_known_is_not_shown():
    attempt = AttemptFactory(finished=True)
    reached(attempt)
    page = page_of(attempt)
    assert " s to the first word" not in page.words
    assert "– –" in page.words


@pytest.mark.parametrize(
    ("fields", "event"),
    [
        ({"closed_by": "deadline"}, Event.RAN_OUT),
        ({"closed_by": "skipped", "text": ""}, Event.SKIPPED),
        ({"opened_at": None, "text": ""}, Event.NOT_REACHED),
        ({"text": ""}, Event.NOT_ANSWERED),
        ({"text_at_deadline": "Some"}, Event.OVERTIME),
    ],
)
def test_what_happened_to_a_question(fields, event):
    attempt = AttemptFactory(finished=True)
    answer = reached(attempt, **fields)
    reached(attempt)
    page = page_of(attempt)
    assert told(page, answer).pace.events == (event,)
    assert f"1 {event}" in page.words


def test_a_question_that_got_more_time_and_a_text_that_came_late():
    attempt = AttemptFactory(finished=True)
    answer = reached(attempt)
    attempt.added_times.create(
        position=answer.position, amount=MINUTE, reason="asked", added_at=START
    )
    answer.kept_texts.create(source="late", writer="w", text="Late.", kept_at=START)
    other = reached(attempt)
    other.kept_texts.create(source="other", writer="w", text="From there.", kept_at=START)
    page = page_of(attempt)
    assert told(page, answer).pace.events == (Event.EXTENDED, Event.LATE)
    assert told(page, other).pace.events == ()


def test_delivery_is_counted_and_each_count_is_defined():
    attempt = AttemptFactory(finished=True)
    reached(attempt, text="I think Git has 3 branches. It might use DVC.")
    reached(attempt, text="Git again, <b>maybe</b>.")
    page = page_of(attempt)
    counted = result_of(page).how_it_went.delivery
    assert (counted.words.number, counted.hedges, counted.numbers, counted.tools) == (13, 3, 1, 2)
    assert "(I think, might)" in page.words
    for definition in DEFINITIONS.values():
        assert definition in page.words
    assert "<b>maybe" not in page.html


def test_nothing_is_counted_where_nothing_was_written():
    attempt = AttemptFactory(finished=True)
    reached(attempt, text="", engine="")
    page = page_of(attempt)
    assert result_of(page).how_it_went.written == []
    assert "Delivery" not in page.words


def test_whether_the_first_sentence_answers_follows_from_the_ticks():
    attempt = AttemptFactory(finished=True, score="50.00")
    found = [{"confidence": 0.9, "text": "Something true."}, {"confidence": 0.1, "text": None}]
    answer = reached(attempt, suggested=[True, False], evidence=found, share="0.5")
    assert told(page_of(attempt), answer).delivery.answers_first
    html = tick(logged_in(attempt.user), attempt, answer.position, 1, headers=HTMX).content.decode()
    assert f'id="first-{answer.position}" data-hx-swap-oob="true">no<' in html
    assert 'id="answer-first" data-hx-swap-oob="true">0 of 1<' in html
