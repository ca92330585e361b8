"""What a test has set going comes to its end before the next test begins."""

import time

from django.db import connection

WORKING = """SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'"""


def wait_until_at_rest() -> None:
    """Let requests end that a page sent when it was closed."""
    until = time.monotonic() + 10
    idle = 0
    with connection.cursor() as cursor:
        while idle < 3 and time.monotonic() < until:
            time.sleep(0.02)
            cursor.execute(WORKING)
            idle = 0 if cursor.fetchone()[0] else idle + 1
