"""What the pages of statistics say of suggestions that candidates checked."""

import pytest
from django.urls import reverse

from attempts.statistics.compute import refresh
from tests.attempts.admin.statistics_pages import (
    BANK,
    checked,
    get,
    member,
    page_of,
    slugs,
    words,
)
from tests.attempts.said import said
from tests.attempts.statistics.rows import statistics_of
from tests.factories import START, published_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = member("view_question", "change_question", "view_report")
    client.force_login(user)
    return user


def test_corrected_points_need_a_look_and_lead_to_what_candidates_show(client, editor):
    numbers = {"checked_answers": [8, 4], "corrected_answers": [3, 4], "most_corrected": 3 / 8}
    row = statistics_of(**numbers)
    statistics_of(**{**numbers, "corrected_answers": [1, 4], "most_corrected": 1 / 8})
    assert slugs(get(client, look="1")) == [row.question.current_version.prompt]
    page = get(client)
    assert "38 % of 8 0.40" in words(page)
    assert "in 3 of 8 checked answers: The first idea." in words(page)
    link = f'href="{reverse("admin:questions_question_words", args=[row.question.pk])}"'
    assert page.count(link) == 1
    of_question = words(get(client, page_of(row.question)))
    assert "38 % of 8 checked answers" in of_question
    assert "of 4 checked answers" not in of_question
    client.force_login(member("view_question"))
    assert link not in get(client)


def test_how_often_suggestions_were_right(client, editor):
    row, other = statistics_of(), statistics_of()
    checked(row.question, found=10, found_right=9, missing=4, missing_right=1)
    checked(other.question, 4, found=6, found_right=3)
    page = words(get(client))
    assert "All all 24 75 % (12 of 16) – – – " in page
    assert "April 2026 tested 1 12 50 % (3 of 6) – – – March 2026 tested 1 12 90 %" in page
    of_question = words(get(client, page_of(row.question)))
    assert "March 2026 tested 1 12 90 % (9 of 10) – – – " in of_question
    assert "April 2026" not in of_question


def test_statistics_of_what_candidates_checked_show_no_answer_and_nobody(client, editor):
    question = published_question()
    for n in range(6):
        row = said(question, f"The words {n}.", user__username=f"ann-the-candidate-{n}")
    refresh(now=START)
    for address in (BANK, page_of(question)):
        page = get(client, address)
        assert "100 % of 6" in page
        private = ("The words", "Before it", "ann-the-candidate", str(row.answer.attempt_id))
        assert [text for text in private if text in page] == []
