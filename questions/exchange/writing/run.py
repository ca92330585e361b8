"""What the writers of an import share: the plan, who agreed to it, and what the log says."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import User

from questions.bank.log import command_line_account, log_rows
from questions.exchange.changes import Change
from questions.exchange.plan import Plan
from questions.models import Interview, Question, Topic

CHUNK = 250
"""Rows that are written in one statement."""


class Import:
    """An import that is being written. Its author is None if nobody was named."""

    def __init__(
        self, plan: Plan, now: datetime, author: User | None, change_kind: str, change_note: str
    ) -> None:
        self.plan, self.now, self.author = plan, now, author
        self.change_kind = change_kind
        self.note = f"Imported from {plan.file_name}."
        self.change_note = f"{self.note} {change_note}".strip()
        self._logged_as = author or command_line_account()

    def log(self, messages: Iterable[tuple[Topic | Question | Interview, str]], flag: int) -> None:
        """Write into the admin's log what became of each row; all are of one model."""
        log_rows(list(messages), flag, self._logged_as)

    def changed(self, changes: Iterable[Change]) -> str:
        return f"{self.note} Changed: {', '.join(change.field for change in changes)}."
