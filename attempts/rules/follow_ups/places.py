"""Where questions and their follow-ups are among the positions of an attempt. Pure."""


def position_of_question(number: int, follow_ups: int) -> int:
    """Of question `number`, from 1, where each question may have so many follow-ups after it."""
    return 1 + (number - 1) * (1 + follow_ups)


def has_room_after(position: int, follow_ups: int) -> bool:
    """Whether a follow-up fits behind what is at this position."""
    return (position - 1) % (1 + follow_ups) < follow_ups
