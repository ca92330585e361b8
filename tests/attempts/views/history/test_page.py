from datetime import timedelta
from urllib.parse import quote, urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attempts.models import Attempt
from attempts.views.history import rows
from attempts.views.history.cursor import Cursor
from questions.models import Timing
from tests.factories import START, AnswerFactory, AttemptFactory, UserFactory, interview_of
from tests.plain_browser import HTMX, SCRIPT, Page, begin, logged_in, pass_time, visit

pytestmark = pytest.mark.django_db

TOTAL = Timing.TOTAL.value


def attempts_of(user, count, *, apart=timedelta(hours=1), **fields) -> list[Attempt]:
    """Finished attempts of one interview, the newest last."""
    first = AttemptFactory(user=user, finished=True, **fields)
    return [
        first,
        *(
            AttemptFactory(
                user=user,
                finished=True,
                interview=first.interview,
                started_at=START + number * apart,
                **fields,
            )
            for number in range(1, count)
        ),
    ]


def pages(client, address="/attempts/", **how) -> list[list[str]]:
    """The ids of the attempts on each page, following "Older attempts"."""
    read = []
    while address:
        page = Page(client, client.get(address, **how), address)
        read.append([href.split("/")[2] for href, _ in page.links if href.endswith("/review/")])
        older = [href for href, words in page.links if words.strip() == "Older attempts"]
        address = f"/attempts/{older[0]}" if older else ""
    return read


@pytest.mark.parametrize("apart", [timedelta(hours=1), timedelta()])
@pytest.mark.parametrize("headers", [None, HTMX])
def test_pages_of_twenty_newest_first_nothing_twice_nothing_missing(mine, user, apart, headers):
    made = attempts_of(user, 45, apart=apart)
    read = pages(mine, headers=headers)
    assert [len(page) for page in read] == [20, 20, 5]
    newest_first = sorted(made, key=lambda a: (a.finished_at, a.pk), reverse=True)
    assert [pk for page in read for pk in page] == [str(attempt.pk) for attempt in newest_first]


def test_exactly_one_page_has_no_older_ones(mine, user):
    attempts_of(user, 20)
    assert [len(page) for page in pages(mine)] == [20]


def test_pages_hold_when_newer_attempts_come_meanwhile(mine, user):
    attempts_of(user, 25)
    address = f"/attempts/{visit(mine, '/attempts/').link('Older attempts')}"
    AttemptFactory(user=user, finished=True, started_at=START + timedelta(days=9))
    assert [len(page) for page in pages(mine, address)] == [5]


def test_htmx_gets_rows_only(mine, user):
    attempts_of(user, 21)
    for headers, whole in ((None, True), (HTMX, False)):
        response = mine.get("/attempts/", headers=headers)
        html = response.content.decode()
        assert ("<table" in html) is ("My attempts</h1>" in html) is whole
        assert html.count("<tr>") == 21 + whole  # its header; 20 rows and the way on
        assert "HX-Request" in response.headers["Vary"]


# --- the place in the list ----------------------------------------------------------------------


def test_htmx_puts_the_place_into_the_address_which_brings_all_rows_back(mine, user):
    made = attempts_of(user, 45)
    older = visit(mine, "/attempts/").link("Older attempts")
    response = mine.get(f"/attempts/{older}", headers=HTMX)
    place = response.headers["HX-Replace-Url"]
    assert place.startswith("?through=")
    (shown, rest) = pages(mine, f"/attempts/{place}")
    newest_first = [str(attempt.pk) for attempt in reversed(made)]
    assert shown == newest_first[:40]
    assert rest == newest_first[40:]
    AttemptFactory(user=user, finished=True, started_at=START + timedelta(days=9))
    assert pages(mine, f"/attempts/{place}")[0][1:] == newest_first[:40]


def test_an_address_brings_back_so_many_rows_and_leads_to_the_newest(mine, user, monkeypatch):
    monkeypatch.setattr(rows, "MOST_ROWS", 30)
    made = attempts_of(user, 45)
    last = made[2]
    page = visit(mine, f"/attempts/?{urlencode({'through': Cursor(last.finished_at, last.pk)})}")
    shown = [row.attempt for row in page.response.context["history"].rows]
    assert shown == list(reversed(made[2:32]))
    assert page.link("Newest attempts") == "/attempts/"
    assert page.link("Older attempts")


def test_without_scripts_an_older_page_leads_back_to_the_newest(mine, user):
    attempts_of(user, 21)
    first = visit(mine, "/attempts/")
    assert "Newest attempts" not in first.words
    second = visit(mine, f"/attempts/{first.link('Older attempts')}")
    assert second.link("Newest attempts") == "/attempts/"


