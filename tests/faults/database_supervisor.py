"""Run a PostgreSQL server and start it again whenever it ends.

python -m tests.faults.database_supervisor FOLDER

`manage.py start` does the same for its embedded server, and a restart policy does it for a
container.
"""

import sys
import time
from pathlib import Path

from quizsite.local import postgres

LOOK_EVERY = 1  # second

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    print(postgres.ensure_running(folder), flush=True)
    while True:
        time.sleep(LOOK_EVERY)
        if not postgres.is_up(folder):
            postgres.ensure_running(folder)
