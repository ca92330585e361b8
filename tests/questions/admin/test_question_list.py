"""The list of questions in the admin: columns, search, filters."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attempts.models import QuestionStatistics, Report
from attempts.statistics.compute import refresh
from questions.bank import versions
from tests.admin_pages import QUESTIONS, queries, save
from tests.factories import (
    START,
    AnswerFactory,
    AttemptFactory,
    QuestionFactory,
    interview_of,
    published_question,
)

pytestmark = pytest.mark.django_db


def rows(response):
    return [question.slug for question in response.context["cl"].result_list]


def test_the_list_says_how_often_each_was_asked_as_last_counted(client, editor):
    often, fresh, once = published_question(), published_question(), published_question()
    for version in (often.current_version, often.current_version, once.current_version):
        AnswerFactory(attempt=AttemptFactory(finished=True), version=version)
    refresh(now=START)
    AnswerFactory(attempt=AttemptFactory(finished=True), version=fresh.current_version)
    table = client.get(QUESTIONS).context["cl"]
    assert {q.slug: q.stored_asked for q in table.result_list} == {
        often.slug: 2,
        once.slug: 1,
        fresh.slug: 0,
    }
    column = table.list_display.index("times_asked")
    assert rows(client.get(QUESTIONS, {"o": f"-{column}"})) == [often.slug, once.slug, fresh.slug]


def test_the_list_escapes_prompts(client, editor):
    published_question(prompt="<script>alert(1)</script> & more")
    page = client.get(QUESTIONS).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in page


@pytest.mark.parametrize(
    "field", ["prompt", "answer", "how_to_answer", "example_answer", "key_points"]
)
def test_search_finds_every_text(client, editor, field):
    needle = "has a Needle in it"
    wanted = published_question(**{field: [needle] if field == "key_points" else needle})
    published_question()
    assert rows(client.get(QUESTIONS, {"q": "needle"})) == [wanted.slug]


def test_search_finds_the_slug_and_no_former_text(client, editor):
    question = published_question(answer="Former words.")
    save(client, question, answer="New words.")
    assert rows(client.get(QUESTIONS, {"q": question.slug})) == [question.slug]
    assert rows(client.get(QUESTIONS, {"q": "former"})) == []


@pytest.mark.parametrize(
    "params",
    [
        {"q": "'\"%_\\"},
        {"o": "6.-5.1.2.3.4"},
        {"o": "9"},
        {"o": "8.-9.1"},
        {"difficulty__exact": "9" * 400},
        {"status__exact": "x"},
        {"topic__id__exact": "x"},
        {"p": "9" * 400},
        {"_facets": "True"},
    ],
)
def test_no_address_breaks_the_list(client, editor, params):
    AnswerFactory(version=published_question().current_version)
    assert client.get(QUESTIONS, params, follow=True).status_code == 200


def test_filters_by_topic_difficulty_and_status(client, editor):
    wanted = published_question(difficulty=3)
    published_question(difficulty=1)
    draft = QuestionFactory(difficulty=3)
    assert rows(client.get(QUESTIONS, {"topic__id__exact": wanted.topic_id})) == [wanted.slug]
    assert rows(client.get(QUESTIONS, {"status__exact": "draft"})) == [draft.slug]
    assert set(rows(client.get(QUESTIONS, {"difficulty__exact": 3}))) == {wanted.slug, draft.slug}


@pytest.mark.parametrize("name", ["question", "topic", "interview"])
def test_a_list_takes_the_same_queries_for_one_row_and_for_three(client, editor, name):
    url = reverse(f"admin:questions_{name}_changelist")
    interview = interview_of(2)  # of two topics, because a filter with one choice is not shown
    AnswerFactory(version=interview.slots.first().question.current_version)
    client.get(url)  # the first page of a process fills caches
    once = queries(client, url)
    for interview in (interview_of(1), interview_of(1)):
        AnswerFactory(version=interview.slots.get().question.current_version)
    assert queries(client, url) == once


def test_the_list_shows_the_author_of_the_version_and_counts_beside_the_filters(client, editor):
    question = published_question()
    published_question()
    texts = question.current_version.texts() | {"answer": "New."}
    versions.save_texts(question, texts, now=START, author=editor)
    page = client.get(QUESTIONS).content.decode()
    assert "2 by edith" in page
    assert "published (2)" in page


def test_the_list_has_the_stored_statistics_and_open_reports(client, editor):
    question = published_question()
    answer = AnswerFactory(version=question.current_version, written=True)
    QuestionStatistics.objects.create(
        question=question, asked=9, reached=9, scored=8, mean_share=0.456, skip_rate=0.25,
        paired=0, computed_at=START,
    )  # fmt: skip
    Report.objects.create(
        answer=answer, reason=Report.Reason.values[0], text="Odd.", reported_at=START
    )
    page = client.get(QUESTIONS, {"o": "-7.-8.-9"}).content.decode()
    assert re.search(r'<td class="field-mean_\w+">46 ?%</td>', page)
    assert re.search(r'<td class="field-skip_rate">25 ?%</td>', page)
    assert '<td class="field-open_reports">1</td>' in page


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("cafe\u0301", "The caf\u00e9 problem"),
        ("caf\u00e9", "The cafe\u0301 problem"),
        ("CAFE", "The caf\u00e9 problem"),
        ("Z\u00fcrich", "ZURICH"),
        ('"cafe problem"', "The Caf\u00e9 Problem"),
    ],
)
def test_search_finds_words_whatever_their_accents_and_case(client, editor, typed, stored):
    wanted = published_question(prompt=stored)
    published_question(prompt="The coffee problem")
    assert rows(client.get(QUESTIONS, {"q": typed})) == [wanted.slug]


def reported(question, status="open"):
    answer = AnswerFactory(version=question.current_version)
    decided = {} if status == "open" else {"handled_at": START}
    return Report.objects.create(
        answer=answer, reason="wrong", reported_at=START, status=status, **decided
    )


def test_the_list_can_be_narrowed_to_questions_with_open_reports(client, editor):
    wanted, answered, other = (published_question() for _ in range(3))
    reported(wanted)
    reported(answered, "accepted")
    assert rows(client.get(QUESTIONS, {"reported": "yes"})) == [wanted.slug]
    assert rows(client.get(QUESTIONS, {"reported": "no"})) == [answered.slug, other.slug]
    reported(other), reported(other)
    table = client.get(QUESTIONS).context["cl"]
    column = table.list_display.index("open_reports")
    ordered = rows(client.get(QUESTIONS, {"o": f"-{column}"}))
    assert ordered == [other.slug, wanted.slug, answered.slug]
    assert rows(client.get(QUESTIONS, {"o": str(column)}))[-1] == other.slug


def test_the_list_can_be_narrowed_to_questions_never_asked(client, editor):
    asked, never = published_question(), published_question()
    AnswerFactory(attempt=AttemptFactory(finished=True), version=asked.current_version)
    refresh(now=START)
    assert rows(client.get(QUESTIONS, {"asked": "no"})) == [never.slug]
    assert rows(client.get(QUESTIONS, {"asked": "yes"})) == [asked.slug]


def test_the_list_can_be_narrowed_to_an_author(client, editor):
    mine, nobodys = published_question(), published_question()
    save(client, mine, answer="My words.")
    assert rows(client.get(QUESTIONS, {"author": editor.pk})) == [mine.slug]
    assert rows(client.get(QUESTIONS, {"author": "nobody"})) == [nobodys.slug]
    assert rows(client.get(QUESTIONS, {"author": "9" * 400})) == []


def test_the_list_can_be_narrowed_to_what_is_missing(client, editor):
    phrasing = {"accept": ["It is."], "reject": []}
    without = published_question(key_points=[])
    bare = published_question(key_points=["One.", "Two."])
    some = published_question(key_points=["One.", "Two."])
    some.phrasings = {"One.": phrasing}
    full = published_question(key_points=["One."])
    full.phrasings = {"One.": phrasing, "An old one.": phrasing}
    some.save(), full.save()
    assert rows(client.get(QUESTIONS, {"missing": "points"})) == [without.slug]
    assert rows(client.get(QUESTIONS, {"missing": "phrasings"})) == [without.slug, bare.slug]
    assert rows(client.get(QUESTIONS, {"missing": "some"})) == [bare.slug, some.slug]


def test_the_list_can_be_narrowed_to_what_has_no_follow_ups_short_example_or_sources(
    client, editor
):
    whole = published_question(short_example="Briefly.", follow_ups=["Why?", ""], sources=["A: B"])
    bare, without = published_question(), QuestionFactory()
    for missing in ("follow_ups", "short_example", "sources"):
        found = rows(client.get(QUESTIONS, {"missing": missing}))
        assert whole.slug not in found
        assert {bare.slug, without.slug} <= set(found)


@pytest.mark.parametrize("name", ["reported", "asked", "author", "missing"])
@pytest.mark.parametrize("value", ["", "x", "\u200b", "-1"])
def test_no_filter_breaks_the_list(client, editor, name, value):
    published_question()
    assert client.get(QUESTIONS, {name: value}).status_code in (200, 302)


def test_texts_and_numbers_are_read_for_the_rows_of_the_page_alone(client, editor):
    """Else the rows before a page are read with them too, and the last page costs the most."""
    published_question(), published_question()
    with CaptureQueriesContext(connection) as captured:
        client.get(QUESTIONS)
    texts = [q["sql"] for q in captured if '"prompt"' in q["sql"] or "mean_share" in q["sql"]]
    assert len(texts) == 2
    assert all(" IN (" in sql for sql in texts)
