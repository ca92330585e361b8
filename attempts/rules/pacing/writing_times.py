"""When an answer was written, as its saves tell: its first words, its longest pause. Pure.

Times are counted while the question was open, in all its visits together. What the server sees
are saves, not keys: a page saves 1.5 s after the last key and at the latest 10 s after the first
unsaved one (static/js/saving/save-timers.js). So the first words are at most 10 s older than they
seem, and of a pause some 10 s may be typing: only what is clearly longer was one. A page that
cannot reach the site, or has no JavaScript, saves late, and its text counts when it arrives.
"""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class WritingTimes:
    """How long the question had been open at the first and the last save of new text, and the
    longest time between two of them. All None without words; no pause before the second save.
    """

    first_word_after: timedelta | None = None
    last_word_after: timedelta | None = None
    longest_pause: timedelta | None = None

    def with_text(self, open_for: timedelta, *, has_words: bool) -> "WritingTimes":
        """After one more save that changed the text, when the question was open for so long.

        It may be served after a save that arrived later; then it makes no pause.
        """
        if self.first_word_after is None or self.last_word_after is None:
            return WritingTimes(open_for, open_for) if has_words else self
        last = max(self.last_word_after, open_for)
        pause = max(self.longest_pause or timedelta(), last - self.last_word_after)
        return WritingTimes(min(self.first_word_after, open_for), last, pause)

    def within(self, spent: timedelta) -> "WritingTimes":
        """Not later than the time that was spent on the question.

        The request that closes it may be served after a save that arrived later.
        """
        if self.first_word_after is None or self.last_word_after is None:
            return self
        first, last = min(self.first_word_after, spent), min(self.last_word_after, spent)
        pause = None if self.longest_pause is None else min(self.longest_pause, last - first)
        return WritingTimes(first, last, pause)
