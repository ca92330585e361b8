"""What a link shows to whoever has it, and that a dead one is like one that never was."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.test import Client

from attempts import transitions
from attempts.models import Answer, Attempt, Only, OwnInterview, ResultLink
from attempts.transitions import staff
from attempts.transitions.personal import sharing
from questions.models import Timing
from quizsite.clock import database_now
from tests.attempts.follow_ups import asked_back
from tests.factories import UserFactory, interview_of
from tests.plain_browser import begin, logged_in, visit

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def owner():
    return logged_in(UserFactory(username="ada.lovelace", email="ada@example.org"))


@pytest.fixture
def attempt(owner):
    """A result of two questions: one with an answer that makes one of two points."""
    attempt = begin(owner, interview_of(2, timing=Timing.TOTAL.value))
    visit(owner, attempt.get_absolute_url()).press("Flag", text="A <b>secret</b> of mine.")
    owner.post(f"/attempts/{attempt.pk}/finish/", {"confirmed": "1"})
    owner.post(f"/attempts/{attempt.pk}/review/1/", {"points": ["0"]})
    attempt.refresh_from_db()
    return attempt


def link_to(attempt, *, shows_answers=False) -> str:
    token = sharing.share(
        attempt.owner, attempt.pk, WEEK, shows_answers=shows_answers, now=database_now()
    )
    return f"/shared/{token}/"


def test_it_shows_score_topics_and_questions(attempt):
    page = visit(Client(), link_to(attempt))
    assert attempt.score == 25
    assert "25 / 100" in page.words
    for answer in Answer.objects.select_related("version__question__topic"):
        assert answer.version.prompt in page.words
        assert answer.version.question.topic.name in page.words
    assert "1 of 2 points" in page.words
    assert "no answer" in page.words


@pytest.mark.parametrize("shows_answers", [False, True])
def test_answers_show_only_when_that_was_chosen_and_never_the_model_s(attempt, shows_answers):
    html = visit(Client(), link_to(attempt, shows_answers=shows_answers)).html
    assert ("A &lt;b&gt;secret&lt;/b&gt; of mine." in html) is shows_answers
    for kept in ("The first idea.", "What is true.", "I would say what is true.", "What to stress"):
        assert kept not in html


def test_it_says_nothing_else_of_the_person(owner, attempt):
    page = visit(Client(), link_to(attempt, shows_answers=True))
    for personal in ("ada", "Ada", "lovelace", "example.org", str(attempt.pk), "guest"):
        assert personal not in page.html
    assert attempt.finished_at.strftime("%H:%M") not in page.html
    assert attempt.finished_at.isoformat()[:16] not in page.html
    assert [form for form in page.forms if form.method == "post"] == []
    assert page.buttons == []


def test_the_name_of_an_interview_of_one_s_own_is_not_shown(attempt):
    own = OwnInterview.objects.create(
        user=attempt.user, name="For Acme", only=Only.ANY.value, created_at=attempt.started_at
    )
    Attempt.objects.update(own_interview=own, interview=None, interview_title="For Acme")
    assert "Acme" not in visit(Client(), link_to(attempt)).html


def test_it_is_kept_by_nobody_and_sets_no_cookie(attempt):
    place = link_to(attempt)
    for client in (Client(), logged_in(UserFactory())):
        before = dict(client.cookies.items())
        response = client.get(place)
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "no-store" in response.headers["Cache-Control"]
        assert '<meta name="robots" content="noindex, nofollow">' in response.content.decode()
        assert not response.cookies
        assert dict(client.cookies.items()) == before


def test_all_who_look_see_the_same(owner, attempt):
    place = link_to(attempt)
    pages = {client.get(place).content for client in (Client(), owner, logged_in(UserFactory()))}
    assert len(pages) == 1


def expire(attempt):
    ResultLink.objects.update(
        created_at=F("created_at") - WEEK, expires_at=F("expires_at") - WEEK - timedelta(seconds=1)
    )


def take_back(attempt):
    sharing.take_back(attempt.owner, attempt.pk, ResultLink.objects.get().pk)


def delete(attempt):
    transitions.delete(attempt.owner, attempt.pk)


def delete_account(attempt):
    attempt.user.delete()


def reopen(attempt):
    staff.reopen(attempt.pk, timedelta(minutes=5), why="x", now=database_now())


ENDS = [expire, take_back, delete, delete_account, reopen]


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("who", [Client, lambda: logged_in(UserFactory())], ids=["guest", "user"])
def test_a_dead_link_is_like_one_that_never_was(attempt, end, who):
    place, client = link_to(attempt), who()
    assert client.get(place).status_code == 200
    end(attempt)
    dead, never = client.get(place), client.get(f"/shared/{'x' * 43}/")
    assert dead.status_code == never.status_code == 404
    assert _without_token(dead) == _without_token(never)
    assert place.split("/")[2] not in dead.content.decode()
    for response in (dead, never):
        del response.headers["X-Request-ID"]
    assert {*dead.headers.items()} == {*never.headers.items()}


def _without_token(response) -> str:
    """The page; the token of a form of a logged-in viewer is another each time."""
    lines = response.content.decode().splitlines()
    return "\n".join(line for line in lines if "csrfmiddlewaretoken" not in line)


def test_a_dead_link_looks_like_any_page_that_does_not_exist(client):
    words = visit(client, "/shared/never/").words
    assert words == visit(client, "/no-such-page/").words


@pytest.mark.parametrize(
    "token", ["x", "é", "%00", "%ff", "x" * 5000, "..", "%2e%2e", "' OR 1=1 --"]
)
def test_any_other_address_is_unknown(client, token):
    assert client.get(f"/shared/{token}/").status_code in (400, 404)


def test_the_same_link_without_its_last_stroke_leads_to_it(client, attempt):
    place = link_to(attempt)
    assert client.get(place.rstrip("/")).headers["Location"] == place


def test_only_reading_is_possible(client, attempt):
    place = link_to(attempt)
    assert client.post(place).status_code == 405
    assert client.head(place).status_code == 200


def test_it_shows_what_the_owner_sees_after_a_correction(owner, attempt):
    place = link_to(attempt)
    owner.post(f"/attempts/{attempt.pk}/review/1/", {"points": ["0", "1"]})
    assert "50 / 100" in visit(Client(), place).words
    Answer.objects.filter(position=1).update(counted=[True, False])
    assert "1 of 1 points" in visit(Client(), place).words


def test_it_takes_few_statements(client, attempt, django_assert_max_num_queries):
    place = link_to(attempt, shows_answers=True)
    with django_assert_max_num_queries(12):
        client.get(place)


@pytest.mark.parametrize("shows_answers", [False, True])
def test_follow_ups_show_beneath_their_question_and_never_why_they_were_asked(shows_answers):
    answer = asked_back("1000", "0100", "", share="0.375")
    page = visit(Client(), link_to(answer.attempt, shows_answers=shows_answers))
    assert page.words.count("A follow-up") == 2
    assert "And if it fails?" in page.words
    assert ("Then I would retry it" in page.words) is shows_answers
    assert "1 of 4 points, 1 more when asked" in page.words
    assert "1 of 1 answered" in page.words
    assert "counts half" in page.words
    assert "It retries." not in page.words
