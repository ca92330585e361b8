"""Fifty candidates at once, the faults that happen meanwhile, and what both led to."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.faults.browser import Exchange
from tests.faults.candidate import Candidate
from tests.faults.site import Site
from tests.waiting import wait_until

INTERVIEWS = [("screening", True), ("whole", True), ("bell", False)]  # slug, finished by hand
CALM = 3  # seconds between a recovery and the next fault, in which nothing at all may fail


@dataclass
class Fault:
    """One fault. Times are monotonic, in seconds."""

    name: str
    began: float
    ended: float  # what was broken works again, or will not
    recovered: float | None  # every candidate got an answer again; None: not while we waited

    @property
    def recovery_seconds(self) -> float:
        """From the end of the fault until every candidate got an answer."""
        return float("inf") if self.recovered is None else self.recovered - self.ended

    def covers(self, exchange: Exchange) -> bool:
        """Whether a request ran while the site was broken or recovering."""
        until = float("inf") if self.recovered is None else self.recovered
        return exchange.ended >= self.began and exchange.began <= until


@dataclass
class Crowd:
    site: Site
    size: int = 50
    interviews: list[tuple[str, bool]] = field(default_factory=lambda: INTERVIEWS)
    longest_recovery: float = 30  # seconds; then the run goes on
    faults: list[Fault] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)

    def start(self) -> None:
        """Start all candidates, and wait until all of them write."""
        self.candidates = [self._candidate(number) for number in range(1, self.size + 1)]
        for candidate in self.candidates:
            candidate.start()
            time.sleep(0.05)
        if not wait_until(lambda: all(c.is_writing for c in self.candidates), 40):
            raise AssertionError(f"not everybody could start: {self.surprises}")

    def _candidate(self, number: int) -> Candidate:
        slug, finishes = self.interviews[number % len(self.interviews)]
        name, tls = f"candidate-{number}", self.site.tls
        return Candidate(name, self.site.port, slug, finishes=finishes, tls=tls)

    def cause(self, name: str, break_it: Callable[[], None]) -> Fault:
        """Break something, and measure how long it takes until every candidate gets an answer."""
        time.sleep(CALM)
        began = time.monotonic()
        break_it()
        ended = time.monotonic()
        served = wait_until(lambda: self._all_served_since(ended), self.longest_recovery)
        fault = Fault(name, began, ended, time.monotonic() if served else None)
        self.faults.append(fault)
        return fault

    def _all_served_since(self, instant: float) -> bool:
        return all(c.last_success > instant or not c.is_writing for c in self.candidates)

    def finish(self, seconds: float) -> None:
        """Stop the writing; let everybody finish and read the result."""
        time.sleep(CALM)
        for candidate in self.candidates:
            candidate.stop_writing.set()
        until = time.monotonic() + seconds
        for candidate in self.candidates:
            candidate.join(max(0, until - time.monotonic()))
        self.stop()

    def stop(self) -> None:
        """End the candidates that still run."""
        for candidate in self.candidates:
            candidate.stop_writing.set()
            candidate.give_up.set()
        for candidate in self.candidates:
            candidate.join(15)

    # What it led to

    @property
    def exchanges(self) -> list[Exchange]:
        return [e for candidate in self.candidates for e in candidate.exchanges]

    @property
    def losses(self) -> list[str]:
        return [loss for candidate in self.candidates for loss in candidate.losses()]

    @property
    def surprises(self) -> list[str]:
        return [f"{c.name}: {surprise}" for c in self.candidates for surprise in c.surprises]

    @property
    def kept_texts(self) -> list[str]:
        return [text for c in self.candidates if c.result for text in c.result.kept_texts]

    @property
    def unexplained(self) -> list[Exchange]:
        """Failures while nothing was broken."""
        failed = [exchange for exchange in self.exchanges if exchange.failed]
        return [e for e in failed if not any(fault.covers(e) for fault in self.faults)]

    def acknowledged(self, step: str) -> int:
        return sum(e.step == step and not e.failed for e in self.exchanges)

    @property
    def report(self) -> str:
        lines = [
            f"{len(self.candidates)} candidates, {self.acknowledged('autosave')} saves and "
            f"{self.acknowledged('submit')} submits acknowledged, {len(self.losses)} lost; "
            f"{sum(c.browser.resent for c in self.candidates)} requests sent again at once"
        ]
        for fault in self.faults:
            failed = [e for e in self.exchanges if e.failed and fault.covers(e)]
            kinds = Counter(e.status or e.problem.partition("(")[0] for e in failed)
            failures = ", ".join(f"{count} × {kind}" for kind, count in kinds.most_common())
            lines.append(
                f"  {fault.name:<34} lasted {fault.ended - fault.began:4.1f} s, all served "
                f"{fault.recovery_seconds:4.1f} s later; failed: {failures or 'nothing'}"
            )
        return "\n".join(lines)
