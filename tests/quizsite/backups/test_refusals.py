"""What a backup or a restore refuses: in one line, and nothing is changed."""

import resource
import shutil

import pytest

from tests.quizsite.backups import databases

pytestmark = [pytest.mark.slow, pytest.mark.django_db]  # it makes the database of the tests


def refusal(done):
    """The one line that says why."""
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    (line,) = done.stderr.strip().splitlines()
    return line


def test_a_file_that_exists_is_not_overwritten(source, tmp_path):
    file = tmp_path / "there.dump"
    file.write_text("mine")

    assert "exists" in refusal(databases.manage(source, "backup", file))

    assert file.read_text() == "mine"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_link_to_nowhere_and_a_checksum_of_that_name_are_not_overwritten(source, tmp_path):
    (tmp_path / "link.dump").symlink_to(tmp_path / "nowhere")
    (tmp_path / "sum.dump.sha256").write_text("mine")

    for name in ("link.dump", "sum.dump"):
        assert "exists" in refusal(databases.manage(source, "backup", tmp_path / name))

    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.dump", "sum.dump.sha256"]


def test_a_database_without_the_site(target, tmp_path):
    assert "no tables of this site" in refusal(
        databases.manage(target, "backup", tmp_path / "empty.dump")
    )
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_is_full(source, tmp_path):
    def little_room():
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    file = tmp_path / "full.dump"
    done = databases.manage(source, "backup", file, preexec_fn=little_room)

    assert "Nothing was written" in refusal(done)
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_is_not_there(tmp_path):
    assert "cannot be reached" in refusal(
        databases.manage("no_such_database", "backup", tmp_path / "x.dump")
    )
    assert list(tmp_path.iterdir()) == []


def test_a_pooler_without_a_way_past_it(source, backup, tmp_path, monkeypatch):
    monkeypatch.setenv("PGBOUNCER", "1")

    for arguments in (("backup", tmp_path / "x.dump"), ("restore", backup)):
        assert "DATABASE_DIRECT_URL" in refusal(databases.manage(source, *arguments))

    assert list(tmp_path.iterdir()) == []


def test_a_database_that_is_not_empty(source, backup):
    before = databases.rows(source)

    assert "not empty" in refusal(databases.manage(source, "restore", backup))
    assert "not empty" in refusal(databases.manage(source, "restore", "--database", source, backup))

    assert databases.rows(source) == before


def broken(backup, tmp_path, change):
    """A copy of the backup with other bytes, and without its checksum."""
    content = bytearray(backup.read_bytes())
    change(content)
    file = tmp_path / "broken.dump"
    file.write_bytes(content)
    return file


def cut(content):
    del content[len(content) * 2 // 3 :]


def flip(content):
    content[len(content) * 9 // 10] ^= 0xFF


def other(content):
    content[:] = b"not a backup\n" * 100


def empty(content):
    content.clear()


@pytest.mark.parametrize("change", [cut, flip, other, empty])
def test_a_damaged_file(backup, target, tmp_path, change):
    file = broken(backup, tmp_path, change)

    done = databases.manage(target, "restore", "--without-checksum", file)

    assert "broken.dump" in refusal(done)
    assert databases.tables(target) == []


def test_a_file_without_its_checksum(backup, target, tmp_path):
    file = broken(backup, tmp_path, lambda content: None)

    assert "--without-checksum" in refusal(databases.manage(target, "restore", file))

    assert databases.tables(target) == []
    assert databases.manage(target, "restore", "--without-checksum", file).returncode == 0


def test_a_file_that_is_not_what_its_checksum_says(backup, target, tmp_path):
    file = broken(backup, tmp_path, lambda content: content.extend(b"\0"))
    shutil.copy(f"{backup}.sha256", f"{file}.sha256")

    assert "damaged" in refusal(databases.manage(target, "restore", file))

    assert databases.tables(target) == []


def test_a_database_that_was_made_goes_again_when_restoring_fails(source, tmp_path):
    odd = databases.make(f"{source}_odd", source)
    with databases.connect(odd) as link:  # refused by every database that has no such function
        link.execute("CREATE FUNCTION odd(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1'")
        link.execute("CREATE TABLE odd (id int, CHECK (odd(id) > 0))")
        link.execute("INSERT INTO odd VALUES (1)")
        link.execute(
            "CREATE OR REPLACE FUNCTION odd(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 0'"
        )
    assert databases.manage(odd, "backup", tmp_path / "odd.dump").returncode == 0
    databases.drop(odd)

    arguments = ("--database", "made_for_nothing", tmp_path / "odd.dump")
    done = databases.manage(source, "restore", *arguments)

    assert "Nothing was restored" in refusal(done)
    assert not databases.exists("made_for_nothing")


def test_a_file_that_is_not_there_or_is_a_folder(target, tmp_path):
    for file in (tmp_path / "none.dump", tmp_path):
        assert "not there" in refusal(databases.manage(target, "restore", file))


def test_a_backup_of_a_newer_release(source, target, tmp_path):
    newer = databases.make(f"{source}_newer", source)
    with databases.connect(newer) as link:
        link.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('attempts', '9999_of_tomorrow', now())"
        )
    assert databases.manage(newer, "backup", tmp_path / "newer.dump").returncode == 0
    databases.drop(newer)

    line = refusal(databases.manage(target, "restore", tmp_path / "newer.dump"))

    assert "newer release" in line
    assert "9999_of_tomorrow" in line
    assert databases.tables(target) == []


def test_a_restore_that_the_server_refuses_leaves_nothing(backup, target):
    with databases.connect(target) as link:  # in the way of one of ours, at the very end
        link.execute(
            "CREATE FUNCTION attempts_answer_to_count() RETURNS int LANGUAGE sql AS 'SELECT 1'"
        )

    assert "Nothing was restored" in refusal(databases.manage(target, "restore", backup))

    assert databases.tables(target) == []
