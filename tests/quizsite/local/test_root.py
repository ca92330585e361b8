"""Root, in a folder that the server's account cannot enter, such as one under /root."""

import os
import shutil
import tempfile
from pathlib import Path

import psycopg
import pytest

from quizsite.local import programs
from tests.quizsite.local.processes import SITE_PACKAGES, Users, notes, stops, write_note

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root has another account run the server"),
]


@pytest.fixture
def place():
    place = Path(tempfile.mkdtemp(prefix="quizsite-root-", dir="/tmp"))
    place.chmod(0o755)
    yield place
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def closed(place):
    """A folder of root's alone, with the wheel in it."""
    closed = place / "closed"
    closed.mkdir(mode=0o700)
    for part in (programs.WHEEL, programs.LIBRARIES):
        (closed / part).symlink_to(SITE_PACKAGES / part)
    return closed


@pytest.fixture
def users(place, closed):
    users = Users(packages=closed, root_place=place / "open to all")
    yield users
    users.end()
    for data in (place / "open to all").glob("data-*/*"):
        stops(data)


def test_one_command_serves_a_closed_folder_and_its_data_stay(users, closed):
    data = closed / ".data" / "postgres"
    first, second = users.begin(data), users.begin(data)
    url = first.stdout.readline().strip()
    assert second.stdout.readline().strip() == url
    write_note(url, "kept")
    users.end()
    assert stops(data.resolve())

    assert notes(users.url(data)) == ["kept"]
    assert len(list(Path(users.root_place).glob("postgres-*"))) == 1
    assert len(list(Path(users.root_place).glob("data-*"))) == 1


def test_a_place_that_an_earlier_version_noted_is_used_on(users, closed):
    data = closed / ".data" / "postgres"
    write_note(users.url(data), "kept")
    users.end()
    assert stops(data.resolve())
    place = data.resolve().parent
    data.unlink()
    data.with_name("postgres.elsewhere").write_text(str(place))

    assert notes(users.url(data)) == ["kept"]


def test_whoever_removes_the_folder_starts_afresh(users, closed):
    data = closed / ".data" / "postgres"
    write_note(users.url(data), "old")
    users.end()
    assert stops(data.resolve())
    shutil.rmtree(data.parent)

    with pytest.raises(psycopg.errors.UndefinedTable):
        notes(users.url(data))


def test_a_strict_umask_shuts_nobody_out(users, closed):
    before = os.umask(0o077)
    try:
        url = users.url(closed / ".data" / "postgres")
    finally:
        os.umask(before)
    write_note(url, "there")
    assert notes(url) == ["there"]
