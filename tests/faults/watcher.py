"""python -m tests.faults.watcher FOLDER: a Postgres that is started again whenever it ended.

`manage.py start` does the same for its embedded server, and a restart policy for a container's.
"""

import sys
import time
from pathlib import Path

from quizsite.local import postgres

LOOKS_EVERY = 1  # second

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    print(postgres.ensure_running(folder), flush=True)
    while True:
        time.sleep(LOOKS_EVERY)
        if not postgres.is_up(folder):
            postgres.ensure_running(folder)
