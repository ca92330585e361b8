"""Of published questions no two ask the same; drafts and retired ones may."""

from questions.formats.checks import prompt_key
from questions.models import Question


class PublishedPrompts:
    """The prompts of the published questions, read once, for one question or for many."""

    def __init__(self):
        published = Question.objects.published().order_by("pk")
        self.slugs: dict[str, dict[int, str]] = {}
        for pk, slug, prompt in published.values_list("pk", "slug", "current_version__prompt"):
            self.add(pk, slug, prompt)

    def add(self, pk: int, slug: str, prompt: str) -> None:
        self.slugs.setdefault(prompt_key(prompt), {})[pk] = slug

    def duplicate(self, prompt: str, pk: int | None) -> str | None:
        """The slug of a published question other than pk that asks the same, to a reader."""
        found = self.slugs.get(prompt_key(prompt), {})
        return next((slug for other, slug in found.items() if other != pk), None)
