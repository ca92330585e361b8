"""Hostile files, and that one is refused before it takes time."""

import itertools
from time import perf_counter

import pytest

from questions.formats import FormatError, read_file

SECONDS = 5


def quickly_refused(name: str, data: bytes) -> str:
    start = perf_counter()
    with pytest.raises(FormatError) as refusal:
        read_file(name, data)
    assert perf_counter() - start < SECONDS
    return str(refusal.value)


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in itertools.pairwise("abcdefghi"))
    + "]><quiz><question type='essay'><name><text>&i;</text></name></question></quiz>"
).encode()
EXTERNAL = (
    b'<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b"<quiz><question type='essay'><name><text>&x;</text></name></question></quiz>"
)
