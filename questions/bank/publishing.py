"""What may be published: a question that asks something, has key points, and repeats no other one.

Drafts and retired questions may share a prompt. So may two questions that are published with the
same prompt already: both can still be changed. An import may pass a prompt on from one published
question to another (questions/exchange/moves.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from questions.models import Question
from questions.rules.prompts import prompt_key
from questions.rules.visible import says_something


@dataclass(frozen=True)
class Obstacles:
    """What keeps a question from being published; false if nothing does.

    no_prompt, no_key_points: there is none, or none that a reader sees. duplicate: the slug of the
    published question that asks the same.
    """

    no_key_points: bool
    duplicate: str | None
    no_prompt: bool = False

    def __bool__(self) -> bool:
        return self.no_prompt or self.no_key_points or self.duplicate is not None


class PublishedQuestions:
    """What the published questions ask, read once, to judge one question or many."""

    def __init__(self) -> None:
        self._slugs: dict[str, dict[int, str]] = {}
        columns = ("pk", "slug", "current_version__prompt")
        for pk, slug, prompt in Question.objects.published().order_by("pk").values_list(*columns):
            self.add(pk, slug, prompt)

    def add(self, pk: int, slug: str, prompt: str) -> None:
        """Count a question as published with this prompt, and with those it has had so far."""
        self._slugs.setdefault(prompt_key(prompt), {})[pk] = slug

    def forget(self, pk: int) -> None:
        """Count a question as not published, or as no longer published with its old prompt."""
        for slugs in self._slugs.values():
            slugs.pop(pk, None)

    def obstacles(self, pk: int | None, prompt: str, key_points: Sequence[str]) -> Obstacles:
        """What keeps this question (None: a new one) from being published with these texts."""
        return Obstacles(
            no_key_points=not any(map(says_something, key_points)),
            duplicate=next(iter(self.others_asking(pk, prompt).values()), None),
            no_prompt=not says_something(prompt),
        )

    def asks(self, pk: int | None, prompt: str) -> bool:
        """Whether this question is published with this prompt."""
        return pk in self._slugs.get(prompt_key(prompt), {})

    def others_asking(self, pk: int | None, prompt: str) -> dict[int, str]:
        """The slugs of the published questions that ask this, by key; none if this one does."""
        return {} if self.asks(pk, prompt) else self._slugs.get(prompt_key(prompt), {})
