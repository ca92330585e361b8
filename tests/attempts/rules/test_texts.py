import pytest

from attempts.rules.texts import contains_whole, storable


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


@pytest.mark.parametrize(
    ("answer", "kept", "is_contained"),
    [
        ("The cat sat.", "The cat sat.", True),
        ("The cat sat on the mat.", "The cat sat", True),  # extended
        ("The cat sat on the mat.", "The cat sa", True),  # extended in the middle of a word
        ("So: the cat sat on the mat.", "the cat sat", True),  # something was put before it
        ("So:\n\nthe  cat\tsat.", " the cat\nsat.\n", True),  # lines were laid out anew
        ("Caf\u00e9 au lait", "Cafe\u0301", True),
        ("The cat sat on the mat.", "the cat sat", False),
        ("The cat sat. The mat.", "The cat sat on", False),
        ("The mat. The cat sat", "The cat sat on", False),
        ("This is notable.", "not", False),
        ("This is notable.", "able.", False),
        ("Use a+b, not a-b.", "a+b", True),
        ("Use a.b", "a+b", False),
        ("", "The cat sat", False),
        ("我用版本控制。每次改动都有记录。", "我用版本控制。", True),
        ("首先,我用版本控制。", "我用版本控制。", True),
    ],
)
def test_whether_every_word_of_a_text_is_in_an_answer(answer, kept, is_contained):
    assert contains_whole(answer, kept) is is_contained
