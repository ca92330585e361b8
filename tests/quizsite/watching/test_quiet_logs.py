"""The site as in production, played and broken: what was sent stands in no line of any log, and the
lines of the proxy, the site and PostgreSQL about one request have its id.

The levels are the most talkative ones. Skipped where there is no nginx in PATH.
"""

import contextlib
import json
import re
import secrets
import shutil

import pytest

from tests.faults.browser import Browser
from tests.faults.nginx import Nginx
from tests.faults.site import Site
from tests.quizsite.watching.breaking import WAYS
from tests.waiting import wait_until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("nginx"), reason="there is no nginx here"),
]

TOKEN = "metrics-token-0123456789"


def planted(kind: str) -> str:
    """A word that stands nowhere else."""
    return f"planted{kind}{secrets.token_hex(4)}"


class TalkativeSite(Site):
    def variables(self, url: str) -> dict[str, str]:
        return super().variables(url) | {
            "LOG_JSON": "1",
            "LOG_LEVEL": "DEBUG",
            "BEHIND_PROXY": "1",
            "METRICS_TOKEN": TOKEN,
        }


class Played:
    """What was sent (`secrets`), the replies by step, and the lines of each log."""

    def __init__(self):
        self.secrets, self.replies = {}, {}
        self.logs: dict[str, list[str]] = {}

    def secret(self, kind: str) -> str:
        return self.secrets.setdefault(kind, planted(kind))


def play(played: Played, port: int) -> None:
    browser = Browser("127.0.0.1", port)
    interview(played, browser)
    account(played, browser)
    failures(played, browser)
    for number, (name, value) in enumerate(browser.cookies.items()):
        if len(value) > 20:
            played.secrets[f"cookie {number} {name}"] = value
    browser.close()


def interview(played: Played, browser: Browser) -> None:
    started = None
    for page in re.findall(r'href="(/interviews/[^"]+/)"', browser.get("home", "/").text):
        browser.get("interview", page)
        started = browser.post("start", page, {})
        if "Location" in started.headers:
            break
    url = started.headers["Location"]
    room = browser.get("room", url).text
    fields = {
        "position": re.search(r'data-position="(\d+)"', room)[1],
        "writer": "5b4dcd5c-3a5b-4a1e-8f0b-0d6fd3f0a001",
        "text": played.secret("answer") + " and more words.",
        "why": "auto",
    }
    steps = [("0", "1"), ("0", "1"), ("0", "0")]
    for revision, sequence in steps:
        sent = fields | {"revision": revision, "sequence": sequence}
        played.replies["save"] = browser.fetch("save", f"{url}save/", sent)
    other = fields | {"revision": "0", "sequence": "1", "text": played.secret("conflict")}
    other["writer"] = "5b4dcd5c-3a5b-4a1e-8f0b-0d6fd3f0a002"
    browser.fetch("conflict", f"{url}save/", other)
    browser.fetch("bad", f"{url}save/", fields | {"revision": played.secret("badnumber")})
    played.replies["search"] = browser.get("search", f"/attempts/?q={played.secret('search')}")
    browser.get("shared", f"/shared/{played.secret('link')}/?again={played.secret('query')}")
    browser.post("finish", f"{url}finish/", {})


def account(played: Played, browser: Browser) -> None:
    email, password = f"{played.secret('email')}@example.org", played.secret("password")
    browser.get("signup", "/accounts/signup/")
    new = {"email": email, "password1": password, "password2": password}
    played.replies["signup"] = browser.post("signup", "/accounts/signup/", new)
    browser.get("confirm", f"/accounts/confirm-email/{played.secret('emailkey')}/")
    browser.get("reset", f"/accounts/password/reset/key/1-{played.secret('resetkey')}/")
    browser.get("logout", "/accounts/logout/")
    browser.post("logout", "/accounts/logout/", {})
    for guess in (played.secret("guess"), password):
        browser.get("login", "/accounts/login/")
        fields = {"login": email, "password": guess}
        played.replies["login"] = browser.post("login", "/accounts/login/", fields)
    browser.post("reset", "/accounts/password/reset/", {"email": email})
    browser.request(
        "csrf",
        "POST",
        "/accounts/login/",
        f"login={played.secret('noform')}".encode(),
        {"Content-Type": "application/x-www-form-urlencoded"},
    )
    browser.get("import", "/admin/questions/question/import/")
    browser.post("import", "/admin/questions/question/import/", {"f": played.secret("import")})


