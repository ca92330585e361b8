"""What an import meets in the bank: the questions and topics that there are, and free slugs."""

from collections import defaultdict
from collections.abc import Iterable

from questions.bank.publishing import PublishedQuestions
from questions.bank.slugs import FreeSlugs
from questions.formats import Item, Mistake, TopicRecord
from questions.formats.checks import only_prompt
from questions.formats.records import SLUG
from questions.models import Question, Status, Topic
from questions.rules.prompts import prompt_key

MANY_TOPICS = 12


class KnownQuestions:
    """The bank's questions by uid, slug and prompt, and the slugs that are taken."""

    def __init__(self):
        columns = ("pk", "uid", "slug", "current_version__prompt")
        self.uids, self.slugs, self.prompts = {}, {}, defaultdict(dict)
        for pk, uid, slug, prompt in Question.objects.order_by("pk").values_list(*columns):
            self.uids[uid] = self.slugs[slug] = pk
            if prompt:
                self.prompts[prompt_key(prompt)][pk] = slug
        self.published = PublishedQuestions()
        self.free_slugs = FreeSlugs(self.slugs)

    def match(self, item: Item) -> int | None:
        """The question that a row is about; None: a new one."""
        values = item.values
        if "uid" in values:
            return self.uids.get(values["uid"])
        if any(mistake.column == "uid" for mistake in item.mistakes):
            return None
        if "slug" in values:
            return self.slugs.get(values["slug"])
        found = self._asking_the_same(values)
        return next(iter(found)) if len(found) == 1 else None

    def _asking_the_same(self, values: dict) -> dict[int, str]:
        return self.prompts.get(prompt_key(values.get("prompt") or ""), {})

    def reserve(self, items) -> None:
        """Slugs of the file are not free for questions of the file that have none."""
        self.free_slugs.taken |= {item.values["slug"] for item in items if "slug" in item.values}

    def objections(self, item: Item, question: Question | None, values: dict, old: dict | None):
        """What the bank has against a row's values."""
        wrong_already = {mistake.column for mistake in item.mistakes}
        pk = question.pk if question else None
        published = question and question.status == Status.PUBLISHED
        if not values.get("prompt"):
            if "prompt" not in wrong_already:
                yield Mistake("prompt", "is missing", "Write the question as it is asked.")
        elif question is None:
            yield from self._unclear(item)
        elif published:
            yield from self._asks_the_same(question, values["prompt"], old["prompt"])
        if values.get("slug") and self.slugs.get(values["slug"], pk) != pk:
            fix = "Write another one, or that question's uid to change it."
            yield Mistake("slug", "belongs to another question of the bank", fix)
        if published and not values["key_points"] and "key_points" not in wrong_already:
            fix = "Write at least one, or retire the question first."
            yield Mistake("key_points", "is empty, and the question is published", fix)

    def _unclear(self, item: Item):
        found = self._asking_the_same(item.values)
        if only_prompt(item) and len(found) > 1:
            fix = "Write the slug or uid of the one that you mean."
            yield Mistake("prompt", f"is that of {' and '.join(found.values())}", fix)

    def _asks_the_same(self, question: Question, prompt: str, old: str):
        """The rule of questions.bank.publishing, for a published question that the file changes.

        What an earlier row makes of another question counts; what that one asks until then counts
        as well, for its row may be left out.
        """
        if prompt_key(prompt) == prompt_key(old):
            return
        obstacles = self.published.obstacles(
            question.pk, prompt, question.current_version.key_points
        )
        if obstacles.duplicate:
            fix = "Write another one, or retire one of the two first."
            what = f"is that of the published question {obstacles.duplicate}"
            yield Mistake("prompt", what, fix)
        self.published.add(question.pk, question.slug, prompt)


class BankTopics:
    """The bank's topics, those that the file brings, and what a row's topic comes to."""

    def __init__(self, brought, fallback: Topic | None, may_add: bool):
        self.slugs = dict(Topic.objects.values_list("slug", "name"))
        self.names = {name.casefold(): slug for slug, name in self.slugs.items()}
        self.fallback = fallback
        self.may_add = may_add
        self.renamed: list[tuple[str, str, str]] = []
        self.new: dict[str, TopicRecord] = {}
        self.brought: list[str] = []
        for record in brought:
            here = self.slugs.get(record.slug)
            if here is None and self._add(record) is None:
                self.brought.append(record.slug)
            elif here is not None and here != record.name:
                self.renamed.append((record.slug, here, record.name))

    def needed(self, used: Iterable[str]) -> tuple[TopicRecord, ...]:
        """What must be added: those of the file, and the new ones among those that rows use."""
        used = {*used, *self.brought}
        return tuple(record for slug, record in self.new.items() if slug in used)

    def resolve(self, said: dict, *, keeps: bool, mistakes: list[Mistake]) -> str | None:
        """The slug of a row's topic. keeps: the question has one already, if the row names none."""
        slug, name = said.pop("topic", None), said.pop("topic_name", None)
        if any(mistake.column in ("topic", "topic_name") for mistake in mistakes):
            return None
        named = slug or name or ""
        if named in self.slugs or named in self.new:
            return named
        if found := self.names.get(named.casefold()):
            return found
        if slug is None:
            return None if keeps else self._fall_back(name, mistakes)
        if name is None:
            fix = f"Write one of {self._choice()}, or give its name in topic_name to add it."
            mistakes.append(Mistake("topic", f"there is no topic “{slug}”", fix))
            return None
        if wrong := self._add(TopicRecord(slug, name)):
            mistakes.append(wrong)
        return slug

    def _fall_back(self, name: str | None, mistakes: list[Mistake]) -> str | None:
        if self.fallback:
            return self.fallback.slug
        what = f"there is no topic called “{name}”" if name else "is missing"
        fix = f"Write one of {self._choice()}, or choose a topic for such questions."
        mistakes.append(Mistake("topic", what, fix))
        return None

    def _add(self, record: TopicRecord) -> Mistake | None:
        if not SLUG.fullmatch(record.slug) or len(record.slug) > 50:
            fix = "Use up to 50 letters, digits, hyphens and underscores."
            return Mistake("topic", f"“{record.slug}” can't be a slug", fix)
        if other := self.names.get(record.name.casefold()):
            fix = f"Write {other} as its topic."
            return Mistake("topic_name", f"“{record.name}” is the topic {other} already", fix)
        if not self.may_add:
            fix = f"Write one of {self._choice()}, or ask somebody who may add topics."
            return Mistake("topic", f"there is no topic “{record.slug}”", fix)
        self.new[record.slug] = record
        self.names[record.name.casefold()] = record.slug
        return None

    def _choice(self) -> str:
        slugs = sorted({*self.slugs, *self.new})
        more = f" and {len(slugs) - MANY_TOPICS} more" if len(slugs) > MANY_TOPICS else ""
        return ", ".join(slugs[:MANY_TOPICS]) + more if slugs else "the bank's topics (none yet)"
