"""Stores when an answer was written, with whatever stores its text or the time spent on it."""

from datetime import datetime, timedelta

from attempts.models import Answer
from attempts.rules.pacing.writing_times import WritingTimes
from attempts.rules.words import word_count

TIMES_FIELDS: tuple[str, ...] = ("first_word_after", "last_word_after", "longest_pause")
SPENT_FIELDS: tuple[str, ...] = ("time_spent", *TIMES_FIELDS)


def note_new_text(answer: Answer, now: datetime) -> None:
    """Measure first words and pauses again. The answer's text was just replaced. Saves nothing."""
    has_words = answer.first_word_after is not None or word_count(answer.text).number > 0
    times = _times_of(answer).with_text(answer.open_for(now), has_words=has_words)
    _set_times(answer, times)


def set_time_spent(answer: Answer, spent: timedelta) -> None:
    """So long the question was open; nothing was written later than that. Saves nothing."""
    answer.time_spent = spent
    _set_times(answer, _times_of(answer).within(spent))


def _times_of(answer: Answer) -> WritingTimes:
    return WritingTimes(answer.first_word_after, answer.last_word_after, answer.longest_pause)


def _set_times(answer: Answer, times: WritingTimes) -> None:
    answer.first_word_after = times.first_word_after
    answer.last_word_after = times.last_word_after
    answer.longest_pause = times.longest_pause
