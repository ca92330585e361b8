"""What people call a place in an attempt: "question 2", "follow-up to question 2". Pure."""


def question_number(position: int, follow_ups: int) -> int:
    """Which question of the attempt is at a position, or has its follow-up there; from 1.

    follow_ups: for how many of them there is room after each question.
    """
    return (position - 1) // (1 + follow_ups) + 1


def name_of(position: int, follow_ups: int) -> str:
    number = question_number(position, follow_ups)
    is_question = (position - 1) % (1 + follow_ups) == 0
    return f"question {number}" if is_question else f"follow-up to question {number}"
