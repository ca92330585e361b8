"""What an engine suggests, stored beside what the candidate says."""

import sys
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection

from attempts import scoring, transitions
from attempts.marking import suggesting
from attempts.models import Answer, Suggestion
from attempts.owners import Owner
from attempts.rules.lifecycle import IllegalTransition, State
from attempts.rules.save_verdicts import Save
from attempts.views.results.answer_result import AnswerResult
from attempts.views.results.result_page import ResultPage
from tests.attempts.marking.answers import POINTS, TEXT, answered, owner_of, suggestion
from tests.factories import START, AnswerFactory, AttemptFactory

pytestmark = pytest.mark.django_db


def test_a_suggestion_names_its_engine_and_shows_the_sentence():
    answer = answered()
    suggesting.suggest(answer.pk)
    answer.refresh_from_db()
    assert answer.engine == scoring.engine_name()
    assert answer.suggested == [True, False]
    assert answer.evidence[0]["text"] in TEXT
    assert answer.share == Decimal("0.5000")
    answer.attempt.refresh_from_db()
    assert answer.attempt.score == Decimal("50.00")


def test_a_suggestion_for_a_text_that_changed_meanwhile_is_dropped():
    answer = answered(revision=3)
    assert not transitions.store_suggestion(answer.pk, 2, suggestion([True, True]))
    answer.refresh_from_db()
    assert (answer.suggested, answer.engine, answer.share) == (None, "", None)


def test_a_suggestion_for_an_answer_that_is_gone_is_not_stored():
    answer = answered()
    key, revision = answer.pk, answer.revision
    answer.attempt.delete()
    assert not transitions.store_suggestion(key, revision, suggestion([True, True]))


def test_what_the_candidate_marked_stays_and_both_are_kept():
    answer = answered()
    transitions.mark(owner_of(answer), answer.attempt_id, answer.position, [False, True], now=START)
    transitions.store_suggestion(answer.pk, answer.revision, suggestion([True, True]))
    answer.refresh_from_db()
    assert (answer.suggested, answer.confirmed) == ([True, True], [False, True])
    assert answer.share == Decimal("0.5000")


def test_confirming_takes_the_suggestions_of_answers_that_were_not_marked():
    answer = answered()
    other = AnswerFactory(attempt=answer.attempt, written=True, closed=True)
    transitions.store_suggestion(answer.pk, answer.revision, suggestion([True, False]))
    transitions.store_suggestion(other.pk, other.revision, suggestion([True, True]))
    transitions.mark(owner_of(answer), answer.attempt_id, other.position, [False, False], now=START)
    locked = transitions.confirm(owner_of(answer), answer.attempt_id, now=START)
    assert {a.position: a.confirmed for a in locked.answers} == {
        answer.position: [True, False],
        other.position: [False, False],
    }
    assert locked.attempt.score == Decimal("25.00")


def test_only_a_finished_attempt_can_be_confirmed():
    attempt = AttemptFactory()
    with pytest.raises(IllegalTransition):
        transitions.confirm(Owner(user_id=attempt.user_id), attempt.pk, now=START)


def test_a_changed_text_loses_its_suggestion():
    attempt = AttemptFactory()
    answer = AnswerFactory(attempt=attempt, position=1, written=True, opened_at=START)
    transitions.store_suggestion(answer.pk, answer.revision, suggestion([True, True]))
    sent = Save(text="Something else.", revision=answer.revision, writer="w", sequence=1)
    transitions.save(Owner(user_id=attempt.user_id), attempt.pk, 1, sent, now=START)
    answer.refresh_from_db()
    assert (answer.suggested, answer.engine, answer.share) == (None, "", None)


@pytest.mark.parametrize("blank", [" \n\t", "\N{NO-BREAK SPACE}\N{EM SPACE}"])
def test_blank_answers_await_nothing(blank):
    answered(blank)
    assert not Answer.objects.awaiting_suggestion().exists()


