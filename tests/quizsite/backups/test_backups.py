"""A backup of a database filled with example data, restored into an empty one and compared."""

import contextlib
import signal
import stat
import threading
import time
from pathlib import Path

import pytest

from tests.quizsite.backups import databases
from tests.waiting import wait_until

pytestmark = [pytest.mark.slow, pytest.mark.django_db]  # it makes the database of the tests


def left_in(folder):
    return sorted(path.name for path in folder.iterdir())


def test_every_row_sequence_and_part_of_the_schema_comes_back(source, backup, target):
    done = databases.manage(target, "restore", backup)

    assert done.returncode == 0, done.stdout + done.stderr
    assert len(databases.rows(source)["attempts_answer"]) > 10
    assert databases.rows(target) == databases.rows(source)
    assert databases.sequences(target) == databases.sequences(source)
    assert databases.schema(target) == databases.schema(source)
    assert databases.manage(target, "migrate", "--check").returncode == 0


def test_a_file_of_its_owner_alone_with_its_checksum(backup):
    assert [stat.S_IMODE(path.stat().st_mode) for path in backup.parent.iterdir()] == [0o600] * 2
    assert left_in(backup.parent) == ["example.dump", "example.dump.sha256"]


class Saver(threading.Thread):
    """Saves two texts in one transaction, over and over, as fast as it can."""

    def __init__(self, database):
        super().__init__(daemon=True)
        self.link = databases.connect(database)
        query = "SELECT id FROM attempts_answer ORDER BY id LIMIT 2"
        self.answers = [pk for (pk,) in self.link.execute(query)]
        self.ended, self.saved, self.longest = threading.Event(), 0, 0.0

    def run(self):
        while not self.ended.is_set():
            began = time.monotonic()
            with self.link.transaction():
                for pk in self.answers:
                    query = "UPDATE attempts_answer SET text = %s WHERE id = %s"
                    self.link.execute(query, [f"save {self.saved + 1}", pk])
            self.saved += 1
            self.longest = max(self.longest, time.monotonic() - began)


def test_what_is_written_meanwhile_is_there_whole_or_not_at_all(source, target, tmp_path):
    changing = databases.make(f"{source}_changing", source)
    saver = Saver(changing)
    saver.start()
    assert wait_until(lambda: saver.saved > 10, 20)
    before = saver.saved

    done = databases.manage(changing, "backup", tmp_path / "meanwhile.dump")

    after = saver.saved
    saver.ended.set()
    saver.join()
    saver.link.close()
    databases.drop(changing)
    assert done.returncode == 0, done.stdout + done.stderr
    assert after > before + 10
    assert saver.longest < 3
    assert databases.manage(target, "restore", tmp_path / "meanwhile.dump").returncode == 0
    with databases.connect(target) as link:
        query = "SELECT text FROM attempts_answer WHERE id = ANY(%s)"
        texts = [text for (text,) in link.execute(query, [saver.answers])]
    assert texts[0] == texts[1]
    assert before <= int(texts[0].removeprefix("save ")) <= after


def test_a_database_of_another_name_is_made(source, backup, worker_id):
    name = f'made "by" restore {worker_id}'
    try:
        done = databases.manage(source, "restore", "--database", name, backup)

        assert done.returncode == 0, done.stdout + done.stderr
        assert databases.rows(name) == databases.rows(source)
    finally:
        databases.drop(name)


def test_a_backup_of_an_older_release_is_migrated(source, target, tmp_path):
    older = databases.make(f"{source}_older", source)
    databases.manage(older, "migrate", "questions", "0007")
    before = databases.rows(older)
    databases.manage(older, "backup", tmp_path / "older.dump")
    databases.drop(older)

    done = databases.manage(target, "restore", tmp_path / "older.dump")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "older release" in done.stdout
    assert databases.manage(target, "migrate", "--check").returncode == 0
    assert databases.rows(target)["attempts_attempt"] == before["attempts_attempt"]


# --- interrupts ------------------------------------------------------------------------------


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stopped_backup_leaves_nothing(source, tmp_path, stop):
    with databases.connect(source) as link, link.transaction():
        # pg_dump waits for it, and nobody else. (A new session may read what PostgreSQL caches.)
        link.execute("LOCK TABLE pg_init_privs")
        process = databases.begin(source, "backup", tmp_path / "stopped.dump")
        assert wait_until(lambda: waiting(source), 40)
        shown = [path.read_bytes() for path in running(b"--snapshot")]

        process.send_signal(stop)
        process.communicate(timeout=20)

        assert process.returncode == 1
        assert shown
        assert [command for command in shown if b"sesame" in command] == []
        assert wait_until(lambda: not waiting(source), 5)
    assert left_in(tmp_path) == []


def test_a_killed_backup_leaves_no_file_of_that_name_and_the_next_one_tidies_up(source, tmp_path):
    with databases.connect(source) as link, link.transaction():
        link.execute("LOCK TABLE pg_init_privs")
        process = databases.begin(source, "backup", tmp_path / "killed.dump")
        assert wait_until(lambda: waiting(source), 40)
        process.kill()
        process.communicate()
    assert "killed.dump" not in left_in(tmp_path)
    (tmp_path / ".someone-else.partial").touch()
    assert wait_until(lambda: not [*running(bytes(tmp_path))], 30)

    assert databases.manage(source, "backup", tmp_path / "next.dump").returncode == 0

    assert left_in(tmp_path) == [".someone-else.partial", "next.dump", "next.dump.sha256"]


def test_a_stopped_restore_leaves_the_database_empty(backup, target):
    with databases.connect(target) as link:
        link.execute(
            "CREATE FUNCTION wait_here() RETURNS event_trigger LANGUAGE plpgsql AS"
            " $$ BEGIN IF tg_tag = 'CREATE INDEX' THEN PERFORM pg_sleep(60); END IF; END $$"
        )
        link.execute(
            "CREATE EVENT TRIGGER wait_here ON ddl_command_end EXECUTE FUNCTION wait_here()"
        )
    process = databases.begin(target, "restore", backup)
    assert wait_until(lambda: waiting(target), 60)

    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)

    assert process.returncode == 1
    assert databases.tables(target) == []


def waiting(database):
    """Whether a program waits in the database: for a lock, or in pg_sleep."""
    with databases.connect(database) as link:
        query = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND (wait_event_type = 'Lock' OR wait_event = 'PgSleep')"
        )
        return link.execute(query).fetchone()[0]


def running(words):
    """The command lines in /proc that have the words."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if words in path.read_bytes():
                yield path
