import pytest

from attempts.rules.follow_ups.places import has_room_after, position_of_question


@pytest.mark.parametrize(
    ("follow_ups", "positions"), [(0, [1, 2, 3]), (1, [1, 3, 5]), (2, [1, 4, 7])]
)
def test_questions_leave_gaps_for_their_follow_ups(follow_ups, positions):
    assert [position_of_question(number, follow_ups) for number in (1, 2, 3)] == positions


@pytest.mark.parametrize(
    ("follow_ups", "with_room"), [(0, []), (1, [1, 3, 5]), (2, [1, 2, 4, 5]), (3, [1, 2, 3, 5, 6])]
)
def test_what_has_room_for_a_follow_up_behind_it(follow_ups, with_room):
    assert [n for n in range(1, 7) if has_room_after(n, follow_ups)] == with_room
