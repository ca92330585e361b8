"""Telling how far a backup is: on a terminal in one line, elsewhere in a line now and then."""

import time
from dataclasses import dataclass, field
from io import TextIOBase

SECONDS = 10  # between two lines of a log


@dataclass
class Progress:
    """Counts tables. out: where it tells them."""

    out: TextIOBase
    total: int
    done: int = 0
    said_at: float = field(default_factory=time.monotonic)

    def table(self, name: str) -> None:
        """The next table has begun."""
        self.done += 1
        line = f"  table {self.done} of {self.total}: {name}"
        if self.out.isatty():
            self.out.write(f"\r\033[K{line}")
            self.out.flush()
        elif time.monotonic() - self.said_at >= SECONDS:
            self.out.write(f"{line}\n")
            self.out.flush()
            self.said_at = time.monotonic()

    def end(self) -> None:
        if self.out.isatty():
            self.out.write("\r\033[K")
