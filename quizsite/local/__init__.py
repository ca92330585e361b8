"""An embedded PostgreSQL server. It serves when DATABASE_URL is not set.

`postgres.py` is what callers use. Standard library only: manage.py and the test plugin call it
before Django's settings exist, and the watcher runs without the project on its path.
"""


class LocalPostgresError(RuntimeError):
    """The embedded server cannot be used. The message says why, and what to do."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(
            f"{problem} {remedy}, or set DATABASE_URL to a PostgreSQL server of your own."
        )
