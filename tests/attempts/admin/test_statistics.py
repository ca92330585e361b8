"""The pages with the numbers about the questions, in the admin."""

import re

import pytest
from defusedxml import ElementTree
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attempts.models import QuestionStatistics, Report
from attempts.statistics.compute import refresh
from attempts.statistics.scatter import x_of, y_of
from attempts.templatetags.attempt_numbers import clock, correlation
from tests.attempts.admin.statistics_pages import (
    BANK,
    checked,
    get,
    member,
    page_of,
    slugs,
    words,
)
from tests.attempts.statistics.rows import statistics_of
from tests.factories import (
    START,
    AnswerFactory,
    AttemptFactory,
    UserFactory,
    VersionFactory,
    published_question,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = member("view_question", "change_question", "view_report")
    client.force_login(user)
    return user


@pytest.mark.parametrize("who", ["candidate", "staff", "report reader", "nobody"])
def test_who_may_not_view_questions_is_refused(client, who):
    row = statistics_of()
    users = {
        "candidate": lambda: UserFactory(),
        "staff": lambda: member(),
        "report reader": lambda: member("view_report", "view_attempt", "view_answer"),
    }
    if who in users:
        client.force_login(users[who]())
    for address in (BANK, page_of(row.question)):
        assert client.get(address).status_code in (302, 403)
        assert client.post(address).status_code in (302, 403, 405)
    if who != "nobody":
        assert BANK not in client.get(reverse("admin:index")).content.decode()


def test_the_pages_take_no_post(client, editor):
    row = statistics_of()
    assert client.post(BANK).status_code == 405
    assert client.post(page_of(row.question)).status_code == 405


def test_the_index_leads_to_it(client, editor):
    assert f'href="{BANK}"' in get(client, reverse("admin:index"))


def test_an_empty_bank_says_so(client, editor):
    assert "Nothing to show yet" in words(get(client))


def test_the_table_has_every_number(client, editor):
    row = statistics_of()
    page = words(get(client))
    assert "As of 09:00 on 2 Mar 2026" in page
    for number in ("40", "50 %", "10 %", "1:35 of 3:00", "50 %: The second idea.", "0.40"):
        assert number in page
    assert row.question.current_version.prompt in page


def test_what_is_unknown_is_a_dash_or_too_few(client, editor):
    statistics_of(
        reached=0, scored=0, paired=3, ticked=0, mean_share=None, skip_rate=None, most_missed=None,
        time_out_rate=None, median_seconds=None, discrimination=None, miss_rates=[],
    )  # fmt: skip
    page = words(get(client))
    assert "40 (0 opened) – of 0 – – – of 3:00 – – too few (3)" in page
    assert '<svg class="picture"' not in get(client)


def test_by_version_each_version_has_its_row(client, editor):
    question = published_question()
    older = VersionFactory(question=question, number=7)
    statistics_of(question, version=older, by_version=True)
    page = get(client, by="version")
    assert "(version 7)" in words(page)
    assert older.prompt in page
    assert f"{older.prompt} (version 7; now version 1)" in words(get(client))


@pytest.mark.parametrize(
    ("order", "first"),
    [("share", 0), ("-share", 2), ("asked", 2), ("-asked", 0), ("discrimination", 1)],
)
def test_the_table_can_be_sorted_by_links(client, editor, order, first):
    rows = [
        statistics_of(mean_share=share, asked=asked, discrimination=r)
        for share, asked, r in ((0.1, 90, 0.5), (0.2, 50, 0.2), (0.3, 45, None))
    ]
    page = get(client, order=order)
    assert slugs(page)[0] == rows[first].question.current_version.prompt
    assert page.count("aria-sort") == 1
    turned = order.removeprefix("-") if order.startswith("-") else f"-{order}"
    assert f"order={turned}" in page


@pytest.mark.parametrize(
    "query",
    [{"order": "password"}, {"order": "--asked"}, {"p": "x"}, {"p": "9" * 400}],
)
def test_nonsense_in_the_address_is_ignored(client, editor, query):
    statistics_of()
    assert "All that were asked (1)" in words(get(client, **query))


def test_those_that_need_a_look_come_first_with_the_reason(client, editor):
    fine, bad = statistics_of(), statistics_of(discrimination=0.02, time_out_rate=0.5)
    page = get(client)
    start, end = page.index("Look at these first"), page.index("Difficulty and discrimination")
    first = page[start:end]
    assert bad.question.current_version.prompt in first
    assert fine.question.current_version.prompt not in first
    assert "Time ran out in more than 30 %" in first
    assert "(1)" in words(get(client, look="1"))
    assert slugs(page)[0] == bad.question.current_version.prompt


def test_open_reports_lead_to_the_inbox_of_who_may_read_them(client, editor):
    row = statistics_of()
    answer = AnswerFactory(attempt__finished=True, version=row.question.current_version)
    Report.objects.create(answer=answer, reason="wrong", text="Bad.", reported_at=START)
    inbox = reverse("admin:attempts_report_changelist")
    link = f"{inbox}?status__exact=open&amp;q={row.question.slug}"
    assert link in get(client)
    assert "1&nbsp;open&nbsp;report" in words(get(client))
    assert client.get(link.replace("&amp;", "&")).content.decode().count("Bad.") == 1
    client.force_login(member("view_question"))
    assert link not in get(client)
    assert "1&nbsp;open&nbsp;report" in words(get(client))


def test_a_question_has_all_versions_and_the_points_of_each(client, editor):
    question = published_question()
    statistics_of(question)
    older = VersionFactory(question=question, number=7, key_points=["An <i>old</i> idea."])
    QuestionStatistics.objects.create(
        question=question, version=older, asked=3, reached=3, scored=3, paired=3, ticked=3,
        miss_rates=[1 / 3], most_missed=1 / 3, computed_at=START,
    )  # fmt: skip
    page = get(client, page_of(question))
    text = words(page)
    for part in ("All versions", "Version 7", "Key points of version 7", "Key points of version 1"):
        assert part in text
    assert "Missing in 33 % of 3 answers: An &lt;i&gt;old&lt;/i&gt; idea." in page
    assert reverse("admin:questions_question_change", args=[question.pk]) in page


def test_a_question_that_nobody_was_asked_says_so(client, editor):
    assert client.get(page_of(published_question())).context["rows"] == []


def test_no_such_question_is_a_404(client, editor):
    assert client.get(f"{BANK}999999999/").status_code == 404
    assert client.get(f"{BANK}{10**30}/").status_code == 404


def test_what_editors_wrote_is_escaped(client, editor):
    question = published_question(prompt="<script>alert(1)</script>", key_points=["<b>x</b>"] * 2)
    statistics_of(question, discrimination=0)
    for address in (BANK, page_of(question)):
        page = get(client, address)
        assert "<script>alert(1)" not in page
        assert "<b>x</b>" not in page


def test_pages_show_no_answer_and_nobody(client, editor):
    answer = AnswerFactory(
        attempt__finished=True, attempt__user__username="ann-the-candidate", text="My own words."
    )
    statistics_of(answer.version.question)
    for address in (BANK, page_of(answer.version.question)):
        page = get(client, address)
        assert "My own words." not in page
        assert "ann-the-candidate" not in page


def test_pages_take_as_many_statements_with_more_rows(client, editor):
    counts = []
    for _ in range(2):
        for _ in range(2):
            row = statistics_of(
                discrimination=0, most_corrected=1, checked_answers=[6, 0], corrected_answers=[6, 0]
            )
            checked(row.question)
        counts.append([])
        for address in (BANK, f"{BANK}?by=version", page_of(row.question)):
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts[-1].append(len(queries))
    assert counts[0] == counts[1]


def test_a_long_bank_comes_in_pages(client, editor):
    for _ in range(51):
        statistics_of(by_version=False)
    assert len(slugs(get(client))) == 50
    assert len(slugs(get(client, p="2"))) == 1
    assert "Page 2 of 2" in words(get(client, p="2"))


# --- the plot -------------------------------------------------------------------------------


def test_the_plot_is_xml_with_words_and_without_styles(client, editor):
    statistics_of(mean_share=0.25, discrimination=0.5)
    statistics_of(discrimination=0.01)
    page = get(client)
    svg = re.search(r"<svg class=\"picture\".*?</svg>", page, re.DOTALL)[0]
    root = ElementTree.fromstring(svg)
    assert root.attrib["role"] == "img"
    ids = {child.attrib.get("id") for child in root}
    assert set(root.attrib["aria-labelledby"].split()) <= ids
    assert f"M{x_of(0.25)} {y_of(0.5)}h0" in svg
    assert "Crosses with numbers: 1 of" in " ".join(svg.split())
    assert "style" not in svg


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (correlation(-0.316), "−0.32"), (correlation(-0.001), "0.00"), (correlation(None), "–"),
        (clock(59.6), "1:00"), (clock(185), "3:05"), (clock(None), "–"),
    ],
)  # fmt: skip
def test_numbers_as_they_are_shown(shown, expected):
    assert shown == expected


