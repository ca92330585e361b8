import pytest

from attempts.rules.follow_ups.names import name_of, question_number


@pytest.mark.parametrize(
    ("position", "follow_ups", "number", "name"),
    [
        (1, 0, 1, "question 1"),
        (7, 0, 7, "question 7"),
        (1, 1, 1, "question 1"),
        (2, 1, 1, "follow-up to question 1"),
        (3, 1, 2, "question 2"),
        (1, 2, 1, "question 1"),
        (2, 2, 1, "follow-up to question 1"),
        (3, 2, 1, "follow-up to question 1"),
        (4, 2, 2, "question 2"),
        (14, 2, 5, "follow-up to question 5"),
    ],
)
def test_a_place_is_called_by_its_question(position, follow_ups, number, name):
    assert question_number(position, follow_ups) == number
    assert name_of(position, follow_ups) == name
