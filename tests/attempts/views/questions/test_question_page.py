from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attempts.models import Preference, QuestionNote
from attempts.owners import Owner
from attempts.rules.recall.steps import RULE
from attempts.views.questions import answers as answers_module
from questions.models import Status, Timing
from tests.attempts.follow_ups import asked_back
from tests.attempts.views.questions.rows import answered, as_guest
from tests.factories import (
    START,
    AnswerFactory,
    AttemptFactory,
    QuestionFactory,
    UserFactory,
    VersionFactory,
    interview_of,
    published_question,
)
from tests.plain_browser import begin, logged_in, visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def question():
    return published_question(
        prompt="What is *caching*?\n\nSay when.",
        key_points=["It keeps results.", "It may be stale.", "It needs room."],
    )


def page_of(client, question, query=""):
    return visit(client, f"/questions/{question.pk}/{query}")


def beside(page) -> list:
    return page.response.context["page"].answers


def marked(pieces) -> str:
    signs = {"added": "+", "removed": "-", "same": ""}
    return "|".join(f"{signs[piece.kind]}{piece.text.strip()}" for piece in pieces)


# --- who may see it -----------------------------------------------------------------------------


def test_there_is_no_page_of_what_one_may_not_see(client, mine):
    draft, retired = QuestionFactory(), published_question()
    answered(Owner(user_id=UserFactory().pk), retired)
    retired.status = Status.RETIRED.value
    retired.save()
    for pk in (draft.pk, retired.pk, 0, 987_654_321, "9" * 400):
        for each in (client, mine):
            assert each.get(f"/questions/{pk}/").status_code == 404


def test_nobody_elses_answers_are_there(client, mine, question):
    answered(Owner(user_id=UserFactory().pk), question, text="A stranger wrote this.")
    answered(Owner(guest_key="somebody"), question, text="A guest wrote this.")
    for each in (client, mine):
        page = page_of(each, question)
        assert beside(page) == []
        assert "wrote this" not in page.words
        assert page.heading == "Not asked yet"


def test_a_withdrawn_question_stays_with_what_was_written(mine, me, question):
    answered(me, question, text="My words.")
    question.status = Status.RETIRED.value
    question.save()
    page = page_of(mine, question)
    assert page.heading == "What is caching?"
    assert "My words." in page.words
    assert "This question was withdrawn" in page.words
    assert "Practise" not in [button.name for button in page.buttons]


# --- what it says -------------------------------------------------------------------------------


def test_the_question_with_its_state(mine, me, question):
    answered(me, question, "0.6667")
    page = page_of(mine, question)
    assert page.heading == "What is caching?"
    assert "Say when." in page.words
    assert "Step solid Last share 67 % Next due today" in page.words
    assert RULE in page.words
    data = page.data("Practise this question")[1]
    assert (data["source"], data["question"]) == (["question"], [str(question.pk)])


@pytest.mark.parametrize("who", ["user", "guest"])
def test_each_answer_stands_beside_the_one_before_newest_first(client, user, question, who):
    me = as_guest(client) if who == "guest" else Owner(user_id=user.pk)
    client = client if who == "guest" else logged_in(user)
    first = answered(
        me, question, "0.3333", text="It keeps all results.", confirmed=[True, False, True]
    )
    last = answered(
        me, question, "0.6667", days=3, text="It keeps some results.",
        confirmed=[True, True, False], limit=timedelta(minutes=3),
    )  # fmt: skip
    page = page_of(client, question)
    rows = beside(page)
    assert [row.answer.pk for row in rows] == [last.pk, first.pk]
    assert [row.before and row.before.pk for row in rows] == [first.pk, None]
    assert marked(rows[0].then) == "It keeps|-all|results."
    assert marked(rows[0].now) == "It keeps|+some|results."
    assert rows[0].points.won == ["It may be stale."]
    assert rows[0].points.lost == ["It needs room."]
    assert rows[1].points is None
    assert "67 % up from 33 %" in page.words
    assert "1 min 30 s of 3 min" in page.words
    assert page.link("Result of 5 Mar 2026") == f"/attempts/{last.attempt_id}/review/#answer-1"
    assert "Points won It may be stale." in page.words
    assert "Points lost It needs room." in page.words
    assert "This was your first answer." in page.words


def test_added_and_removed_words_are_said_to_a_screen_reader(mine, me, question):
    answered(me, question, text="one two three")
    answered(me, question, text="one 2 three <b>four</b>", days=1)
    html = page_of(mine, question).html
    assert html.count("<ins>") == html.count("</ins>") == 2
    assert html.count("<del>") == html.count("</del>") == 1
    assert html.count(">Added: <") == 2
    assert html.count(">Removed: <") == 1
    assert "<b>four" not in html
    assert "&lt;b&gt;four&lt;/b&gt;" in html


def test_the_same_words_are_said_to_be_the_same(mine, me, question):
    answered(me, question, text="one two")
    answered(me, question, text="one\n two", days=1)
    page = page_of(mine, question)
    assert "The same words." in page.words
    assert "<ins>" not in page.html
    assert "No key point was won or lost." in page.words


def test_an_answer_to_an_older_version_compares_its_points_by_text(mine, me, question):
    answered(me, question, confirmed=[False, True, True])
    newer = VersionFactory(
        question=question,
        number=2,
        prompt="What is a cache?",
        key_points=["It needs room.", "A new one.", "it keeps  RESULTS."],
    )
    question.current_version = newer
    question.save()
    answered(me, question, days=2, confirmed=[False, True, True])
    page = page_of(mine, question)
    points = beside(page)[0].points
    assert points.won == ["it keeps  RESULTS."]
    assert points.lost == ["It needs room."]
    assert points.others == 2
    assert page.heading == "What is a cache?"
    assert "The question was changed between the two answers." in page.words


