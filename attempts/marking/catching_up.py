"""The sweep catches up on suggestions without waiting for a model's server."""

import logging
import threading

from django.conf import settings
from django.db import close_old_connections, connection

from attempts.marking.suggesting import catch_up

THREAD_SECONDS = 60

logger = logging.getLogger(__name__)
_thread: threading.Thread | None = None


def catch_up_in_round() -> None:
    """Suggest what was left out; for each round of the sweep, which must go on to end attempts.

    The engine of this process does it at once. A server is asked in a thread, unless that of an
    earlier round is still at it. The thread ends with the process: nobody waits for it to stop.
    """
    global _thread
    if settings.SCORER is None:
        catch_up()
    elif _thread is None or not _thread.is_alive():
        _thread = threading.Thread(target=_catch_up_alone, name="catch-up", daemon=True)
        _thread.start()


def _catch_up_alone() -> None:
    try:
        catch_up(THREAD_SECONDS)
    except Exception:
        # Nothing reads the result of this thread. The next round tries again.
        logger.exception("Suggesting failed; the next round will try again")
    finally:
        close_old_connections()
        connection.close()
