"""Follow-ups on a result: shown beneath their question, and each point corrected in three kinds."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest

from attempts.models import Answer, Attempt, KeptText, Report, SaidHere
from attempts.rules.totals import WHAT_ASKED_IS_WORTH
from tests.attempts.follow_ups import (
    OWN_WORDS,
    WHEN_ASKED,
    asked_back,
    attempt_with_room,
    evidence,
    follow_up,
    question,
)
from tests.attempts.views.results import result_of
from tests.factories import START
from tests.plain_browser import HTMX, visit

pytestmark = pytest.mark.django_db

FIRST = {"how-0": "made", "how-1": "missed", "how-2": "missed", "how-3": "asked"}


def shown(client, answer: Answer, query: str = ""):
    client.force_login(answer.attempt.user)
    return visit(client, answer.attempt.get_absolute_url() + query)


def scored(answer: Answer, share: str) -> Answer:
    Answer.objects.filter(pk=answer.pk).update(share=share)
    Attempt.objects.filter(pk=answer.attempt_id).update(score=100 * Decimal(share))
    return Answer.objects.get(pk=answer.pk)


def post(client, answer: Answer, address: str = "", data=FIRST, **how):
    client.force_login(answer.attempt.user)
    at = f"/attempts/{answer.attempt_id}/review/{answer.position}/{address}"
    return client.post(at, data, **how)


def state_of(answer: Answer) -> tuple:
    row = Answer.objects.get(pk=answer.pk)
    return row.confirmed, [each.confirmed for each in row.follow_ups.all()], row.share


def test_each_follow_up_is_shown_with_its_question_text_and_reason(client):
    answer = asked_back("1000", "0100")
    page = shown(client, scored(answer, "0.375"))
    for words in ("And if it fails?", WHEN_ASKED.split(".")[0], WHAT_ASKED_IS_WORTH):
        assert words in page.words
    assert "Asked because your answer did not mention: It retries." in page.words
    marked = re.search(r'id="written-2".*?</p>', page.html, re.DOTALL)
    assert marked
    assert "<mark>" in marked[0]
    (row,) = result_of(page).rows
    assert [(p.made.value, p.state) for p in row.points] == [
        ("made", "found"), ("made when asked", "found when asked"),
        ("missed", "not found"), ("missed", "not found"),
    ]  # fmt: skip
    assert row.dots == ["missed", "missed", "made", "asked"]
    assert (row.met, row.met_when_asked, row.counted) == (1, 1, 4)


@pytest.mark.parametrize(
    ("closed_by", "words"),
    [
        ("skipped", "You skipped this follow-up."),
        ("deadline", "Time ran out before you answered this follow-up."),
        ("submitted", "You submitted this follow-up without an answer."),
        ("finish", "The interview ended before you answered this follow-up."),
    ],
)
def test_one_without_an_answer_says_how_it_ended(client, closed_by, words):
    answer = question(attempt_with_room())
    follow_up(answer, "", closed_by=closed_by)
    page = shown(client, answer)
    assert words in page.words
    assert "It counts as 0" not in page.words
    assert WHAT_ASKED_IS_WORTH not in page.words
    assert {f.kind for form in page.forms for f in form.fields if f.name == "points"} == {
        "checkbox"
    }


def test_all_counts_are_of_questions(client):
    attempt = attempt_with_room()
    first = question(attempt, "1000", number=1, time_spent=timedelta(seconds=30))
    follow_up(first, "0100", point=1, time_spent=timedelta(seconds=20))
    follow_up(first, "", point=3)
    second = question(attempt, "", number=2, text="")
    result = result_of(shown(client, first))
    assert [row.answer for row in result.rows] == [first, second]
    assert (result.score.answered, result.score.asked, result.score.unchecked) == (1, 2, 1)
    assert len(result.how_it_went.answers) == 2
    assert len(result.how_it_went.written) == 1
    assert result.how_it_went.delivery.words.number == len(OWN_WORDS.split())
    assert [str(span.low) for span in result.score.by_topic.values()] == ["25.00", "0.00"]
    assert [row.answer.number for row in result.rows] == [1, 2]
    assert ">2</span>" in shown(client, first).html  # the second question, which is at position 4


def test_what_was_said_only_when_asked_is_to_be_said_next_time_after_what_was_missed(client):
    answer = scored(asked_back("1000", "0100"), "0.375")
    said = [point.words for point in result_of(shown(client, answer)).next_points]
    assert said == ["It logs.", "It alerts.", "It retries."]


@pytest.mark.parametrize("headers", [None, HTMX])
def test_each_of_three_kinds_is_stored(client, headers):
    answer = asked_back("1000", "0100")
    response = post(client, answer, headers=headers)
    assert response.status_code == (200 if headers else 302)
    assert state_of(answer) == (
        [True, False, False, False], [[False, False, False, True]], Decimal("0.375"),
    )  # fmt: skip
    html = shown(client, answer).html
    chosen = re.findall(r'name="how-(\d)" value="(\w+)" checked', html)
    assert sorted(chosen) == [("0", "made"), ("1", "missed"), ("2", "missed"), ("3", "asked")]


def test_over_htmx_what_follows_comes_and_the_choices_stay(client):
    answer = asked_back("1000", "0100")
    html = post(client, answer, headers=HTMX).content.decode()
    assert 'type="radio"' not in html
    for part in ("marked-1", "score", "pill-1", "written-1", "written-2", "state-1-3", "said-1-3"):
        assert f'id="{part}"' in html, part
    assert "Yours: 1 of 4, 1 more when asked (automatic: 1, 1 more when asked)" in html


@pytest.mark.parametrize("value", ["maybe", "1", "\0", "made when asked"])
def test_a_kind_that_there_is_not_is_refused(client, value):
    answer = asked_back("1000", "0100")
    assert post(client, answer, data={"how-0": value}).status_code == 400
    assert state_of(answer)[:2] == (None, [None])


def test_a_page_from_before_the_follow_up_was_answered_keeps_what_was_made_when_asked(client):
    answer = asked_back("1000", "0100")
    post(client, answer, data={"points": ["2"]})
    assert state_of(answer) == ([False, False, True, False], [None], Decimal("0.375"))


def test_a_follow_up_has_no_ticks_of_its_own(client):
    answer = asked_back("1000", "0100")
    response = post(client, answer.follow_ups.get(), data={"points": ["2"]})
    assert response.headers["Location"] == f"/attempts/{answer.attempt_id}/review/"
    assert state_of(answer)[:2] == (None, [None])


def test_accepting_all_checks_the_question(client):
    answer = asked_back("1000", "0100")
    assert result_of(shown(client, answer)).score.unchecked == 1
    client.post(f"/attempts/{answer.attempt_id}/review/confirm/")
    result = result_of(shown(client, answer))
    assert (result.score.unchecked, result.score.is_automatic) == (0, False)


def test_what_is_unsure_when_asked_makes_a_range(client):
    answer = question(attempt_with_room(), "1000")
    follow_up(answer, "0000", evidence=evidence("0000", WHEN_ASKED, "0100"))
    result = result_of(shown(client, scored(answer, "0.25")))
    (row,) = result.rows
    assert row.share_shown == "25 to 38 %"
    assert [point.index for point in row.open_points] == [1]
    assert (result.score.unsure, result.score.range) == (1, (25, 38))
    assert row.points[1].state == "unsure when asked"
    assert row.points_to_check[0].index == 1
    post(client, answer)
    assert result_of(shown(client, answer)).score.unsure == 0


def test_one_in_another_language_asks_for_ticks(client):
    answer = question(attempt_with_room(), "1000", confirmed=[True, False, False, False])
    follow_up(answer, "", text="Das weiß ich nicht.", engine="minilm-3", not_english=True)
    result = result_of(shown(client, answer))
    assert (result.score.not_english, result.score.unchecked) == (1, 1)


def test_the_page_waits_for_a_follow_up_under_the_position_of_its_question(client):
    answer = question(attempt_with_room(), "1000")
    later = follow_up(answer, "0000")
    Answer.objects.filter(pk=later.pk).update(engine="", suggested=None, evidence=None)
    client.force_login(answer.attempt.user)
    reply = client.get(f"/attempts/{answer.attempt_id}/review/waiting/",
                       headers={"X-Page-Script": "1"})  # fmt: skip
    assert reply.json() == {"waiting": [1]}


def test_kept_texts_of_a_follow_up_open_its_question(client):
    attempt = attempt_with_room()
    answer = question(attempt, number=1)
    question(attempt, number=2)
    later = follow_up(answer, "0100")
    KeptText.objects.create(answer=later, text="Too late.", source="late", kept_at=START)
    result = result_of(page := shown(client, answer))
    assert result.expanded == [1]
    assert "Too late." in page.words
    assert result_of(shown(client, answer, "?open=2")).expanded == [1]


def test_words_of_a_follow_up_can_be_shown(client):
    answer = asked_back("1000", "0100")
    post(client, answer)
    offered = shown(client, answer)
    assert WHEN_ASKED in [button.name for button in offered.buttons]
    assert OWN_WORDS not in [button.name for button in offered.buttons]
    words = WHEN_ASKED.split(",")[0]
    sent = {**FIRST, "words": words}
    response = post(client, answer.follow_ups.get(), "said/3/", sent, headers=HTMX)
    assert response.status_code == 200
    assert "answer to the follow-up" in response.content.decode()
    said = SaidHere.objects.get()
    assert (said.answer.position, said.point) == (2, 3)
    refused = post(client, answer.follow_ups.get(), "said/3/", {**FIRST, "words": "Not there."})
    assert refused.status_code == 422
    assert "not in your answer" in refused.content.decode()


@pytest.mark.parametrize("headers", [None, HTMX])
def test_a_follow_up_can_be_reported(client, headers):
    answer = asked_back("1000", "0100")
    client.force_login(answer.attempt.user)
    sent = {"reason": "unclear", "text": "What is it?"}
    address = f"/attempts/{answer.attempt_id}/review/2/report/"
    response = client.post(address, sent, headers=headers)
    assert Report.objects.get().answer.follows == answer
    if headers:
        assert 'id="report-2"' in response.content.decode()
    page = shown(client, answer)
    assert "What is it?" in page.words
    assert page.html.count("What is it?") == 1


def test_nothing_of_why_shows_on_a_discarded_attempt(client):
    answer = asked_back("1000", "0100")
    Attempt.objects.filter(pk=answer.attempt_id).update(state="discarded", finish_reason="")
    page = shown(client, answer)
    assert "And if it fails?" in page.words
    assert "did not mention" not in page.words
    assert "It retries." not in page.words


def test_a_question_with_many_follow_ups_takes_no_more_statements(
    client, django_assert_max_num_queries
):
    def statements(attempt):
        client.force_login(attempt.user)
        with django_assert_max_num_queries(100) as counted:
            client.get(attempt.get_absolute_url() + "?show=all")
        return len(counted)

    few, many = attempt_with_room(), attempt_with_room()
    follow_up(question(few, number=1), "0100")
    for number in (1, 2, 3):
        answer = question(many, number=number)
        follow_up(answer, "0100", point=1), follow_up(answer, "0001", point=3)
    statements(few)
    assert statements(many) == statements(few)