def new_version(question, **texts):
    """A version that nobody was asked, published after the numbers were computed."""
    version = VersionFactory(question=question, number=3, **texts)
    question.current_version = version
    question.save()
    return version


@pytest.mark.parametrize("address", ["bank", "bank by version", "page"])
def test_numbers_stand_beside_the_texts_they_were_measured_on(client, editor, address):
    question = published_question(
        prompt="What was asked?", key_points=["An idea that was asked.", "Another that was asked."]
    )
    numbers = {"miss_rates": [0.9, 0.2], "most_missed": 0.9}
    corrections = {
        "checked_answers": [40, 40],
        "corrected_answers": [30, 0],
        "most_corrected": 0.75,
    }
    statistics_of(question, **numbers, **corrections)
    new_version(question, prompt="What is new?", key_points=["A new idea.", "A newer one."])
    pages = {"bank": (BANK, {}), "bank by version": (BANK, {"by": "version"})}
    pages["page"] = (page_of(question), {})
    url, query = pages[address]
    text = words(get(client, url, **query))
    assert "A new idea." not in text
    assert "An idea that was asked." in text
    assert "What was asked?" in text
    assert "90 %: An idea that was asked. (version 1)" in text
    if address == "bank":
        assert "What is new?" not in text
        assert "What was asked? (version 1; now version 3)" in text


def test_after_the_next_refresh_a_version_nobody_was_asked_has_no_numbers_by_point(client, editor):
    question = published_question()
    attempt = AttemptFactory(finished=True)
    ticks = {"suggested": [False, True], "confirmed": [False, True], "engine": "test-1"}
    AnswerFactory(
        attempt=attempt, version=question.current_version, written=True, closed=True, **ticks
    )
    refresh(now=START)
    new_version(question, key_points=["A new idea.", "A newer one."])
    refresh(now=START)
    row = QuestionStatistics.objects.get(question=question, version=None)
    assert (row.points_version.number, row.miss_rates, row.most_missed) == (3, [], None)
    assert "A new idea." not in get(client, page_of(question))


def test_rows_from_before_they_named_a_version_show_no_key_points(client, editor):
    row = statistics_of(points_version=None, by_version=False)
    text = words(get(client))
    assert row.question.current_version.key_points[0] not in text