def test_postgres_and_python_agree_about_what_is_blank():
    spaces = [chr(code) for code in range(1, sys.maxunicode + 1) if chr(code).isspace()]
    answered("".join(spaces))
    words = answered("".join(spaces) + "\N{ZERO WIDTH SPACE}")
    assert list(Answer.objects.awaiting_suggestion()) == [words]
    assert words.is_answered


def test_what_an_engine_has_looked_at_is_not_scored_again():
    answer = answered()
    transitions.store_suggestion(answer.pk, answer.revision, suggestion([True, True], "old-1"))
    suggesting.suggest(answer.pk)
    assert Answer.objects.get(pk=answer.pk).engine == "old-1"


def test_batches_have_every_answer_once_and_leave_no_cursor_open():
    answers = [AnswerFactory() for _ in range(5)]
    batches = Answer.objects.in_batches(size=2)
    first = next(batches)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_cursors")
        assert cursor.fetchone() == (0,)
    assert [first, *batches] == answers


def result_of(*answers) -> ResultPage:
    return ResultPage(answers[0].attempt, list(answers), START)


def test_the_page_says_found_unsure_not_found():
    answer = answered(
        suggested=[True, False],
        evidence=[{"confidence": 0.9, "text": POINTS[0]}, {"confidence": 0.1, "text": None}],
        engine="minilm-2",
    )
    row = AnswerResult(answer)
    assert [point.state for point in row.points] == ["found", "not found"]
    assert [passage.points for passage in row.passages] == [(1,), ()]
    answer.evidence[1]["text"] = "tea"
    assert [point.state for point in AnswerResult(answer).points] == ["found", "unsure"]


def test_a_result_waits_for_the_engine_however_late_it_is_opened():
    answer = answered()
    finished_at = answer.attempt.finished_at
    later = ResultPage(answer.attempt, [answer], finished_at + timedelta(days=1))
    assert later.is_waiting
    answer.engine = "test-1"
    assert not later.is_waiting


def test_a_discarded_attempt_waits_for_no_engine():
    answer = answered()
    answer.attempt.state = State.DISCARDED.value
    assert not result_of(answer).is_waiting


def test_a_score_is_suggested_until_it_is_confirmed():
    answer = answered()
    transitions.store_suggestion(answer.pk, answer.revision, suggestion([True, False], "lexical-2"))
    answer = Answer.objects.get(pk=answer.pk)
    result = result_of(answer)
    assert (result.score.is_automatic, result.score.unchecked) == (True, 1)
    assert result.compares_words_only
    answer.confirmed = [True, False]
    assert (result.score.is_automatic, result.score.unchecked) == (False, 0)


def test_an_answer_in_another_language_waits_for_the_candidate_and_counts_nothing_by_itself():
    answer = answered()
    foreign = Suggestion(covered=None, evidence=None, engine="test-1")
    assert transitions.store_suggestion(answer.pk, answer.revision, foreign)
    answer.refresh_from_db()
    assert (answer.not_english, answer.suggested, answer.share) == (True, None, None)
    assert not Answer.objects.awaiting_suggestion().exists()
    transitions.confirm(owner_of(answer), answer.attempt_id, now=START)
    answer.refresh_from_db()
    assert answer.confirmed is None
    answer.attempt.refresh_from_db()
    assert answer.attempt.score is None
    ticks = [True, True]
    transitions.mark(owner_of(answer), answer.attempt_id, answer.position, ticks, now=START)
    answer.refresh_from_db()
    assert answer.share == 1


def test_a_suggestion_takes_the_place_of_another_language():
    answer = answered()
    transitions.store_suggestion(answer.pk, answer.revision, suggestion([True, True]))
    transitions.store_suggestion(answer.pk, answer.revision, Suggestion(None, None, "test-2"))
    answer.refresh_from_db()
    assert (answer.not_english, answer.suggested, answer.share) == (True, None, None)
    transitions.store_suggestion(answer.pk, answer.revision, suggestion([True, False]))
    answer.refresh_from_db()
    assert (answer.not_english, answer.share) == (False, Decimal("0.5"))
