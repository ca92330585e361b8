"""The form in which a text that people send is stored. Pure."""

import re

SURROGATES = re.compile("[\ud800-\udfff]")


def storable(text: str) -> str:
    """The text as typed, with two changes.

    Line ends become \\n, because a form sends \\r\\n. PostgreSQL cannot store NUL and lone
    surrogates: NUL is removed, and each surrogate becomes the replacement character.
    """
    text = SURROGATES.sub("\ufffd", text.replace("\0", ""))
    return text.replace("\r\n", "\n").replace("\r", "\n")
