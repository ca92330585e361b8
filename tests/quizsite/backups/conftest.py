import pytest
from django.db import connection, connections

from tests.quizsite.backups import databases


@pytest.fixture(scope="session")
def source(django_db_setup, django_db_blocker, worker_id):
    """The name of a database with example data."""
    with django_db_blocker.unblock():
        template = connection.settings_dict["NAME"]
        connections.close_all()
        connection.close_pool()
    name = databases.make(f"backup_source_{worker_id}", template)
    made = databases.run(name, "-m", "tests.quizsite.backups.fill")
    assert made.returncode == 0, made.stderr
    yield name
    databases.drop(name)


@pytest.fixture(scope="session")
def backup(source, tmp_path_factory):
    """A backup of the example data."""
    file = tmp_path_factory.mktemp("backups") / "example.dump"
    done = databases.manage(source, "backup", file)
    assert done.returncode == 0, done.stdout + done.stderr
    return file


@pytest.fixture
def target(worker_id):
    """The name of an empty database."""
    name = databases.make(f"backup_target_{worker_id}")
    yield name
    databases.drop(name)
