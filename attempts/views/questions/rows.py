"""One question as the pages show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from attempts.rules.my_questions.listing import Listed
from attempts.rules.recall.in_words import due_in_words
from questions.models import Difficulty, QuestionVersion
from questions.rules.prompts import prompt_title


@dataclass(frozen=True)
class QuestionRow:
    """prompt: "" while it is hidden."""

    listed: Listed
    prompt: str
    now: datetime

    @property
    def title(self) -> str:
        """The heading of the prompt in plain words, or its first words; "" while it is hidden."""
        return prompt_title(self.prompt) if self.prompt else ""

    @property
    def level(self) -> str:
        return Difficulty(self.listed.level).label

    @property
    def due(self) -> str:
        """In words; "" if it was never answered, or is asked no more."""
        if self.listed.share is None or not self.listed.is_published:
            return ""
        return due_in_words(self.listed.due_at, self.now)


def rows_of(listed: Sequence[Listed], now: datetime) -> Sequence[QuestionRow]:
    """With the prompts that are shown, and no others."""
    shown = [row.shown_version for row in listed if row.shown_version is not None]
    versions = QuestionVersion.objects.filter(pk__in=shown).order_by()
    prompts = dict(versions.values_list("pk", "prompt"))
    return [QuestionRow(row, prompts.get(row.shown_version or 0, ""), now) for row in listed]


def page_number(request: HttpRequest) -> int:
    """What the address says, from 1; 1 if it says no number."""
    text = request.GET.get("page", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
