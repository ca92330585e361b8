"""A data folder of another version of PostgreSQL: moved to the installed one, or refused."""

import shutil
import signal
import tempfile
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from quizsite.local import LocalPostgresError, cluster, postgres, programs, upgrade, versions
from tests.quizsite.local.processes import Users, notes, stops, write_note
from tests.waiting import wait_until

pytestmark = pytest.mark.slow

SERVERS = versions.with_programs("initdb", *upgrade.NEEDED)
INSTALLED = versions.major_of(programs.folder_for(None) / "postgres")
OLDER = max((major for major in SERVERS if major < INSTALLED), default=None)

needs_an_older_one = pytest.mark.skipif(
    OLDER is None, reason="no older PostgreSQL is installed (apt install postgresql)"
)


@pytest.fixture
def folder():
    place = Path(tempfile.mkdtemp(prefix="quizsite-upgrade-", dir="/tmp"))
    place.chmod(0o755)
    yield place
    wait_until(lambda: not list(place.glob("**/postmaster.pid")), 15)
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def users():
    users = Users()
    yield users
    users.end()


@pytest.fixture
def old(folder):
    """The folder of an older server with notes in two databases; the server has stopped."""
    account = programs.server_account()
    server = cluster.Cluster(folder / "postgres", account, SERVERS[OLDER])
    server.data.mkdir(mode=0o700)
    if account:
        shutil.chown(server.data, account.pw_uid)
    made = server.run(
        *("initdb", "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8"),
        *("-D", server.data),
    )
    assert made[0] == 0, made[1]
    server.start({})
    for number in range(100):
        write_note(server.url, f"note {number:03}")
    upgrade.must(server, "createdb", *server.address, "second one")
    write_note(server.url.replace("/postgres?", "/second%20one?"), "elsewhere")
    server.stop(signal.SIGINT)
    return server


@needs_an_older_one
def test_a_folder_of_an_older_version_is_moved_and_kept(old, users):
    url = users.url(old.data)
    while not url.startswith("postgresql://"):  # what it says meanwhile
        url = users.processes[-1].stdout.readline().strip()

    assert notes(url) == [f"note {number:03}" for number in range(100)]
    assert notes(url.replace("/postgres?", "/second%20one?")) == ["elsewhere"]
    with psycopg.connect(url) as link:
        assert link.info.server_version // 10_000 == INSTALLED
    (kept,) = old.data.parent.glob(f"postgres.{OLDER}-20*")
    assert (kept / "PG_VERSION").read_text().strip() == str(OLDER)
    before = replace(old, data=kept)
    before.start({})
    assert len(notes(before.url)) == 100
    before.stop(signal.SIGINT)
    users.end()
    assert stops(old.data)


@needs_an_older_one
def test_a_stop_at_any_point_loses_nothing(old, users):
    process = users.begin(old.data)
    assert wait_until((old.beside(".upgrading") / "postmaster.pid").exists, 60)
    users.end()  # by SIGKILL
    assert process.returncode == -signal.SIGKILL
    assert (old.data / "PG_VERSION").read_text().strip() == str(OLDER)
    assert stops(old.data)

    users.begin(old.data)
    url = users.processes[-1].stdout.readline().strip()
    while not url.startswith("postgresql://"):
        url = users.processes[-1].stdout.readline().strip()

    assert len(notes(url)) == 100
    assert not old.beside(".upgrading").exists()
    users.end()
    assert stops(old.data)


def test_a_stop_between_the_renames_is_made_good(folder, users):
    data = folder / "postgres"
    write_note(users.url(data), "moved")
    users.end()
    assert stops(data)
    data.rename(folder / "postgres.upgraded")  # the old folder has left its place already

    assert notes(users.url(data)) == ["moved"]
    users.end()
    assert stops(data)


@needs_an_older_one
def test_one_that_is_in_use_is_refused(old):
    old.start({})
    try:
        with pytest.raises(LocalPostgresError, match="in use"):
            upgrade.to_installed_version(replace(old, programs_at=None))
    finally:
        old.stop(signal.SIGINT)


@pytest.mark.parametrize(
    ("made_by", "way_out"), [("99", "newer release"), ("9.6", "apt install postgresql-9")]
)
def test_another_version_without_its_programs_is_refused_with_the_way_out(
    tmp_path, made_by, way_out
):
    data = tmp_path / "postgres"
    data.mkdir()
    (data / "PG_VERSION").write_text(f"{made_by}\n")

    with pytest.raises(LocalPostgresError, match=way_out) as refused:
        postgres.ensure_running(data)

    assert "DATABASE_URL" in str(refused.value)
    assert "\n" not in str(refused.value)
    assert [path.name for path in data.iterdir()] == ["PG_VERSION"]
