import pytest

from attempts.rules.follow_ups.places import position_of_question


@pytest.mark.parametrize(
    ("follow_ups", "positions"), [(0, [1, 2, 3]), (1, [1, 3, 5]), (2, [1, 4, 7])]
)
def test_questions_leave_gaps_for_their_follow_ups(follow_ups, positions):
    assert [position_of_question(number, follow_ups) for number in (1, 2, 3)] == positions
