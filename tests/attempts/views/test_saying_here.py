"""The result page: which words of the answer make a point that was not found."""

import pytest

from attempts.models import Answer, SaidHere
from attempts.transitions import staff
from quizsite.clock import database_now
from tests.attempts.marking.answers import POINTS, answered
from tests.attempts.views.results import result_of
from tests.plain_browser import HTMX, logged_in, visit

pytestmark = pytest.mark.django_db

TEA = "I like tea."


def checked(**fields) -> tuple[Answer, object]:
    """An answer in which an engine found the first of two points, and its owner's browser."""
    fields = {"suggested": [True, False], "engine": "test-1", "share": "0.5", **fields}
    evidence = [{"confidence": 0.9, "text": "Every change"}, {"confidence": 0.1, "text": None}]
    answer = answered(evidence=evidence, **fields)
    return answer, logged_in(answer.attempt.user)


def say_here(client, answer, point=1, *, words=TEA, points=("0", "1"), **how):
    address = f"/attempts/{answer.attempt_id}/review/{answer.position}/said/{point}/"
    return client.post(address, {"points": points, "words": words}, **how)


def shown() -> list[tuple[int, str]]:
    return list(SaidHere.objects.values_list("point", "words"))


def offers(page) -> list[str]:
    """The sentences that can be pressed."""
    return [
        button.name for button in page.buttons if "sentence" in button.attributes.get("class", "")
    ]


def test_the_sentences_are_offered_below_a_point_that_was_added_and_no_other():
    answer, client = checked()
    page = visit(client, answer.attempt.get_absolute_url())
    assert offers(page) == []
    page = page.press("Save ticks", points=["0", "1"])
    assert page.address.endswith(f"#marks-{answer.position}")
    assert offers(page) == [POINTS[0], TEA]


def test_one_press_shows_the_words_and_sends_the_ticks_along():
    answer, client = checked(confirmed=[True, True])
    page = visit(client, answer.attempt.get_absolute_url())
    page = page.press(TEA, points=["1"])
    assert shown() == [(1, TEA)]
    answer.refresh_from_db()
    assert answer.confirmed == [False, True]
    row = result_of(page).rows[0]
    assert [(p.text, p.points) for p in row.passages if p.points] == [(TEA, (2,))]
    assert row.shown_by_candidate == [2]
    assert page.words.count("shown by you") == 2  # in the answer and below the point


def test_over_htmx_the_part_below_the_point_and_what_follows_come_back():
    answer, client = checked()
    html = say_here(client, answer, headers=HTMX).content.decode()
    at = answer.position
    for part in (f"said-{at}-1", f"marked-{at}", "score", f"pill-{at}", f"written-{at}"):
        assert f'id="{part}"' in html
    assert "checkbox" not in html
    assert shown() == [(1, TEA)]


def test_a_tick_over_htmx_brings_the_offer_and_takes_it_away():
    answer, client = checked()
    address = f"/attempts/{answer.attempt_id}/review/{answer.position}/"
    part = f'id="said-{answer.position}-1"'
    html = client.post(address, {"points": ["0", "1"]}, headers=HTMX).content.decode()
    assert part in html
    assert TEA in html.partition(part)[2]
    say_here(client, answer)
    html = client.post(address, {"points": ["0"]}, headers=HTMX).content.decode()
    assert part in html
    assert TEA not in html.partition(part)[2]
    assert shown() == []


def test_a_tick_leaves_what_is_open_below_other_points():
    answer, client = checked(suggested=[False, False])
    address = f"/attempts/{answer.attempt_id}/review/{answer.position}/"
    client.post(address, {"points": ["1"]}, headers=HTMX)
    html = client.post(address, {"points": ["0", "1"]}, headers=HTMX).content.decode()
    assert f'id="said-{answer.position}-0"' in html
    assert f'id="said-{answer.position}-1"' not in html


@pytest.mark.parametrize("headers", [None, HTMX])
@pytest.mark.parametrize("words", ["I like coffee.", "", "x" * 301])
def test_words_that_are_not_there_are_refused_beside_the_point(words, headers):
    answer, client = checked(confirmed=[True, True])
    response = say_here(client, answer, words=words, headers=headers)
    assert response.status_code == 422
    assert 'class="refused" tabindex="-1" autofocus' in response.content.decode()
    assert shown() == []


@pytest.mark.parametrize("point", [2, 9 * 10**30])
def test_a_point_that_does_not_exist_is_refused(point):
    answer, client = checked()
    assert say_here(client, answer, point).status_code == 400
    assert shown() == []


@pytest.mark.parametrize("headers", [None, HTMX])
@pytest.mark.parametrize("words", ["I like coffee.", "", "x" * 301])
def test_ticks_that_come_with_refused_words_are_kept(words, headers):
    answer, client = checked(confirmed=[False, True])
    response = say_here(client, answer, words=words, points=["0", "1"], headers=headers)
    assert response.status_code == 422
    answer.refresh_from_db()
    assert (answer.confirmed, answer.share) == ([True, True], 1)
    assert [point.met for point in response.context["result"].rows[0].points] == [True, True]


@pytest.mark.parametrize("headers", [None, HTMX])
def test_a_point_that_is_not_ticked_is_refused_beside_it_and_stays_so(headers):
    answer, client = checked(confirmed=[True, True])
    response = say_here(client, answer, points=["0"], headers=headers)
    assert response.status_code == 422
    assert 'class="refused" tabindex="-1" autofocus' in response.content.decode()
    assert shown() == []
    answer.refresh_from_db()
    assert answer.confirmed == [True, False]


@pytest.mark.parametrize("words", [TEA, ""])
def test_a_running_attempt_shows_no_points(words):
    answer, client = checked()
    staff.reopen(answer.attempt_id, answer.attempt.limit, why="x", now=database_now())
    response = say_here(client, answer, words=words)
    assert response.status_code == 302
    assert response.headers["Location"] == f"/attempts/{answer.attempt_id}/"
    assert shown() == []


def test_words_are_compared_in_the_form_in_which_answers_are_stored():
    answer, client = checked(text="one\ntwo")
    assert say_here(client, answer, words="one\r\ntwo").status_code == 302
    assert shown() == [(1, "one\ntwo")]


def test_what_candidates_show_is_text():
    text = 'It is <b>"bold"</b> & <script>alert(1)</script>'
    answer, client = checked(text=text, confirmed=[True, True])
    page = visit(client, answer.attempt.get_absolute_url()).press(text)
    assert shown() == [(1, text)]
    assert "<script>alert" not in page.html
    assert page.words.count(text) >= 2


def test_without_a_suggestion_nothing_is_offered():
    answer, client = checked(suggested=None, engine="", confirmed=[True, True])
    Answer.objects.update(evidence=None, engine="test-1", not_english=True)
    assert offers(visit(client, answer.attempt.get_absolute_url())) == []
