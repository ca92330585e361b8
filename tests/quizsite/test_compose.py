"""docker-compose.yml and the Dockerfile: who runs as what, with which limits, and what is kept."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
SERVICES = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
SITE = ("web", "sweep", "scorer")
IMAGE = (ROOT / "Dockerfile").read_text()


@pytest.mark.parametrize("name", SITE)
def test_the_processes_of_the_site_have_the_same_settings(name):
    assert SERVICES[name]["environment"] == SERVICES["web"]["environment"]


def test_migrations_do_not_go_through_the_pooler():
    prepare, web = SERVICES["prepare"]["environment"], SERVICES["web"]["environment"]
    assert {k: v for k, v in prepare.items() if web[k] != v}.keys() == {
        "DATABASE_URL",
        "PGBOUNCER",
    }
    assert "PGBOUNCER" not in prepare["DATABASE_URL"]


def test_static_files_are_kept_from_one_release_to_the_next():
    for name in ("prepare", "web"):
        assert f"static:{SERVICES[name]['environment']['STATIC_ROOT']}" in SERVICES[name]["volumes"]


@pytest.mark.parametrize("name", [name for name in SERVICES if name != "db"])
def test_nothing_but_the_database_may_write_or_gain_rights(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("name", SERVICES)
def test_every_process_has_a_limit_and_is_started_again(name):
    service = SERVICES[name]
    assert service["deploy"]["resources"]["limits"]["memory"]
    assert service["restart"] == ("on-failure" if name == "prepare" else "unless-stopped")
    assert service["logging"]["options"]["max-size"]
    is_server = name in ("db", "pgbouncer", "web", "proxy")
    assert bool(service["healthcheck"].get("test")) is is_server


def test_the_image_has_no_root_and_no_compiler():
    users = re.findall(r"^USER (\w+)", IMAGE, re.MULTILINE)
    assert users == ["app"]
    after = IMAGE.partition("USER app")[2]
    assert not re.search(r"^(RUN|COPY|ADD)", after, re.MULTILINE)
    assert not re.search(r"apt|gcc|build-essential", IMAGE)
    assert "HEALTHCHECK" in after


def test_what_the_image_copies_is_sent_to_the_builder():
    sent = set(re.findall(r"^!(\S+)", (ROOT / ".dockerignore").read_text(), re.MULTILINE))
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", IMAGE, re.MULTILINE)
    assert {path for paths in copied for path in paths.split()} == sent


def test_one_process_knows_the_other_by_the_same_socket():
    link = Path(SERVICES["web"]["environment"]["WEB_SOCKET"])
    for name in ("web", "proxy"):
        assert f"sockets:{link.parent}" in SERVICES[name]["volumes"]
    assert (ROOT / "proxy" / "http.conf").read_text().count(f"server unix:{link};") == 2
