"""A page's script can tell a reply of this site from a proxy's, and a whole one from a part."""

import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from quizsite.page_scripts import OWN_REPLY, mark_own_replies
from tests.factories import UserFactory, interview_of
from tests.plain_browser import begin

pytestmark = pytest.mark.django_db
SCRIPTS = [{"HX-Request": "true"}, {"X-Page-Script": "1"}]


def is_marked(response) -> bool:
    """Whether the mark is the length of the body as a browser's script reads it."""
    body = response.content
    if response.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    return response.headers.get(OWN_REPLY) == str(len(body))


@pytest.mark.parametrize("headers", SCRIPTS)
def test_every_reply_to_a_script_is_marked_with_its_length(client, headers):
    attempt = begin(client, interview_of(2))
    headers = {**headers, "Accept-Encoding": "gzip"}  # by a proxy or by us: the mark stays true
    pages = ("", "clock/", "review/", "save/", "no-such-page/")
    replies = [client.get(f"/attempts/{attempt.pk}/{page}", headers=headers) for page in pages]
    replies.append(client.post(f"/attempts/{attempt.pk}/save/", {"text": "é"}, headers=headers))
    assert {reply.status_code for reply in replies} >= {200, 404, 405, 422}
    assert all(is_marked(reply) for reply in replies)


@pytest.mark.parametrize("headers", SCRIPTS)
def test_a_refusal_is_marked_as_well(client, headers):
    """One of a body that is too long is not, and needs no mark: its status says enough."""
    charset = "application/x-www-form-urlencoded; charset=utf-7"
    reply = client.post("/attempts/return/", "a=1", content_type=charset, headers=headers)
    assert reply.status_code == 400
    assert is_marked(reply)


@pytest.mark.parametrize("headers", SCRIPTS)
def test_a_logged_out_script_gets_a_marked_reply(client, headers):
    attempt = begin(client, interview_of(2))
    client.cookies.clear()
    reply = client.get(f"/attempts/{attempt.pk}/clock/", headers=headers)
    assert reply.status_code == 401
    assert is_marked(reply)


def test_the_admin_and_the_log_in_mark_their_replies(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    assert is_marked(client.get("/admin/questions/question/add/", headers=SCRIPTS[1]))
    client.logout()
    assert is_marked(client.get("/admin/questions/question/add/", headers=SCRIPTS[1]))
    wrong = {"login": "ada@example.org", "password": "wrong"}
    headers = {**SCRIPTS[1], "X-Requested-With": "XMLHttpRequest"}
    assert is_marked(client.post("/accounts/login/", wrong, headers=headers))


def test_no_proxy_on_the_way_may_change_what_is_marked(client):
    attempt = begin(client, interview_of(2))
    reply = client.get(f"/attempts/{attempt.pk}/clock/", headers=SCRIPTS[1])
    assert "no-transform" in reply["Cache-Control"]


def test_a_persons_click_and_a_stream_are_not_marked(client):
    assert OWN_REPLY not in client.get("/").headers
    request = RequestFactory().get("/", headers=SCRIPTS[0])
    stream = mark_own_replies(lambda _: StreamingHttpResponse(["a"]))
    assert OWN_REPLY not in stream(request).headers
    assert is_marked(mark_own_replies(lambda _: HttpResponse("é"))(request))
