"""How the time of each answer went."""

from datetime import timedelta

import pytest

from attempts.rules.results.pace import Event, Pace, events_of, summary

QUIET = {
    "was_reached": True,
    "is_answered": True,
    "ran_out": False,
    "was_skipped": False,
    "was_extended": False,
    "was_changed_in_overtime": False,
    "has_late_text": False,
}


@pytest.mark.parametrize(
    ("facts", "events"),
    [
        ({}, []),
        ({"was_reached": False, "is_answered": False}, [Event.NOT_REACHED]),
        ({"was_reached": False, "is_answered": False, "ran_out": True}, [Event.NOT_REACHED]),
        ({"ran_out": True}, [Event.RAN_OUT]),
        ({"ran_out": True, "is_answered": False}, [Event.RAN_OUT]),
        ({"was_skipped": True, "is_answered": False}, [Event.SKIPPED]),
        ({"was_skipped": True}, []),  # its text counts
        ({"is_answered": False}, [Event.NOT_ANSWERED]),
        ({"was_extended": True, "ran_out": True}, [Event.RAN_OUT, Event.EXTENDED]),
        ({"was_changed_in_overtime": True}, [Event.OVERTIME]),
        ({"has_late_text": True, "is_answered": False}, [Event.NOT_ANSWERED, Event.LATE]),
    ],
)
def test_what_happened(facts, events):
    assert events_of(**(QUIET | facts)) == tuple(events)


def pace(first=None, pause=None, *events) -> Pace:
    def seconds(number):
        return None if number is None else timedelta(seconds=number)

    return Pace(timedelta(60), None, seconds(first), seconds(pause), events)


@pytest.mark.parametrize(
    ("paces", "first", "pause"),
    [
        ([], None, None),
        ([pace()], None, None),
        ([pace(4, 9)], 4, 9),
        ([pace(4, 9), pace(10, 2), pace(6)], 6, 9),
        ([pace(4), pace(7)], 5.5, None),
        ([pace(0, 0)], 0, 0),
    ],
)
def test_the_middle_first_word_and_the_longest_pause(paces, first, pause):
    found = summary(paces)
    assert found.first_word_after == (None if first is None else timedelta(seconds=first))
    assert found.longest_pause == (None if pause is None else timedelta(seconds=pause))


def test_events_are_counted_in_one_order():
    paces = [pace(1, 1, Event.LATE), pace(1, 1, Event.SKIPPED, Event.LATE), pace(1, 1)]
    assert list(summary(paces).counts.items()) == [(Event.SKIPPED, 1), (Event.LATE, 2)]
