from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attempts.models import Preference, QuestionNote, Schedule
from attempts.owners import Owner
from attempts.rules.recall.steps import RULE
from attempts.views.questions import question_list
from questions.models import Status
from quizsite.clock import database_now
from tests.attempts.views.questions.rows import answered, as_guest
from tests.factories import (
    AnswerFactory,
    AttemptFactory,
    TopicFactory,
    UserFactory,
    VersionFactory,
    published_question,
)
from tests.plain_browser import HTMX, logged_in, visit

pytestmark = pytest.mark.django_db


def listed(client, query="", **how) -> list[int]:
    """The ids of the questions of a page, in order."""
    return [row.listed.pk for row in client.get(f"/questions/{query}", **how).context["page"].rows]


def retire(question) -> None:
    question.status = Status.RETIRED.value
    question.save()


# --- which questions ----------------------------------------------------------------------------


def test_a_stranger_sees_all_published_ones_as_not_tried_and_no_prompt(client):
    questions = [published_question(prompt=f"Secret{n}?") for n in range(3)]
    retire(published_question())
    page = visit(client, "/questions/")
    assert sorted(listed(client)) == [q.pk for q in questions]
    assert "3 questions: 3 not tried, 0 started, 0 solid, 0 strong." in page.words
    assert "Secret" not in page.html
    assert not client.session.keys()


def test_an_empty_bank_is_no_failure(client):
    assert "0 questions" in visit(client, "/questions/").words


def test_the_rule_of_the_steps_is_printed(client):
    published_question()
    assert RULE in visit(client, "/questions/").words


@pytest.mark.parametrize("who", ["user", "guest"])
def test_each_question_says_how_far_one_is(client, user, who):
    me = as_guest(client) if who == "guest" else Owner(user_id=user.pk)
    client = client if who == "guest" else logged_in(user)
    topic = TopicFactory(name="Serving & more")
    started, solid, strong, other = (published_question(topic, difficulty=3) for _ in range(4))
    answered(me, started, "0.25")
    answered(me, solid, "0.6667")
    for day in (0, 1):
        answered(me, strong, "0.9", days=day)
    answered(Owner(user_id=UserFactory().pk), other)
    page = visit(client, "/questions/?sort=share")
    rows = {row.listed.pk: row.listed.step for row in page.response.context["page"].rows}
    assert list(rows.items()) == [
        *((started.pk, "started"), (solid.pk, "solid"), (strong.pk, "strong")),
        (other.pk, "not tried"),
    ]
    assert "4 questions: 1 not tried, 1 started, 1 solid, 1 strong." in page.words
    prompt = solid.current_version.prompt
    assert f"{prompt} Serving & more · hard solid last 67 % due today Bookmark" in page.words


def test_what_was_asked_and_withdrawn_stays_with_its_mark(mine, me):
    asked, noted, marked, unknown, shown = (published_question() for _ in range(5))
    answered(me, asked)
    QuestionNote.objects.create(user_id=me.user_id, question=noted, note="Mine.")
    QuestionNote.objects.create(user_id=me.user_id, question=marked, is_bookmarked=True)
    QuestionNote.objects.create(user_id=me.user_id, question=shown, shows_prompt=True)
    answered(Owner(user_id=UserFactory().pk), unknown)
    for question in (asked, noted, marked, unknown, shown):
        retire(question)
    page = visit(mine, "/questions/")
    assert sorted(listed(mine)) == [asked.pk, noted.pk, marked.pk]
    assert page.words.count("withdrawn") == 3
    assert asked.current_version.prompt in page.words
    assert noted.current_version.prompt not in page.words
    assert "due" not in page.words.split("withdrawn", 1)[1]


def test_of_a_changed_question_it_shows_the_version_that_was_asked(mine, me):
    question = published_question(prompt="The old words?")
    answered(me, question)
    question.current_version = VersionFactory(question=question, number=2, prompt="Brand new?")
    question.save()
    html = visit(mine, "/questions/").html
    assert "The old words?" in html
    assert "Brand new" not in html
    assert listed(mine, "?q=brand") == []


def test_with_an_interview_nothing_is_due_after_it(mine, user, me):
    question = published_question()
    answered(me, question, "0.9")
    now = database_now()
    Schedule.objects.update(due_at=now + timedelta(days=40), answered_at=now - timedelta(days=9))
    assert "due in 40 days" in visit(mine, "/questions/").words
    Preference.objects.create(user=user, interview_on=now.date() + timedelta(days=11))
    assert "due in 10 days" in visit(mine, "/questions/").words
    Schedule.objects.update(answered_at=now + timedelta(days=10))
    assert "not due before your interview" in visit(mine, "/questions/").words


# --- search, filters, order ---------------------------------------------------------------------


