"""Each request has an id, a line in the log, and counts."""

import logging
import re

import pytest
from django.test import Client
from django.urls import path
from prometheus_client import generate_latest

from quizsite import urls
from quizsite.logs import request_ids
from quizsite.metrics.registry import REGISTRY

SECRET = "kept-from-everybody"
ID = "proxy-id-0123456789"


def broken(request, key):
    raise ValueError(SECRET)


handler500 = urls.handler500
urlpatterns = [*urls.urlpatterns, path("broken/<str:key>/", broken, name="broken")]


@pytest.fixture
def access(caplog):
    caplog.set_level(logging.INFO, "quizsite.access")
    return lambda: [r for r in caplog.records if r.name == "quizsite.access"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("behind_proxy", "given", "taken"),
    [(True, ID, True), (False, ID, False), (True, "x'; --", False), (True, "", False)],
)
def test_the_reply_has_an_id_and_it_is_the_proxys_where_there_is_one(
    client, settings, behind_proxy, given, taken
):
    settings.BEHIND_PROXY = behind_proxy
    reply = client.get("/", headers={"X-Request-ID": given})
    assert (reply.headers["X-Request-ID"] == given) is taken
    assert request_ids.WELL_FORMED.fullmatch(reply.headers["X-Request-ID"])


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/nothing/", "/static/nothing.css", "/admin/", "/healthz"])
def test_every_reply_has_an_id_of_its_own(client, address):
    ids = {client.get(address).headers["X-Request-ID"] for _ in range(2)}
    assert len(ids) == 2


@pytest.mark.urls(__name__)
def test_the_page_of_an_error_names_the_id_and_the_log_has_it(settings):
    client = Client(raise_request_exception=False)
    reply = client.get("/broken/1/")
    assert reply.status_code == 500
    assert reply.headers["X-Request-ID"] in reply.content.decode()
    assert request_ids.current() == reply.headers["X-Request-ID"]


@pytest.mark.urls(__name__)
def test_a_line_has_path_route_status_and_nothing_of_what_was_sent(access):
    client = Client(raise_request_exception=False)
    client.post(f"/broken/a%0Ab/?q={SECRET}", {"text": SECRET}, headers={"cookie": SECRET})
    (line,) = access()
    assert line.getMessage().startswith("POST /broken/a%0Ab/ 500, ")
    assert (line.route, line.status, line.method) == ("broken", 500, "POST")
    assert SECRET not in str(line.__dict__)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/shared/{}/", "/accounts/confirm-email/{}/"])
def test_secret_parts_of_addresses_are_in_no_line(client, access, address):
    client.get(address.format(SECRET))
    (line,) = access()
    assert line.getMessage().startswith(f"GET {address.format('...')}")
    assert SECRET not in str(line.__dict__)


@pytest.mark.django_db
def test_requests_are_counted_by_route_and_made_up_methods_and_paths_are_one(client, settings):
    settings.METRICS_TOKEN = "a-token"
    for method, address in [
        *[("GET", "/"), ("PROPFIND", "/x1/"), ("MKCOL", "/x2/")],
        *[("GET", "/admin/auth/user/7/change/"), ("GET", "/admin/auth/user/8/change/")],
    ]:
        client.generic(method, address)
    seen = generate_latest(REGISTRY).decode()
    counted = set(re.findall(r"quizsite_request_seconds_count\{(.+)\}", seen))
    assert 'method="GET",route="home",status="2xx"' in counted
    assert 'method="other",route="none",status="4xx"' in counted
    assert 'method="GET",route="admin:auth_user_change",status="3xx"' in counted
    assert not re.search("x1|PROPFIND|/7/", seen)


@pytest.mark.django_db
def test_a_probe_is_news_only_when_it_is_bad(client, access, settings):
    assert client.get("/healthz").status_code == 200
    assert client.post("/healthz").status_code == 405
    assert [line.route for line in access()] == ["probe"]
