"""The form in which a text that people send is stored. Pure."""

from questions.rules.texts import UNSTORABLE, unix_lines


def storable(text: str) -> str:
    """The text as typed, with two changes.

    Line ends become \\n, because a form sends \\r\\n. PostgreSQL cannot store NUL and lone
    surrogates: NUL is removed, and each surrogate becomes the replacement character.
    """
    return unix_lines(UNSTORABLE.sub(lambda found: "" if found[0] == "\0" else "\ufffd", text))
