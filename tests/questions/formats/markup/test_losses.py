"""How what falls is said."""

from questions.formats.markup.losses import Losses, quoted


def test_three_examples_and_how_many_more_each_once():
    losses = Losses()
    losses.name("the footnotes")
    for words in ("a", "b\n c", "a", " ", "d", "e", "f"):
        losses.name("underlining of", words)
    assert losses.sentences() == (
        "the footnotes",
        "underlining of “a”, “b c”, “d” and 2 more",
    )


def test_long_words_are_cut():
    assert quoted("x" * 100) == f"“{'x' * 39}…”"
