"""The form in which a text that people send is stored. Pure."""

import re
import unicodedata

from questions.rules.texts import UNSTORABLE, unix_lines


def storable(text: str) -> str:
    """The text as typed, with two changes.

    Line ends become \\n, because a form sends \\r\\n. PostgreSQL cannot store NUL and lone
    surrogates: NUL is removed, and each surrogate becomes the replacement character.
    """
    return unix_lines(UNSTORABLE.sub(lambda found: "" if found[0] == "\0" else "\ufffd", text))


def contains_whole(answer: str, text: str) -> bool:
    """Whether the answer has the whole text in it, however its lines are laid out.

    It begins with the text, which was written on then, perhaps in the middle of a word. Or the
    text is in it somewhere, and cuts no word: "not" is not in "notable".
    """
    answer, text = _in_one_line(answer), _in_one_line(text)
    if answer.startswith(text):
        return True
    before = r"(?<!\w)" if re.match(r"\w", text) else ""
    after = r"(?!\w)" if re.search(r"\w$", text) else ""
    return re.search(f"{before}{re.escape(text)}{after}", answer) is not None


def _in_one_line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
