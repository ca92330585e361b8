"""The process that scores: reads a task from its socket, answers it, and so on.

python -m attempts.scoring_process.child DESCRIPTOR. It ends when the socket closes, which is when
its server ends.
"""

import contextlib
import json
import socket
import sys

from attempts import scoring
from attempts.scoring_process.giving_way import give_way
from attempts.scoring_process.messages import Found, Task, receive, send

NICENESS = 5
"""Saves of other people come first. Somebody waits a second and a half for this, so it keeps a
quarter of a core that all want."""


def find(task: Task) -> Found:
    """What the engine finds in each of the texts."""
    points, example, phrasings = task["key_points"], task["model_answer"], task["phrasings"]
    found = [
        scoring.score(each["asked"], points, example, each["text"], phrasings=phrasings)["points"]
        for each in task["said"]
    ]
    return Found(engine=scoring.engine_name(), points=found)


def serve(connection: socket.socket) -> None:
    """Answer every task, until the other side is gone."""
    scoring.engine_name()  # loads the engine, so that the first task need not wait for it
    with contextlib.suppress(EOFError, ConnectionError):
        while True:
            task: Task = json.loads(receive(connection))
            send(connection, {**find(task)})


if __name__ == "__main__":
    give_way(NICENESS)
    serve(socket.socket(fileno=int(sys.argv[1])))
