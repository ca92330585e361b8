"""How the change of one field is shown."""

from questions.exchange.changes import Change


def test_a_line_that_is_left_out_leaves_the_one_before_it_as_it_is():
    pieces = Change("key_points", "One idea.\nAnother.", "One idea.").pieces()
    assert [(piece.kind, piece.text.strip()) for piece in pieces] == [
        ("same", "One idea."),
        ("removed", "Another."),
    ]


def test_a_change_is_shown_in_its_surroundings():
    change = Change("answer", "a " * 100 + "old " + "b " * 100, "a " * 100 + "new " + "b " * 100)
    assert [(piece.kind, piece.text) for piece in change.pieces(room=4)] == [
        ("same", "a a …a a "),
        ("removed", "old "),
        ("added", "new "),
        ("same", "b b …b b "),
    ]