def test_withdrawn_points_are_neither_won_nor_lost(mine, me, question):
    answered(me, question, confirmed=[False, False, True])
    answered(me, question, days=2, confirmed=[True, True, False], counted=[True, False, False])
    points = beside(page_of(mine, question))[0].points
    assert (points.won, points.lost) == (["It keeps results."], [])


@pytest.mark.parametrize("share", [None, "1"])
def test_what_has_no_ticks_yet_is_not_compared(mine, me, question, share):
    answered(me, question)
    answered(me, question, share, days=1, confirmed=None)
    page = page_of(mine, question)
    assert beside(page)[0].points is None
    assert ("not scored yet" in page.words) == (share is None)
    assert "No key point was" not in page.words


def test_suggested_points_are_compared_until_they_are_ticked(mine, me, question):
    answered(me, question, confirmed=None, suggested=[True, False, False])
    answered(me, question, days=1, confirmed=None, suggested=[False, True, False])
    points = beside(page_of(mine, question))[0].points
    assert (points.won, points.lost) == (["It may be stale."], ["It keeps results."])


def test_no_answer_is_said_and_what_was_never_reached_is_left_out(mine, me, question):
    answered(me, question)
    blank = answered(me, question, None, days=1, text=" \n", confirmed=None)
    answered(me, question, None, days=2, text="", confirmed=None, time_spent=timedelta())
    page = page_of(mine, question)
    rows = beside(page)
    assert rows[0].answer.pk == blank.pk
    assert len(rows) == 2
    assert rows[0].points.lost == question.current_version.key_points
    assert "no answer" in page.words
    assert "<del>" not in page.html


def test_a_discarded_attempt_shows_its_words_and_no_points(mine, me, user, question):
    answered(me, question)
    attempt = AttemptFactory(user=user, state="discarded", finished_at=START + timedelta(days=2))
    AnswerFactory(
        attempt=attempt, version=question.current_version, position=1, text="Thrown away."
    )
    page = page_of(mine, question)
    assert "discarded" in page.words
    assert "Thrown away." in page.words
    assert beside(page)[0].points is None


# --- while it is being asked --------------------------------------------------------------------


@pytest.mark.parametrize("timing", [Timing.TOTAL.value, Timing.PER_QUESTION.value])
def test_a_question_that_is_being_asked_shows_nothing_of_the_running_attempt(client, timing):
    interview = interview_of(2, timing=timing)
    slots = interview.slots.order_by("position")
    first, second = (slot.question for slot in slots)
    attempt = begin(client, interview)
    visit(client, attempt.get_absolute_url())
    page = page_of(client, first)
    assert page.heading == first.current_version.prompt
    assert "You are being asked this question now." in page.words
    assert page.link("Go to your interview") == f"/attempts/{attempt.pk}/"
    assert "Practise this question" not in [button.name for button in page.buttons]
    for text in ("The first idea.", "What is true.", "What to stress."):
        assert text not in page.html
    # The one that comes later is hidden as before, and the page does not say that it comes.
    later = page_of(client, second)
    assert later.heading == "Not asked yet"
    assert "being asked" not in later.words
    assert second.current_version.prompt not in later.html


# --- long histories -----------------------------------------------------------------------------


def test_a_long_history_has_pages(mine, me, question, monkeypatch):
    monkeypatch.setattr(answers_module, "ANSWERS_PER_PAGE", 2)
    monkeypatch.setattr("attempts.views.questions.question_page.ANSWERS_PER_PAGE", 2)
    made = [answered(me, question, days=day).pk for day in range(5)][::-1]
    read, query = [], ""
    while query is not None:
        page = page_of(mine, question, query)
        rows = beside(page)
        read += [(row.number, row.answer.pk) for row in rows]
        assert [row.before and row.before.pk for row in rows] == [
            ([*made, None][made.index(row.answer.pk) + 1]) for row in rows
        ]
        older = [href for href, words in page.links if words.strip() == "Older answers"]
        query = older[0].split("#")[0] if older else None
    assert read == list(zip([5, 4, 3, 2, 1], made, strict=True))
    assert page.link("Newer answers") == "?page=2#answers"
    for query in ("?page=99", "?page=x", "?page=0", f"?page={'9' * 400}", "?page=²"):
        assert page_of(mine, question, query).status == 200


def test_the_number_of_statements_does_not_grow(mine, me, user, question):
    Preference.objects.create(user=user)
    QuestionNote.objects.create(user=user, question=question, note="Mine.")
    counts = []
    for day in range(2):
        for number in range(6):
            answered(me, question, days=6 * day + number)
            answered(Owner(guest_key=f"other{day}{number}"), question)
            answered(me, published_question())
        with CaptureQueriesContext(connection) as captured:
            page_of(mine, question)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 12


def test_follow_ups_show_with_their_answer_and_are_no_answers_of_their_own(client):
    answer = asked_back("1000", "0100", "", share="0.375")
    client.force_login(answer.attempt.user)
    page = visit(client, f"/questions/{answer.version.question_id}/")
    assert page.response.context["page"].total == 1
    assert "And if it fails?" in page.words
    assert "Then I would retry it" in page.words
