"""Texts of several kinds by the same end of their name: what one is shows in its contents."""

import re

from questions.formats import yaml_json
from questions.formats.encoding import decode
from questions.formats.flash_cards.anki_text import anki_table
from questions.formats.markdown_file import reading as markdown_file
from questions.formats.moodle import gift
from questions.formats.records import ExchangeFile
from questions.formats.tabular import csv_text
from questions.formats.tabular.choice import NO_CHOICE, Choice
from questions.formats.tabular.columns import columns_of

_GIFT = re.compile(r"^\s*(?:::|\$CATEGORY:|//)|(?<!\\)\{[^{}`]*\}", re.MULTILINE)
_JSON = re.compile(r"""\s*(?:\[\s*)?\{\s*["}]""")
_QUESTION = re.compile(
    r"^\s*(?:#{1,6} |\*{0,2}(?:Q|Question|Frage) ?\d{0,4}\*{0,2} ?[:.)]|<details"
    r"|\d{1,4}[.)] .*[?？]\**$)",
    re.M | re.I,
)


def read(data: bytes, choice: Choice = NO_CHOICE) -> ExchangeFile:
    """The questions of a text with tabs or other separators, of Markdown, JSON or GIFT.

    Raises FormatError.
    """
    text = decode(data)
    if _JSON.match(text):
        return yaml_json.read_json(data, choice)
    if choice.fields or _is_table(text):
        return csv_text.read_text(text, choice)
    if _QUESTION.search(text) and not _is_gift(text):
        return markdown_file.read(data)
    return gift.read(data)


def _is_gift(text: str) -> bool:
    return _GIFT.search(text) is not None


def _is_table(text: str) -> bool:
    """Whether a text has the head of Anki, known names of columns, or a tab in most lines."""
    if anki_table(text) is not None or text.lower().startswith(("sep=", '"sep=')):
        return True
    lines = [line for line in text.splitlines()[:500] if line.strip()]
    with_tabs = sum("\t" in line.strip() for line in lines)
    if with_tabs >= len(lines) * 0.3 and not _is_gift(text):
        return True
    delimiter, start = csv_text.delimiter_of(text)
    names = text[start:].split("\n", 1)[0].split(delimiter)
    return len(names) > 1 and columns_of(names).known > 1
