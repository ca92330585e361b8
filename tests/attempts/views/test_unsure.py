"""The result page while points are unsure, said the opposite of, or in another language."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attempts import transitions
from attempts.marking import suggesting
from attempts.models import Answer, Attempt, Suggestion
from attempts.transitions import staff
from tests.attempts.marking.answers import owner_of
from tests.attempts.views.results import result_of, tick
from tests.factories import START, AnswerFactory, AttemptFactory, published_question
from tests.plain_browser import HTMX, logged_in, visit

pytestmark = pytest.mark.django_db

FOUND = {"confidence": 0.9, "text": "Something", "opposite": None}
UNSURE = {"confidence": 0.4, "text": "true", "opposite": None}
OPPOSITE = {"confidence": 0.5, "text": "Something true.", "opposite": "It is false."}
MISSING = {"confidence": 0.0, "text": None, "opposite": None}


def suggested(*evidence, attempt=None) -> Answer:
    """A written answer for which an engine found this."""
    points = [f"Idea {n}." for n in range(1, len(evidence) + 1)]
    version = published_question(key_points=points).current_version
    attempt = attempt or AttemptFactory(finished=True)
    answer = AnswerFactory(attempt=attempt, version=version, written=True, closed=True)
    covered = [found is FOUND for found in evidence]
    found = Suggestion(covered, list(evidence), "test-1")
    assert transitions.store_suggestion(answer.pk, answer.revision, found)
    return Answer.objects.get(pk=answer.pk)


def page_of(answer: Answer):
    return visit(logged_in(answer.attempt.user), f"/attempts/{answer.attempt_id}/review/")


def test_the_score_is_a_range_while_points_are_unsure():
    first = suggested(FOUND, UNSURE)
    suggested(FOUND, UNSURE, MISSING, attempt=first.attempt)
    page = page_of(first)
    result = result_of(page)
    assert (result.score.range, result.score.unsure) == ((42, 83), 2)
    assert "42 to 83 / 100" in page.words
    assert "2 points are unsure" in page.words
    assert "1 to 2 of 2 points, automatic" in page.words


def test_what_is_said_the_opposite_of_or_not_found_is_not_unsure():
    page = page_of(suggested(FOUND, OPPOSITE, MISSING))
    assert result_of(page).score.range is None
    assert "33 / 100" in page.words
    assert "unsure" not in page.words


def test_deciding_narrows_the_range():
    first = suggested(FOUND, UNSURE)
    second = suggested(FOUND, UNSURE, attempt=first.attempt)
    client = logged_in(first.attempt.user)
    html = tick(client, first.attempt, first.position, 0, 1, headers=HTMX).content.decode()
    assert "75<small> to </small>100" in html
    assert ", 2 of 2 points<" in html
    tick(client, first.attempt, second.position, 0)
    page = page_of(first)
    assert result_of(page).score.range is None
    assert "75 / 100" in page.words


def test_accepting_all_leaves_one_number():
    answer = suggested(FOUND, UNSURE)
    transitions.confirm(owner_of(answer), answer.attempt_id, now=START)
    page = page_of(answer)
    assert result_of(page).score.range is None
    assert "50 / 100" in page.words


def test_an_unsure_point_that_was_withdrawn_is_not_in_the_range():
    answer = suggested(FOUND, UNSURE)
    staff.regrade(
        answer.attempt_id,
        answer.position,
        [True, False],
        instead_of=answer.share,
        why="x",
        now=START,
    )
    assert result_of(page_of(answer)).score.range is None


def test_a_range_that_is_one_number_when_rounded_is_shown_as_one():
    attempt = AttemptFactory(finished=True)
    answer = suggested(*[FOUND] * 5, UNSURE, attempt=attempt)
    for _ in range(35):
        suggested(FOUND, attempt=attempt)
    page = page_of(answer)
    assert result_of(page).score.unsure == 1
    assert result_of(page).score.range is None


def test_what_is_to_be_decided_comes_first_with_the_author_s_number():
    answer = suggested(MISSING, FOUND, UNSURE, OPPOSITE)
    page = page_of(answer)
    boxes = [f.value for form in page.forms for f in form.fields if f.name == "points"]
    assert boxes == ["2", "3", "0", "1"]
    assert "4 Idea 4." in page.words
    client = logged_in(answer.attempt.user)
    tick(client, answer.attempt, answer.position, 0, 1, 2, 3)
    boxes = [f.value for form in page_of(answer).forms for f in form.fields if f.name == "points"]
    assert boxes == ["2", "3", "0", "1"]


def test_the_statement_that_was_compared_is_shown_and_the_clause_is_marked():
    page = page_of(suggested(OPPOSITE, FOUND))
    assert "says the opposite?" in page.words
    assert "“It is false.”" in page.words
    (row,) = result_of(page).rows
    marked = [(p.text, p.points, p.ends, how) for p, how in row.marks if p.points]
    assert marked == [("Something", (1, 2), (2,), ""), (" true.", (1,), (1,), "perhaps")]


def test_what_is_decided_against_is_not_marked_any_more():
    answer = suggested(UNSURE, MISSING)
    assert [p.points for p in result_of(page_of(answer)).rows[0].passages if p.points] == [(1,)]
    tick(logged_in(answer.attempt.user), answer.attempt, answer.position)
    assert [p for p in result_of(page_of(answer)).rows[0].passages if p.points] == []


def test_no_sentence_of_the_answer_is_there_twice():
    answer = suggested(FOUND, UNSURE, OPPOSITE)
    words = page_of(answer).words
    assert words.replace("Something else", "").count("Something") == 1  # a reason of reports


GERMAN = (
    "Versionskontrolle hält jede Änderung am Code mit Autor und Datum fest, und so kann man ein"
    " altes Ergebnis wieder aufbauen."
)


def foreign(**fields) -> Answer:
    """An answer in German, as the engine of this process leaves it."""
    attempt = fields.pop("attempt", None) or AttemptFactory(finished=True)
    answer = AnswerFactory(attempt=attempt, text=GERMAN, closed=True, **fields)
    assert suggesting.suggest(answer.pk)
    return Answer.objects.get(pk=answer.pk)


def test_an_answer_in_another_language_says_so_and_waits_for_ticks():
    answer = foreign()
    page = page_of(answer)
    result = result_of(page)
    assert (result.score.not_english, result.score.unchecked, result.is_waiting) == (1, 1, False)
    assert "– / 100" in page.words
    assert "This answer does not seem to be in English." in page.words
    tick(logged_in(answer.attempt.user), answer.attempt, answer.position, 0, 1)
    page = page_of(answer)
    assert (result_of(page).score.not_english, result_of(page).score.unchecked) == (0, 0)
    assert "100 / 100" in page.words


def test_beside_others_it_may_count_anything_until_it_is_ticked():
    answer = suggested(FOUND, MISSING)
    foreign(attempt=answer.attempt)
    result = result_of(page_of(answer))
    assert (result.score.range, result.score.unsure, result.score.not_english) == ((25, 75), 0, 1)


def test_the_history_says_so_far_of_what_nobody_has_checked():
    answer = foreign()
    tick(logged_in(answer.attempt.user), answer.attempt, answer.position, 0)
    foreign(attempt=answer.attempt)
    attempt = Attempt.objects.with_counts().get()
    assert (attempt.unscored, attempt.suggested) == (1, 0)


def test_the_history_shows_the_range_of_the_result():
    first = suggested(FOUND, UNSURE)
    second = suggested(FOUND, UNSURE, MISSING, attempt=first.attempt)
    blank = AnswerFactory(attempt=first.attempt, closed=True)
    client = logged_in(first.attempt.user)
    result = result_of(page_of(first)).score
    (row,) = visit(client, "/attempts/").response.context["history"].rows
    assert row.score_range == result.range == (28, 56)
    assert not blank.is_answered
    assert "28 to 56 automatic" in visit(client, "/attempts/").words
    tick(client, first.attempt, first.position, 0, 1)
    tick(client, first.attempt, second.position, 0)
    (row,) = visit(client, "/attempts/").response.context["history"].rows
    assert row.score_range is None
    assert "44" in visit(client, "/attempts/").words


def test_the_history_counts_every_point_of_another_language_as_open():
    answer = suggested(FOUND, MISSING)
    foreign(attempt=answer.attempt)
    client = logged_in(answer.attempt.user)
    (row,) = visit(client, "/attempts/").response.context["history"].rows
    assert row.score_range == result_of(page_of(answer)).score.range == (25, 75)


def test_the_history_has_no_range_without_a_score():
    answer = foreign()
    (row,) = visit(logged_in(answer.attempt.user), "/attempts/").response.context["history"].rows
    assert row.score_range is None


@pytest.mark.parametrize("headers", [None, HTMX])
def test_ranges_take_the_same_queries_for_one_row_and_for_many(headers):
    first = suggested(FOUND, UNSURE)
    client = logged_in(first.attempt.user)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get("/attempts/", headers=headers)
        return len(captured)

    queries()
    one = queries()
    for _ in range(3):
        suggested(FOUND, UNSURE, attempt=AttemptFactory(finished=True, user=first.attempt.user))
    assert queries() == one


def test_a_topic_shows_the_range_of_its_answers():
    first = suggested(FOUND, UNSURE)
    page = page_of(first)
    (span,) = result_of(page).score.by_topic.values()
    assert (span.low, span.high) == (50, 100)
    assert f"{first.version.question.topic.name} 50 to 100" in page.words