@pytest.mark.parametrize("parameter", ["before", "through"])
@pytest.mark.parametrize("headers", [None, HTMX, SCRIPT])
def test_logged_out_a_place_in_the_list_is_no_empty_list(client, user, parameter, headers):
    attempts_of(user, 21)
    cursor = Cursor(START, Attempt.objects.first().pk)
    address = f"/attempts/?{urlencode({parameter: cursor})}"
    response = client.get(address, headers=headers)
    if headers:
        assert response.status_code == 401
        return
    assert response.status_code == 302
    assert response.headers["Location"] == f"/accounts/login/?next={quote(address)}"


def test_a_list_of_somebody_who_was_logged_in_before_is_loaded_anew(client, mine, user):
    attempts_of(user, 21)
    older = visit(mine, "/attempts/").link("Older attempts")
    other = logged_in(UserFactory())
    response = other.get(f"/attempts/{older}", headers=HTMX)
    assert response.headers["HX-Redirect"] == "/attempts/"
    assert response.content == b""


BROKEN = [
    *("x", "_", "2026", "2026-03-02T09:00:00_", "%", "9" * 5000, "é", "a_b_c"),
    "2026-03-02T09:00:00_00000000-0000-0000-0000-000000000000",
    "2026-03-02T09:00:00+00:00_1",
    "9999-99-99T00:00:00+00:00_00000000-0000-0000-0000-000000000000",
]


@pytest.mark.parametrize("cursor", BROKEN)
def test_a_broken_cursor_shows_the_first_page(mine, user, cursor):
    attempts_of(user, 2)
    response = mine.get("/attempts/", {"before": cursor})
    assert response.status_code == 200
    assert len(pages(mine)[0]) == 2


@pytest.mark.parametrize(
    "instant",
    [
        "0001-01-01T00:00:00+23:59",
        "0001-01-01T00:00:00+00:00",
        "9999-12-31T23:59:59-23:59",
        "2026-03-02T09:00:00+00:00:00.000001",
        "2026-03-02T09:00:00.5-15:59",
    ],
)
def test_an_odd_cursor_is_no_failure(mine, user, instant):
    attempts_of(user, 2)
    cursor = f"{instant}_ffffffff-ffff-ffff-ffff-ffffffffffff"
    assert mine.get("/attempts/", {"before": cursor}).status_code == 200


def test_a_row_says_what_was_done(mine, user):
    attempt = AttemptFactory(user=user, finished=True, number=3, score="66.67")
    AnswerFactory(attempt=attempt, written=True, closed=True, share="1")
    AnswerFactory(attempt=attempt, closed=True, text=" \n")
    page = visit(mine, "/attempts/")
    row = f"2 Mar 2026 {attempt.interview_title} (3rd) 1 of 2 10 min 67"
    assert row in page.words


def test_not_scored_is_not_zero_and_half_checked_is_not_final(mine, user):
    for shares, score in (((None,), None), (("0",), 0), (("1", None), 50)):
        attempt = AttemptFactory(user=user, finished=True, score=score, interview_title=str(score))
        for share in shares:
            AnswerFactory(attempt=attempt, written=True, closed=True, share=share)
    words = visit(mine, "/attempts/").words
    assert "None 1 of 1 10 min not scored yet" in words
    assert "0 1 of 1 10 min 0 " in words
    assert "50 2 of 2 10 min 50 so far" in words


def test_the_number_of_statements_does_not_grow(mine, user):
    counts = []
    for more in (1, 19):
        for attempt in attempts_of(user, more):
            AnswerFactory.create_batch(2, attempt=attempt)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            mine.get("/attempts/")
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 12


def test_discarded_and_other_peoples_attempts_are_not_listed(mine, user):
    AttemptFactory(user=user, state="discarded", finished_at=START, interview_title="Thrown away")
    AttemptFactory(finished=True, interview_title="A stranger's")
    AttemptFactory(finished=True, user=None, guest_key="somebody", interview_title="A guest's")
    page = visit(mine, "/attempts/")
    assert page.response.context["history"].rows == []
    for absent in ("Thrown away", "A stranger's", "A guest's"):
        assert absent not in page.words


def test_a_visitor_with_nothing_sees_an_empty_history(client):
    AttemptFactory(finished=True, user=None, guest_key="somebody")
    page = visit(client, "/attempts/")
    assert not [href for href, _ in page.links if href.endswith("/review/")]
    assert not client.cookies


def test_an_attempt_whose_time_ran_out_unseen_is_in_the_list_at_once(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    pass_time(attempt.pk, 1000)
    page = visit(client, "/attempts/")
    assert [row.unusual_end for row in page.response.context["history"].rows] == ["time ran out"]
    assert "time ran out" in page.words
    assert "Interview in progress" not in page.words
