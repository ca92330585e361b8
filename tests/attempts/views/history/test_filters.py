"""What each filter lists, and that the place in a filtered list lasts."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attempts.models import Attempt, OwnInterview
from attempts.views.history import filters
from attempts.views.history.filters import HistoryFilter
from tests.attempts.views.history.rows import practised, said, scheduled
from tests.factories import (
    START,
    AnswerFactory,
    AttemptFactory,
    InterviewFactory,
    TopicFactory,
    UserFactory,
    published_question,
)
from tests.plain_browser import HTMX, visit

pytestmark = pytest.mark.django_db


def listed(client, **fields) -> list[str]:
    """The titles of the attempts that a filter lists, newest first."""
    response = client.get("/attempts/", fields)
    assert response.status_code == 200
    return [row.attempt.interview_title for row in response.context["history"].rows]


@pytest.fixture
def many(user):
    """One attempt of each sort, named by what is special; and the same of somebody else."""
    for owner in (user, UserFactory()):
        first, second = InterviewFactory(slug=f"first-{owner.pk}"), InterviewFactory()
        own = OwnInterview.objects.create(user=owner, name="Mine", created_at=START)
        topic = TopicFactory(slug=f"topic-of-{owner.pk}")
        common = {"user": owner, "interview": first}
        said(days=1, interview_title="first", **common)
        said(days=2, interview_title="second", user=owner, interview=second)
        practised(owner, title="practised", days=3)
        said(
            days=4,
            interview_title="own",
            user=owner,
            interview=None,
            timing="total",
            own_interview=own,
        )
        said(days=5, interview_title="expired", state="expired", **common)
        said(days=6, interview_title="discarded", state="discarded", **common)
        said(days=7, interview_title="slow", time_factor=2, **common)
        said(
            days=8, interview_title="untimed", untimed=True, limit=None, deadline_at=None, **common
        )
        extended = said(days=9, interview_title="extended", **common)
        extended.added_times.create(
            amount=timedelta(minutes=5), reason="asked", added_at=extended.finished_at
        )
        said(days=10, interview_title="hidden", is_hidden=True, **common)
        scheduled(owner, "0.5", topic=topic)
        Attempt.objects.filter(answers__version__question__topic=topic).update(
            interview_title="of the topic", interview=second
        )


ALL = [
    *("extended", "untimed", "slow", "expired", "own", "practised", "second", "first"),
    "of the topic",
]


@pytest.mark.parametrize(
    ("fields", "titles"),
    [
        ({}, ALL),
        ({"kind": "practice"}, ["practised"]),
        ({"kind": "own"}, ["own"]),
        ({"kind": "interview"}, [title for title in ALL if title not in ("practised", "own")]),
        ({"ending": "submitted"}, [title for title in ALL if title != "expired"]),
        ({"ending": "expired"}, ["expired"]),
        ({"ending": "discarded"}, ["discarded"]),
        ({"standard": "1"}, [t for t in ALL if t not in ("extended", "untimed", "slow")]),
        ({"hidden": "1"}, ["hidden"]),
        ({"hidden": "1", "kind": "practice"}, []),
        ({"kind": "interview", "standard": "on", "ending": "expired"}, ["expired"]),
    ],
)
def test_what_is_listed(mine, many, fields, titles):
    assert listed(mine, **fields) == titles


def test_by_interview_and_topic(mine, many, user):
    by_interview = ["extended", "untimed", "slow", "expired", "first"]
    assert listed(mine, interview=f"first-{user.pk}") == by_interview
    assert listed(mine, topic=f"topic-of-{user.pk}") == ["of the topic"]


def test_an_attempt_with_two_questions_of_a_topic_is_listed_once(mine, user):
    topic = TopicFactory()
    attempt = AttemptFactory(user=user, finished=True, interview_title="twice")
    for _ in range(2):
        version = published_question(topic).current_version
        AnswerFactory(attempt=attempt, version=version, written=True, closed=True, share="0.5")
    scheduled(user, "0.5", topic=topic)
    assert sorted(listed(mine, topic=topic.slug))[-1:] == ["twice"]
    assert len(listed(mine, topic=topic.slug)) == 2


def test_the_form_offers_only_what_there_is_of_mine(mine, many, user):
    form = mine.get("/attempts/").context["history"].form
    slugs = [slug for slug, _ in form.fields["interview"].choices]
    assert f"first-{user.pk}" in slugs
    assert len(slugs) == 3  # all; two of mine
    assert [slug for slug, _ in form.fields["topic"].choices][1:] == [f"topic-of-{user.pk}"]


STRANGE = [
    *({"kind": "x"}, {"interview": "no-such"}, {"topic": "0"}, {"ending": "running"}),
    *({"words": "x" * 10_000}, {"kind": "\ud800".encode("utf-8", "replace")}),
    {"before": "x", "through": "y", "page": "7"},
]


@pytest.mark.parametrize("fields", STRANGE)
def test_a_value_that_is_not_offered_is_no_filter(mine, many, fields):
    assert listed(mine, **fields) == ALL


def test_a_search_that_is_too_long_says_so(mine, many):
    words = visit(mine, f"/attempts/?words={'x' * 300}").words
    assert "at most 200 characters" in words


def test_a_page_with_a_filter_is_the_list_alone(mine, many):
    assert mine.get("/attempts/").context["history"].overview is not None
    assert mine.get("/attempts/", {"kind": "own"}).context["history"].overview is None


def test_nothing_that_fits_is_said_and_the_filter_stays(mine, many):
    page = visit(mine, "/attempts/?kind=own&ending=expired")
    assert "No attempt fits" in page.words
    assert page.link("Show all attempts") == "/attempts/"
    assert page.response.context["history"].form["kind"].value() == "own"


def test_all_discarded_is_not_nothing(mine, user):
    said(user, state="discarded", interview_title="gone")
    page = visit(mine, "/attempts/")
    assert page.status == 200
    assert "Choose an interview" not in page.words
    assert listed(mine, ending="discarded") == ["gone"]


# --- the place ------------------------------------------------------------------------------


def test_older_ones_of_a_filter_are_of_the_filter_too(mine, user):
    for number in range(25):
        said(user, days=number, interview_title=f"Interview {number}")
        practised(user, days=number, title=f"Practice {number}")
    first = visit(mine, "/attempts/?kind=practice")
    older = first.link("Older attempts")
    second = mine.get(f"/attempts/{older}")
    titles = [row.attempt.interview_title for row in second.context["history"].rows]
    assert titles == [f"Practice {number}" for number in (4, 3, 2, 1, 0)]
    assert visit(mine, f"/attempts/{older}").link("Newest attempts") == "/attempts/?kind=practice"
    response = mine.get(f"/attempts/{older}", headers=HTMX)
    place = response.headers["HX-Replace-Url"]
    assert place.startswith("?kind=practice&through=")
    assert len(mine.get(f"/attempts/{place}").context["history"].rows) == 25


@pytest.mark.parametrize("field", [f"{name}=1" for name in filters.FilterForm.base_fields])
def test_logged_out_a_filter_is_no_empty_list(client, field):
    response = client.get(f"/attempts/?{field}")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/?next=/attempts/")


def test_an_address_has_only_what_was_chosen():
    assert HistoryFilter().address() == ""
    chosen = HistoryFilter(words="a b", standard=True)
    assert chosen.address(before="x", through="") == "words=a+b&standard=1&before=x"


@pytest.mark.parametrize(
    "address", ["", "?kind=practice&standard=1", "?words=queue", "?words=the", "?hidden=1"]
)
def test_the_number_of_statements_is_small_and_does_not_grow(mine, user, address):
    counts = []
    topic = TopicFactory()
    for more in (2, 24):
        for number in range(more):
            said(user, "A queue.", "Another queue.", days=number, score="50")
            practised(user, days=number, score="40")
            said(user, days=number, is_hidden=True)
            scheduled(user, "0.5", topic=topic)
        with CaptureQueriesContext(connection) as captured:
            mine.get(f"/attempts/{address}")
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 12


def test_with_an_interview_in_progress_too(mine, user):
    said(user, "A queue.", score="50")
    running = AttemptFactory(user=user, interview_title="Now", untimed=True, limit=None,
                             deadline_at=None)  # fmt: skip
    AnswerFactory(attempt=running, position=1, opened_at=START)
    with CaptureQueriesContext(connection) as captured:
        assert "Interview in progress" in visit(mine, "/attempts/").words
    assert len(captured) <= 13
