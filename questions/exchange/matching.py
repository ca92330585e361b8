"""Which question of the bank a row of a file is about, and why the bank refuses the row."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator

from questions.bank.publishing import PublishedQuestions
from questions.bank.slugs import FreeSlugs
from questions.formats import Item, Mistake, QuestionRecord
from questions.formats.rows import known_by_prompt_only
from questions.models import Question, Status
from questions.rules.prompts import prompt_key


class KnownQuestions:
    """The bank's questions by uid, slug and prompt, and the slugs that are taken."""

    def __init__(self) -> None:
        self._by_uid: dict[uuid.UUID, int] = {}
        self._by_slug: dict[str, int] = {}
        self._by_prompt: dict[str, dict[int, str]] = defaultdict(dict)
        columns = ("pk", "uid", "slug", "current_version__prompt")
        for pk, uid, slug, prompt in Question.objects.order_by("pk").values_list(*columns):
            self._by_uid[uid] = self._by_slug[slug] = pk
            if prompt:
                self._by_prompt[prompt_key(prompt)][pk] = slug
        self.published = PublishedQuestions()
        self.free_slugs = FreeSlugs(self._by_slug)

    def match(self, item: Item) -> int | None:
        """The question that a row is about, by its key; None for a new one."""
        values = item.values
        if "uid" in values:
            return self._by_uid.get(values["uid"])
        if any(mistake.column == "uid" for mistake in item.mistakes):
            return None
        if "slug" in values:
            return self._by_slug.get(values["slug"])
        alike = self._asking_the_same(item)
        return next(iter(alike)) if len(alike) == 1 else None

    def _asking_the_same(self, item: Item) -> dict[int, str]:
        """Slugs by key of the questions whose prompt a row has."""
        return self._by_prompt.get(prompt_key(item.values.get("prompt", "")), {})

    def reserve(self, items: Iterable[Item]) -> None:
        """Keep the slugs of a file for the rows that name them."""
        self.free_slugs.taken |= {item.values["slug"] for item in items if "slug" in item.values}

    def objections(
        self, item: Item, question: Question | None, new: QuestionRecord
    ) -> Iterator[Mistake]:
        """Why the bank refuses a row. new: the question as the row would have it."""
        wrong_already = {mistake.column for mistake in item.mistakes}
        if not new.prompt and "prompt" not in wrong_already:
            yield Mistake("prompt", "is missing", "Write the question as it is asked.")
        if question is None:
            yield from self._ambiguous(item)
        if len(new.phrasings or ()) > len(new.key_points):
            what = f"has statements about more than {len(new.key_points)} key points"
            yield Mistake("phrasings", what, "Remove them, or write the key points, too.")
        pk = question.pk if question else None
        if new.slug and self._by_slug.get(new.slug, pk) != pk:
            fix = "Write another one, or that question's uid to change it."
            yield Mistake("slug", "belongs to another question of the bank", fix)
        if question and question.status == Status.PUBLISHED:
            for mistake in self._unpublishable(question, new):
                if mistake.column not in wrong_already:
                    yield mistake

    def _ambiguous(self, item: Item) -> Iterator[Mistake]:
        alike = self._asking_the_same(item)
        if known_by_prompt_only(item) and len(alike) > 1:
            fix = "Write the slug or uid of the one that you mean."
            yield Mistake("prompt", f"is that of {' and '.join(alike.values())}", fix)

    def _unpublishable(self, question: Question, new: QuestionRecord) -> Iterator[Mistake]:
        """Why a published question may not become `new`.

        A prompt that an earlier row gives to another question is taken. So is the prompt that the
        other question has now, because its row may be left out.
        """
        obstacles = self.published.obstacles(question.pk, new.prompt, new.key_points)
        self.published.add(question.pk, question.slug, new.prompt)
        if obstacles.duplicate:
            fix = "Write another one, or retire one of the two first."
            what = f"is that of the published question {obstacles.duplicate}"
            yield Mistake("prompt", what, fix)
        if obstacles.no_key_points:
            fix = "Write at least one, or retire the question first."
            yield Mistake("key_points", "is empty, and the question is published", fix)