def failures(played: Played, browser: Browser) -> None:
    for way in WAYS:
        headers = {"X-Request-ID": f"made-up-by-a-visitor-{way}"}
        fields = {"text": played.secret(f"broken{way}")}
        played.replies[way] = browser.post(way, f"/break/{way}/", fields, **headers)
    browser.get("nul", f"/nothing/?{played.secret('nul')}=%00")


def fetched(port: int, path: str):
    with contextlib.closing(Browser("127.0.0.1", port)) as browser:
        return browser.get("fetch", path, Authorization=f"Bearer {TOKEN}")


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nginx")
    site, told = TalkativeSite("tests.quizsite.watching.breaking_settings"), Played()
    try:
        site.start()
        direct = site.listener.getsockname()[1]
        proxy = Nginx(folder, f"127.0.0.1:{direct}")
        assert wait_until(lambda: fetched(proxy.port, "/healthz") is not None, 10)
        play(told, proxy.port)
        ports = (proxy.port, proxy.metrics_port, *[direct] * 4)
        told.metrics = [fetched(port, "/metrics") for port in ports]
        proxy.stop()
        told.logs = {
            "site": site.log.read_text(errors="replace").splitlines(),
            "PostgreSQL": site.cluster.beside(".log").read_text(errors="replace").splitlines(),
            "nginx": (folder / "access.log").read_text().splitlines(),
            "nginx's errors": proxy.errors().splitlines(),
        }
        yield told
    finally:
        site.stop()


def test_it_was_played(played):
    """Otherwise the other tests would prove nothing."""
    status = {step: reply.status for step, reply in played.replies.items()}
    assert status == {
        **{"save": 200, "search": 200, "signup": 302, "login": 302},
        **dict.fromkeys(WAYS, 500),
        "slow": 503,
    }
    assert len(played.secrets) > 20
    assert {name: len(lines) > 5 for name, lines in played.logs.items()} == {
        **{"site": True, "nginx": True, "PostgreSQL": True},
        "nginx's errors": False,
    }


@pytest.mark.parametrize("log", ["site", "PostgreSQL", "nginx", "nginx's errors"])
def test_nothing_that_was_sent_is_in_a_log(played, log):
    text = "\n".join(played.logs[log])
    # PostgreSQL names a value that it can't read as a number. The site gives it none to read.
    known = {"brokennumber"} if log == "PostgreSQL" else set()
    assert {kind for kind, secret in played.secrets.items() if secret in text} == known


def test_every_line_of_the_site_and_the_proxy_is_json(played):
    for log in ("site", "nginx"):
        for line in played.logs[log]:
            assert json.loads(line)["logger"], line


def test_replies_proxy_and_site_share_the_id_which_no_visitor_chooses(played):
    proxys = {json.loads(line)["request_id"] for line in played.logs["nginx"]}
    ours = [json.loads(line) for line in played.logs["site"]]
    requests = [line for line in ours if line["logger"] == "quizsite.access"]
    shared = {line["request_id"] for line in requests if line["path"].startswith("/break/")}
    assert len(shared) == len(WAYS)
    assert shared <= proxys
    assert {played.replies[way].headers["X-Request-ID"] for way in WAYS} == shared
    assert "made-up" not in "".join(proxys)


@pytest.mark.parametrize("way", WAYS)
def test_what_failed_is_in_the_log_with_its_id_and_its_place_in_the_code(played, way):
    request_id = played.replies[way].headers["X-Request-ID"]
    lines = [json.loads(line) for line in played.logs["site"]]
    about = [line for line in lines if line.get("request_id") == request_id]
    levels = [line["level"] for line in about]
    assert "ERROR" in levels
    if way != "slow":
        assert f"in {way}" in "".join(line.get("exception", "") for line in about)
        assert request_id in played.replies[way].text


@pytest.mark.parametrize("way", ["row", "slow"])
def test_postgresqls_line_about_a_transaction_has_the_id(played, way):
    request_id = played.replies[way].headers["X-Request-ID"]
    about = [line for line in played.logs["PostgreSQL"] if request_id in line]
    assert any("ERROR:" in line for line in about)


def test_numbers_are_those_of_both_workers_and_pass_no_proxy(played):
    by_proxy, *direct = played.metrics
    assert by_proxy.status == 404
    counts = []
    for reply in direct:
        assert reply.status == 200
        assert len(re.findall(r"^quizsite_process_resident_bytes\{", reply.text, re.MULTILINE)) > 0
        counted = r'quizsite_saves_total\{verdict="already"\} (\d+)'
        counts.append(re.search(counted, reply.text)[1])
    assert len(set(counts)) == 1
