import re
import threading
from contextvars import copy_context

import pytest

from quizsite.logs import request_ids


@pytest.mark.parametrize("given", ["a" * 32, "3f9c0a1b-77aa", "AZ_09-az", "x" * 60])
def test_a_proxys_id_is_taken(given):
    assert request_ids.begin(given) == given == request_ids.current()


@pytest.mark.parametrize(
    "given",
    ["", "short", "x" * 61, "with space", "a'; DROP TABLE x --", "<b>bold</b>", "line\nbreak1",
     "end-of-line\n", "ünïcödé-id", "٣٣٣٣٣٣٣٣"],
)  # fmt: skip
def test_anything_else_is_replaced(given):
    made = request_ids.begin(given)
    assert made != given
    assert re.fullmatch(r"[0-9a-f]{32}", made)
    assert request_ids.begin(given) != made


def test_each_thread_has_its_own_and_one_that_is_started_can_have_its_starters():
    request_ids.begin("starter-1")
    seen = {}
    alone = threading.Thread(target=lambda: seen.update(alone=request_ids.current()))
    context = copy_context()
    given = threading.Thread(
        target=context.run, args=(lambda: seen.update(given=request_ids.current()),)
    )
    for thread in (alone, given):
        thread.start()
        thread.join()
    assert seen == {"alone": "", "given": "starter-1"}
