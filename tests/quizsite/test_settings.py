"""Settings for production, read in a process of their own, as a server does."""

import gzip
import json
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from tests.factories import PASSWORD, interview_of
from tests.plain_browser import begin

PRODUCTION = {
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none",
    "SECRET_KEY": "k" * 60,
    "ALLOWED_HOSTS": "example.org",
}
NAMES = (
    *("DEBUG", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"),
    *("SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SESSION_COOKIE_HTTPONLY"),
    *("ALLOWED_HOSTS", "EMAIL_BACKEND", "SECURE_CONTENT_TYPE_NOSNIFF", "SESSION_COOKIE_SAMESITE"),
    "ACCOUNT_EMAIL_VERIFICATION",
)


def run(code: str, **environment) -> subprocess.CompletedProcess:
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", f"import django\n{code}"],
        env={**inherited, "DJANGO_SETTINGS_MODULE": "quizsite.settings", **environment},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def values(**environment) -> dict:
    done = run(
        "import json\nfrom django.conf import settings\n"
        f"print(json.dumps({{n: getattr(settings, n, None) for n in {NAMES!r}"
        "+ ('SECURE_PROXY_SSL_HEADER', 'ALLAUTH_TRUSTED_PROXY_COUNT')}))",
        **environment,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("missing", ["SECRET_KEY", "DATABASE_URL"])
def test_without_a_secret_or_a_database_there_is_no_site(missing):
    given = {name: value for name, value in PRODUCTION.items() if name != missing}
    for environment in (given, {**given, missing: ""}):
        done = run("from django.conf import settings\nsettings.DEBUG", **environment)
        assert done.returncode != 0
        assert "ImproperlyConfigured" in done.stderr.splitlines()[-1]
        assert missing in done.stderr.splitlines()[-1]


def test_production_is_strict_by_default():
    assert {name: value for name, value in values(**PRODUCTION).items() if name in NAMES} == {
        "DEBUG": False,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 365 * 24 * 60 * 60,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "ALLOWED_HOSTS": ["example.org"],
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "ACCOUNT_EMAIL_VERIFICATION": "optional",
    }


def test_a_proxy_is_believed_only_where_there_is_one():
    alone, behind = values(**PRODUCTION), values(**PRODUCTION, BEHIND_PROXY="1")
    assert (alone["SECURE_PROXY_SSL_HEADER"], alone["ALLAUTH_TRUSTED_PROXY_COUNT"]) == (None, None)
    assert behind["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert behind["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """The folder into which `collectstatic` has put everything, by the settings of production."""
    place = tmp_path_factory.mktemp("static")
    done = run(
        "django.setup()\n"
        "from django.conf import settings\n"
        "from django.core.management import call_command\n"
        f"settings.STATIC_ROOT = {str(place)!r}\n"
        "call_command('collectstatic', interactive=False, verbosity=0)",
        **PRODUCTION,
    )
    assert done.returncode == 0, done.stderr
    return place


@pytest.mark.django_db
def test_behind_a_proxy_with_tls_forms_can_be_sent(settings):
    cache.clear()
    for name, value in values(**PRODUCTION, HTTPS="1", BEHIND_PROXY="1").items():
        if name != "EMAIL_BACKEND":
            setattr(settings, name, value)
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"  # as without a mail server
    host = {"host": "example.org", "x-forwarded-proto": "https", "x-forwarded-for": "192.0.2.1"}
    client = Client(enforce_csrf_checks=True, headers=host)
    page = client.get("/accounts/signup/")
    token = page.context["csrf_token"]
    new = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    form = {**new, "csrfmiddlewaretoken": str(token)}
    reply = client.post("/accounts/signup/", form, headers={"origin": "https://example.org"})
    assert (reply.status_code, reply.headers["Location"]) == (302, "/attempts/")


@pytest.mark.django_db
def test_what_editors_look_at_does_not_push_rate_limits_out_of_the_cache():
    cache.clear()
    cache.set("counter", [1.0], 300)
    for number in range(310):
        cache.set(f"coverage:{number}", "x", 3600)
    assert cache.get("counter") == [1.0]


@pytest.mark.slow
def test_headers_of_production(collected):
    done = run(
        "django.setup()\n"
        "import json\n"
        "from django.conf import settings\n"
        "from django.test import Client\n"
        f"settings.STATIC_ROOT = {str(collected)!r}\n"
        "client = Client(raise_request_exception=False)\n"
        "plain = client.get('/nothing/', HTTP_HOST='example.org')\n"
        "found = client.get('/nothing/', HTTP_HOST='example.org', secure=True)\n"
        "forged = client.get('/nothing/', HTTP_HOST='evil.example', secure=True)\n"
        "alive = client.get('/healthz', HTTP_HOST='10.0.0.1')\n"
        "ready = client.get('/readyz', HTTP_HOST='10.0.0.1')\n"
        "print(json.dumps([[r.status_code, dict(r.headers), r.content.decode()] for r in"
        " (plain, found, forged, alive, ready)]))",
        **PRODUCTION,
    )
    assert done.returncode == 0, done.stderr
    plain, found, forged, alive, ready = json.loads(done.stdout.splitlines()[-1])
    assert (plain[0], plain[1]["Location"]) == (301, "https://example.org/nothing/")
    assert found[0] == 404
    assert found[1]["Strict-Transport-Security"].startswith("max-age=31536000; includeSubDomains")
    assert re.search(r"/static/bundles/pages\.[0-9a-f]{12}\.css", found[2])
    assert forged[0] == 400
    assert "evil.example" not in forged[2]
    assert "Content-Security-Policy" in forged[1]
    assert (alive[0], ready[0]) == (
        200,
        503,
    )


@pytest.mark.slow
def test_static_names_change_with_the_content_and_modules_find_each_other(collected):
    named = json.loads((collected / "staticfiles.json").read_text())["paths"]
    ours = {name for name in named if name.startswith(("js/", "css/"))}
    assert {"js/room/room.js", "js/page/page.js", "css/site.css"} <= ours
    imports = 0
    for name in ours:
        hashed = collected / named[name]
        assert re.search(r"\.[0-9a-f]{12}\.(js|css)$", hashed.name)
        assert (collected / name).exists()  # for pages of the earlier release, and that of a 500
        for imported in re.findall(
            r"""(?:from|import) ["'](\.{1,2}/[^"']+)["']""", hashed.read_text()
        ):
            imports += 1
            assert re.search(r"\.[0-9a-f]{12}\.js$", imported), (name, imported)
            assert (hashed.parent / imported).exists(), (name, imported)
    assert imports > 5
    assert (collected / f"{named['js/room/room.js']}.gz").exists()
    assert (collected / f"{named['js/room/room.js']}.br").exists()


@pytest.mark.slow
@pytest.mark.django_db
def test_a_question_opens_with_few_requests_and_bytes(collected, client):
    """Goal: 6 requests and 60 kB for somebody who has never been here."""
    named = json.loads((collected / "staticfiles.json").read_text())["paths"]
    room = begin(client, interview_of(5)).get_absolute_url()
    page = client.get(room, headers={"Accept-Encoding": "gzip"})
    html = gzip.decompress(page.content).decode()
    needed = re.findall(r'<(?:script|link)[^>]+(?:src|href)="/static/([^"]+)"', html)
    assert len(needed) == 4
    files = [collected / named[name] for name in needed]
    small = [file.with_name(f"{file.name}.br") for file in files]
    sent = [
        (best if best.exists() else file).stat().st_size
        for file, best in zip(files, small, strict=True)
    ]
    assert len(page.content) + sum(sent) < 60_000


def test_a_wrong_server_for_the_scorer_stops_the_site_and_shows_no_key():
    wrong = {"SCORER_URL": "ftp://example.org", "SCORER_MODEL": "m", "SCORER_KEY": "secret-1"}
    done = run("from django.conf import settings\nsettings.DEBUG", **PRODUCTION, **wrong)
    assert "ImproperlyConfigured: SCORER_URL" in done.stderr.splitlines()[-1]
    right = {**wrong, "SCORER_URL": "https://example.org/v1"}
    named = run("from django.conf import settings\nprint(settings.SCORER)", **PRODUCTION, **right)
    assert "https://example.org/v1/chat/completions" in named.stdout
    assert "secret-1" not in done.stderr + named.stdout


@pytest.mark.parametrize(
    ("environment", "confirms"),
    [
        ({}, False),
        ({"EMAIL_HOST": "mail.example.org"}, True),
        ({"EMAIL_HOST": ""}, False),
        ({"DEBUG": "1"}, True),
        ({"DEBUG": "1", "CONFIRM_ADDRESSES": "0"}, False),
        ({"CONFIRM_ADDRESSES": "1"}, True),
    ],
)
def test_addresses_are_confirmed_where_mail_leaves(environment, confirms):
    code = "from quizsite import settings; print(settings.ACCOUNT_EMAIL_VERIFICATION)"
    needed = {"SECRET_KEY": "x", "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none"}
    result = run(code, **needed, **environment)
    assert result.stdout.strip() == ("mandatory" if confirms else "optional"), result.stderr
