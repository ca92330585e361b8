"""Words as the server counts them; tests/js/room/words.test.js reads the same table."""

import json
import sys
from pathlib import Path

import pytest

from attempts.rules.words import WordCount, word_count

TABLE = json.loads((Path(__file__).parents[2] / "words.json").read_text())


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["text"][:20])
def test_the_table_of_both(row):
    counted = word_count(row["text"])
    assert abs(counted.number - row["words"]) <= row.get("within", 0)
    assert counted.is_estimate or "within" not in row


def test_every_blank_ends_a_word():
    blanks = [chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace()]
    for blank in [*blanks, "\N{ZERO WIDTH SPACE}"]:
        if not "\x1c" <= blank <= "\x1f":  # separators of files, which no keyboard has
            assert word_count(f"one{blank}two").number == 2, f"U+{ord(blank):04X}"


def test_a_long_text_takes_no_long_time():
    assert word_count("word " * 100_000 + "字" * 100_000).is_estimate


@pytest.mark.parametrize(
    ("counted", "says"),
    [
        (WordCount(0), "0 words"),
        (WordCount(1), "1 word"),
        (WordCount(1_234), "1,234 words"),
        (WordCount(1, is_estimate=True), "about 1 word"),
    ],
)
def test_in_words(counted, says):
    assert str(counted) == says
