"""Which answer to a follow-up gets the tick of a point that was made when asked."""

import pytest

from attempts.rules.worth.when_asked import AnswerWhenAsked, ticks_when_asked


def bits(text: str) -> list[bool] | None:
    return None if text == "-" else [c == "1" for c in text]


@pytest.mark.parametrize(
    ("answers", "made", "when_asked", "counted", "gets"),
    [
        # (asked point, ticks now, suggested) of each answer to a follow-up
        ([(1, "-", "-")], "000", "010", None, ["010"]),
        ([(1, "000", "000")], "000", "010", None, ["010"]),  # the one that asked for it
        ([(1, "000", "000")], "000", "001", None, ["001"]),  # the only one
        ([(0, "00", "00"), (1, "00", "00")], "00", "01", None, ["00", "01"]),
        ([(0, "00", "00"), (1, "00", "01")], "00", "10", None, ["10", "00"]),
        ([(0, "000", "000"), (1, "000", "001")], "000", "001", None, ["000", "001"]),  # found there
        ([(0, "000", "000"), (1, "000", "000")], "000", "001", None, ["001", "000"]),  # the first
        # It keeps the ticks that it has, also where another answer asked for it.
        ([(0, "00", "00"), (1, "10", "10")], "00", "10", None, ["00", "10"]),
        ([(0, "10", "10"), (1, "10", "10")], "00", "10", None, ["10", "10"]),
        # Missed: none has it.
        ([(0, "11", "11"), (1, "11", "11")], "00", "00", None, ["00", "00"]),
        # Made unasked: ticks stay, because they do not count.
        ([(0, "10", "10"), (1, "01", "01")], "11", "00", None, ["10", "01"]),
        ([(0, "10", "10")], "10", "10", None, ["10"]),
        ([(0, "00", "00")], "10", "10", None, ["00"]),
        # Withdrawn: as it was.
        ([(0, "10", "10")], "00", "00", "01", ["10"]),
        ([(0, "00", "00")], "00", "11", "01", ["01"]),
        ([], "00", "10", None, []),
    ],
)
def test_the_tick_goes_to_one_answer(answers, made, when_asked, counted, gets):
    rows = [AnswerWhenAsked(point, bits(ticks), bits(found)) for point, ticks, found in answers]
    counts = None if counted is None else bits(counted)
    got = ticks_when_asked(rows, bits(made), bits(when_asked), counts)
    assert got == [bits(each) for each in gets]
