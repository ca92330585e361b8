"""The text that explains the file to somebody who does not have this site at hand."""

import textwrap
from collections.abc import Iterator
from datetime import datetime

from attempts.own_data.table import Table

HEAD = """YOUR DATA FROM MOCK INTERVIEW
Made on {made:%d %B %Y at %H:%M} UTC. All files say what was stored at that moment.

everything.json has all of it, in UTF-8: an object with a list of objects for each table below.
Each table is also a CSV file for a spreadsheet. Its first row has the names of the columns.

How values are written
- Instants are in UTC, as in 2026-03-02T09:00:00+00:00; names that end in _seconds are seconds.
- What is not known is null in the JSON file, and an empty cell in a CSV file.
- A list in a CSV file is written as in the JSON file: ["a", "b"].
- CSV files are in UTF-8 with a byte order mark. Cells are separated by commas, and texts in
  quotation marks may have several lines.
- In a CSV file, a text that a spreadsheet would take for a formula or an error has an apostrophe
  (') in front: one that begins with = + - @, a tab or a carriage return, or that reads like #N/A
  or null, and also one that has such an apostrophe already. Take the first apostrophe of such a
  cell away to get the text back. The JSON file has every text as it is.

What is not in it
- The model answers: they are the site's, not yours. The questions and key points are in it.
- Secrets: your password, the secrets of second factors, the secret parts of shared links.
- Text that only a browser keeps because it was not saved yet.
"""


def read_me(tables: list[Table], *, now: datetime) -> str:
    """Plain text with the line ends that every editor shows."""
    lines = HEAD.format(made=now).splitlines()
    for table in tables:
        lines += ["", "", f"{table.name}.csv", "=" * len(f"{table.name}.csv"), table.about, ""]
        for column in table.columns:
            lines += _item(column.name, column.about)
        if table.left_out:
            lines += ["", "Left out:"]
        for name, reason in table.left_out.items():
            lines += _item(name, f"{reason}.")
    return "\r\n".join([*lines, ""])


def _item(name: str, about: str) -> Iterator[str]:
    yield from textwrap.wrap(f"- {name}: {about}", 96, subsequent_indent="  ")
