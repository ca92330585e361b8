"""manage.py set_time_outs, and the check that notices when nobody has run it."""

import pytest
from django.db import connection

pytestmark = pytest.mark.slow
CHECK = ("check", "--database", "default")


def of_role() -> set[str]:
    """What is set for the role in this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setconfig FROM pg_db_role_setting JOIN pg_database d ON d.oid = setdatabase"
            " WHERE d.datname = current_database()"
        )
        ((found,),) = cursor.fetchall()
    return set(found)


def test_the_roles_time_outs_are_missed_until_they_are_set(bouncer, manage):
    succeeded, said = manage(*CHECK, PGBOUNCER="1")
    assert not succeeded
    assert said.count("quizsite.E001") == 3

    assert manage("set_time_outs", PGBOUNCER="1")[0]
    bouncer.say("RECONNECT")

    succeeded, said = manage(*CHECK, PGBOUNCER="1")
    assert succeeded, said


def test_a_pooler_that_drops_our_options_is_found_out(bouncer, manage):
    bouncer.settings["ignore_startup_parameters"] = "options"
    bouncer.lead_to(bouncer.server)
    succeeded, said = manage(*CHECK, PGBOUNCER="0")
    assert not succeeded
    assert "statement_timeout is 0 ms and should be 8000 ms" in said


def test_a_role_does_not_get_the_patience_of_one_migration(bouncer, manage):
    manage("set_time_outs", PGBOUNCER="1")
    before = of_role()
    assert "statement_timeout=8s" in before
    assert manage("set_time_outs", PGBOUNCER="1", DATABASE_STATEMENT_SECONDS="0")[0]
    assert of_role() == before


def test_they_are_the_same_as_those_of_a_direct_connection(bouncer, manage, settings):
    manage("set_time_outs", PGBOUNCER="1")
    assert of_role() == {f"{name}={s}s" for name, s in settings.DATABASE_TIME_OUTS.items()}
