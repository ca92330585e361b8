"""Texts of the greatest length that take a careless search for a pattern seconds or minutes.

One who sends such a text would hold up everybody else whose request the same process serves.
"""

import time
from collections.abc import Callable

LONGEST = 20_000
HOSTILE = {
    "blanks": "a" + " " * LONGEST + "b",
    "tabs": "a" + "\t" * LONGEST + "b",
    "hard blanks": "a" + "\u00a0" * LONGEST + "b",
    "empty lines": "a" + "\n" * LONGEST + "b",
    "lines of a blank": "a" + " \n" * (LONGEST // 2) + "b",
    "brackets": "()" * (LONGEST // 2),
    "dots": ". " * (LONGEST // 2),
    "bullets": "- " * (LONGEST // 2),
    "an address that does not end": "http://a" + ")" * LONGEST,
}
SECONDS = 0.25
"""Of CPU. What these texts were made for took 0.3 to 9 s."""


def seconds_for(act: Callable[[str], object], text: str) -> float:
    """CPU time of this thread; the shorter one of two, because the first may load something."""

    def once() -> float:
        began = time.thread_time()
        act(text)
        return time.thread_time() - began

    return min(once(), once())
