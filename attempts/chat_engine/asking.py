"""Ask the server for the key points of one answer."""

import time
from contextlib import suppress

from attempts.chat_engine.client import post
from attempts.chat_engine.failures import FormRefused
from attempts.chat_engine.prompt import Task, request_bodies
from attempts.chat_engine.reply import points_in
from attempts.chat_engine.server import Server
from attempts.scoring import Point

FORM_REFUSED = (400, 422, 500, 501)
"""How servers answer that don't know a form of reply. llama-cpp-python's answers 500."""


def find_points(server: Server, task: Task) -> list[Point]:
    """Which key points the answer makes, by the model. Takes little more than server.seconds.

    Raises ServerFailed.
    """
    until = time.monotonic() + server.seconds
    *with_schema, plain = request_bodies(task, server.model)
    for body in with_schema:
        with suppress(FormRefused):
            return points_in(post(server, body, until, FORM_REFUSED), task)
    return points_in(post(server, plain, until), task)
