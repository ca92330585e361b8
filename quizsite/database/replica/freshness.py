"""How old what a replica has is, from positions in the log of changes that it follows.

Positions tell it for certain: a replica that is cut off believes that it has everything, and the
time of its last change says nothing of a primary that nobody writes to.
"""

KEPT = 16


class Freshness:
    """Times are seconds of one clock that never jumps; positions are bytes of the log (WAL)."""

    def __init__(self) -> None:
        self._ahead: list[tuple[float, int]] = []
        self._as_of: float | None = None

    def primary_is_at(self, position: int, now: float) -> None:
        self._ahead = [*self._ahead, (now, position)][-KEPT:]

    def replica_is_at(self, position: int) -> None:
        """It has all that the primary had whenever this position was the primary's, or a lower."""
        reached = [time for time, primary in self._ahead if primary <= position]
        if reached:
            self._as_of = max(reached)
            self._ahead = [seen for seen in self._ahead if seen[0] > self._as_of]

    def age(self, now: float) -> float:
        """The replica has everything that was written up to so many seconds ago."""
        return float("inf") if self._as_of is None else now - self._as_of
