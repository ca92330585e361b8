"""How a score changed since an earlier attempt. Pure."""

from typing import NamedTuple

from attempts.rules.score_range import Shown


class ScoreChange(NamedTuple):
    """Between which numbers of points the score went up; down below 0."""

    least: int
    most: int

    def __str__(self) -> str:
        """Such as "up 12", "down 2 to 14", "unchanged", "between 3 down and 9 up"."""
        least, most = self
        if least == most:
            return _one(least)
        if least > 0 or most < 0:
            near, far = sorted((abs(least), abs(most)))
            return f"{'up' if least > 0 else 'down'} {near} to {far}"
        return f"between {_far(least)} and {_far(most)}"

    @property
    def signed(self) -> str:
        """Such as "+12", "−14 to −2", "±0"; "" where it may be either way.

        With a minus sign, because a screen reader does not say a hyphen.
        """
        if self.least == self.most:
            return _signed(self.least)
        if self.least <= 0 <= self.most:
            return ""
        return f"{_signed(self.least)} to {_signed(self.most)}"


def score_change(before: Shown, now: Shown) -> ScoreChange:
    """The change of the numbers that the pages show, so that it can be checked."""
    return ScoreChange(now[0] - before[1], now[1] - before[0])


def _signed(change: int) -> str:
    return f"{change:+}".replace("-", "−") if change else "±0"


def _far(change: int) -> str:
    return " ".join(reversed(_one(change).split()))


def _one(change: int) -> str:
    if change == 0:
        return "unchanged"
    return f"{'up' if change > 0 else 'down'} {abs(change)}"
