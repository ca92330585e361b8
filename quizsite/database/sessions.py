"""Sessions as Django keeps them in the database, but read at less cost and by its clock."""

from datetime import timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY as AUTH_USER
from django.contrib.sessions.backends import db
from django.db import connection, transaction

from quizsite.clock import ARRIVAL, database_now

KEPT = ("guest_key",)
"""What of a session outlasts its end: a log-out, a password changed elsewhere, another user."""

OUTLASTS = timedelta(minutes=1)

READ = f"SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > {ARRIVAL}"  # noqa: S608 - a constant


class SessionStore(db.SessionStore):
    """Reads a session in plain SQL, because every request does so, and the ORM took longer to make
    that statement than PostgreSQL to answer it.

    `_session_key` is private to Django, whose own stores set it in the same way; if it ever
    changes, tests/quizsite/database/test_sessions.py notices.
    """

    _is_gone = False

    def load(self) -> dict[str, Any]:
        with connection.cursor() as cursor:
            cursor.execute(READ, [self.session_key])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None  # a key that the visitor made up is never used
            self._is_gone = True
            return {}
        return self.decode(row[0])

    def is_empty(self) -> bool:
        """Django's middleware asks, and takes the cookie from the browser if so. The cookie of a
        session that was not there is left: by the time of the reply the browser may have a newer
        one, from a log-in in another tab while a save was on its way.
        """
        is_left = self._is_gone and not self.modified
        return super().is_empty() and not is_left

    def cycle_key(self) -> None:
        """Django's, except that the old key of a guest is good for a minute more: a request that
        was sent with it at the same moment, such as a second press of "Log in", knows the guest
        too. Nobody was ever logged in with it.
        """
        before, guest = self.session_key, self._kept()
        with transaction.atomic():
            super().cycle_key()
            if before and guest and AUTH_USER not in self:
                old = self.model(before, self.encode(guest), database_now() + OUTLASTS)
                self.model.objects.bulk_create(
                    [old],
                    update_conflicts=True,
                    unique_fields=["session_key"],
                    update_fields=["session_data", "expire_date"],
                )

    def _kept(self) -> dict[str, object]:
        return {name: self[name] for name in KEPT if name in self}

    def flush(self) -> None:
        """Django's, except that a guest stays known: no attempt of theirs is out of reach because
        somebody has logged in and out in the same browser."""
        kept = self._kept()
        super().flush()
        self.update(kept)