@pytest.fixture
def bank(me):
    """Questions by name: asked with shares, one bookmarked, one never asked."""
    serving, training = TopicFactory(name="Serving"), TopicFactory(name="Training")
    made = {
        "weak": published_question(serving, prompt="Why does the CAFÉ close?", difficulty=1),
        "good": published_question(training, prompt="How do batches close?", difficulty=2),
        "noted": published_question(training, prompt="Explain zebras.", difficulty=3),
        "new": published_question(serving, prompt="Never seen: why close?", difficulty=3),
    }
    answered(me, made["weak"], "0.3")
    answered(me, made["good"], "0.8")
    QuestionNote.objects.create(
        user_id=me.user_id, question=made["noted"], note="Close the café door.", is_bookmarked=True
    )
    QuestionNote.objects.create(user=UserFactory(), question=made["new"], note="close")
    return made


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["weak", "good", "new", "noted"]),
        ("?q=close", ["weak", "good", "noted"]),
        ("?q=CLOSE cafe", ["weak", "noted"]),
        ('?q="batches close"', ["good"]),
        ("?q='close the'", ["noted"]),
        ("?q=zebras", []),
        ("?q=never", []),
        ("?q=\u200b", ["weak", "good", "new", "noted"]),
        ("?q=.*", []),
        ("?q=(((", []),
        ("?q=\\", []),
        ("?q=%22", []),
        ("?q=%ED%A0%80", []),
        ("?state=weak", ["weak"]),
        ("?state=started", ["weak"]),
        ("?state=solid", ["good"]),
        ("?state=strong", []),
        ("?state=not-tried", ["new", "noted"]),
        ("?state=never-asked", ["new", "noted"]),
        ("?state=bookmarked", ["noted"]),
        ("?state=due", ["weak", "good"]),
        ("?level=3", ["new", "noted"]),
        ("?level=3&state=bookmarked&q=door", ["noted"]),
        ("?sort=topic", ["weak", "new", "good", "noted"]),
        ("?sort=share", ["weak", "good", "new", "noted"]),
        # What there is not means any.
        ("?state=x&level=99&sort=y&topic=x&page=0", ["weak", "good", "new", "noted"]),
        (f"?topic={'9' * 400}&page={'9' * 400}&level=-1", ["weak", "good", "new", "noted"]),
        ("?page=7", ["weak", "good", "new", "noted"]),
        (f"?q={'a' * 5000}", []),
    ],
)
def test_what_is_listed(mine, bank, query, names):
    by_pk = {question.pk: name for name, question in bank.items()}
    assert [by_pk[pk] for pk in listed(mine, query)] == names


def test_by_topic_which_can_be_practised_then(mine, bank):
    topic = bank["weak"].topic
    assert listed(mine, f"?topic={topic.pk}") == [bank["weak"].pk, bank["new"].pk]
    page = visit(mine, f"/questions/?topic={topic.pk}")
    data = page.data("Practise this topic")[1]
    assert (data["source"], data["topic"]) == (["topic"], [str(topic.pk)])
    assert "Practise this topic" not in visit(mine, "/questions/").words


def test_a_filter_is_in_the_page_as_the_address_has_it(mine, bank):
    topic = bank["new"].topic.pk
    page = visit(mine, f"/questions/?q=caf%C3%A9&topic={topic}&level=1&state=weak&sort=share")
    found = {field.name: field.value for field in page.forms[-1].fields} and {
        field.name: field.value
        for form in page.forms
        for field in form.fields
        if form.method == "get"
    }
    assert found == {
        **{"q": "café", "topic": str(topic), "level": "1"},
        **{"state": "weak", "sort": "share"},
    }
    assert "1 of 4 questions" in page.words


def test_nothing_found_leads_back_to_all(mine, bank):
    page = visit(mine, "/questions/?q=nothinglikeit")
    assert "0 of 4 questions" in page.words
    assert page.link("Show all questions") == "/questions/"


@pytest.mark.parametrize(
    ("shown", "header"),
    [
        # A word being typed is no place to go back to; a choice is.
        ("?level=2&q=clo", "HX-Replace-Url"),
        ("?level=2", "HX-Replace-Url"),
        ("?level=2&q=close&page=2&state=", "HX-Replace-Url"),
        ("", "HX-Push-Url"),
        ("?q=close", "HX-Push-Url"),
        ("?q=close&level=1", "HX-Push-Url"),
        ("?q=close&level=2&sort=topic", "HX-Push-Url"),
    ],
)
def test_htmx_gets_what_was_found_and_the_address_of_it(mine, bank, shown, header):
    headers = {**HTMX, "HX-Current-URL": f"http://testserver/questions/{shown}"}
    response = mine.get("/questions/?q=close&topic=&level=2&state=&sort=", headers=headers)
    html = response.content.decode()
    assert "<h1" not in html
    assert "<form" in html
    assert 'id="found-count"' in html
    assert response.headers[header] == "/questions/?q=close&level=2"
    assert "HX-Request" in response.headers["Vary"]
    assert listed(mine, "?q=close&level=2", headers=headers) == [bank["good"].pk]


# --- pages --------------------------------------------------------------------------------------


def test_a_long_list_has_pages_which_keep_the_filter(mine, bank, monkeypatch):
    monkeypatch.setattr(question_list, "ROWS_PER_PAGE", 2)
    first = visit(mine, "/questions/?q=close&sort=share")
    assert "3 of 4 questions, page 1 of 2" in first.words
    assert "Previous questions" not in first.words
    second = visit(mine, first.link("More questions"))
    assert [row.listed.pk for row in second.response.context["page"].rows] == [bank["noted"].pk]
    assert second.link("Previous questions") == "/questions/?q=close&sort=share"
    assert "More questions" not in second.words
    # What was taken away in the meantime leads to the nearest page.
    assert listed(mine, "?q=close&sort=share&page=9") == [bank["noted"].pk]


# --- statements ---------------------------------------------------------------------------------


def test_the_number_of_statements_does_not_grow(mine, me, user):
    Preference.objects.create(user=user)
    counts = []
    for _ in range(2):
        for _ in range(8):
            question = published_question()
            answered(me, question)
            QuestionNote.objects.create(user=user, question=question, note="words and words")
            published_question()
            AnswerFactory(attempt=AttemptFactory(finished=True))
        with CaptureQueriesContext(connection) as captured:
            assert len(listed(mine, "?q=w")) > 7
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 12
