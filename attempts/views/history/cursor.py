"""The place of an attempt in the list, as addresses have it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from attempts.models import Attempt


@dataclass(frozen=True)
class Cursor:
    """Which attempt it is: finished_at with a time zone, and its id."""

    finished_at: datetime
    pk: UUID

    @property
    def place(self) -> tuple[datetime, UUID]:
        return self.finished_at, self.pk

    @classmethod
    def of(cls, attempt: Attempt) -> "Cursor | None":
        """None for one that has not ended."""
        return cls(attempt.finished_at, attempt.pk) if attempt.finished_at else None

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """None if the text is no cursor."""
        instant, _, pk = text.replace(" ", "+").partition("_")
        try:
            finished_at = datetime.fromisoformat(instant)
            # PostgreSQL can store every instant that Python has, once it is in UTC.
            return cls(finished_at.astimezone(UTC), UUID(pk)) if finished_at.tzinfo else None
        except (ValueError, OverflowError):
            return None

    def __str__(self) -> str:
        return f"{self.finished_at.isoformat()}_{self.pk}"
