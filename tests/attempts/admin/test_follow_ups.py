"""Follow-ups in the admin: what editors learn of them, and what staff see of an attempt."""

import pytest

from attempts.models import Answer, Attempt, Report
from attempts.rules.totals import WHAT_ASKED_IS_WORTH
from questions.bank.usage import times_asked
from tests.attempts.admin.staff import member
from tests.attempts.follow_ups import ASKED, POINTS, asked_back
from tests.attempts.statistics.rows import statistics_of
from tests.factories import START, UserFactory, published_question
from tests.plain_browser import logged_in, visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return logged_in(UserFactory(is_staff=True, is_superuser=True))


def test_editors_read_how_often_each_follow_up_was_asked_and_helped(client):
    client.force_login(member("Editor"))
    question = published_question(key_points=POINTS, follow_ups=["A?", "B?", "", "D?"])
    statistics_of(
        question, miss_rates=[0.5] * 4, follow_ups_asked=[30, 25, 0, 0],
        follow_ups_helped=[12, 0, 0, 0], most_in_vain=25,
    )  # fmt: skip
    page = visit(client, f"/admin/attempts/questionstatistics/{question.pk}/")
    for words in (
        "Follow-up “A?”: asked 30 times, helped 12 times",
        "Follow-up “B?”: asked 25 times, never helped",
        "Follow-up “D?”: not asked yet",
        "never helped: nobody made its key point",
    ):
        assert words in page.words
    assert page.words.count("Follow-up “") == 3


def test_rows_from_before_there_were_follow_ups_are_shown(client):
    client.force_login(member("Editor"))
    question = published_question(key_points=POINTS, follow_ups=ASKED)
    statistics_of(question, miss_rates=[0.5] * 4)
    page = visit(client, f"/admin/attempts/questionstatistics/{question.pk}/")
    assert page.words.count("not asked yet") == 3


def test_staff_see_which_answer_is_to_a_follow_up(staff):
    answer = asked_back("1000", "0100", share="0.375")
    page = visit(staff, f"/admin/attempts/attempt/{answer.attempt_id}/change/")
    assert "Follow-up to question 1: And if it fails?" in page.words


def test_an_answer_says_how_each_point_was_made_and_what_that_is_worth(staff):
    answer = asked_back("1000", "0100", share="0.375")
    page = visit(staff, f"/admin/attempts/answer/{answer.pk}/change/")
    assert "½ made when asked (automatic): It retries." in page.words
    assert WHAT_ASKED_IS_WORTH in page.words
    later = visit(staff, f"/admin/attempts/answer/{answer.follow_ups.get().pk}/change/")
    for words in ("follow-up to question 1", "And if it fails?", "It retries."):
        assert words in later.words
    assert "✓ met (automatic): It retries." in later.words
    assert "½" not in later.words


def test_a_report_on_a_follow_up_says_so(client):
    client.force_login(member("Editor"))
    answer = asked_back("1000", "0100")
    reports = [
        Report.objects.create(answer=each, reason="unclear", text="?", reported_at=START)
        for each in (answer, answer.follow_ups.get())
    ]
    first, second = (
        visit(client, f"/admin/attempts/report/{report.pk}/change/").words for report in reports
    )
    assert "And if it fails?" in second
    assert "What does a client do?" in second
    assert "And if it fails?" not in first


def test_an_attempt_is_listed_once_by_its_question(staff):
    answer = asked_back("1000", "0100", "0001")
    question = answer.version.question_id
    page = visit(staff, f"/admin/attempts/attempt/?answers__version__question={question}")
    assert len(page.response.context["cl"].result_list) == 1
    assert times_asked(answer.version.question) == 1


def test_the_list_of_changed_suggestions_names_the_follow_up(staff):
    answer = asked_back("1000", "0100", share="0.375")
    Answer.objects.exclude(follows=None).update(text="I like tea.")
    response = staff.post(
        "/admin/attempts/attempt/",
        {"action": "rescore", "_selected_action": [str(answer.attempt_id)]},
    )
    html = response.content.decode()
    assert "Follow-up to question 1" in html
    assert Attempt.objects.get().score is None
