import pytest

from attempts.rules.texts import storable


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("\r\n\r\n  a\t \r\n", "\n\n  a\t \n"),
        ("a\0b\0", "ab"),
        ("a\r\0\nb", "a\nb"),
        ("a\ud800b\udfff", "a\ufffdb\ufffd"),
        ("👩‍💻", "👩‍💻"),
        ("  ", "  "),
        ("", ""),
        ("\ufeffa\u2028b\x85c", "\ufeffa\u2028b\x85c"),
    ],
)
def test_a_text_is_stored_as_typed_except_what_postgres_cannot_store(typed, stored):
    assert storable(typed) == stored
