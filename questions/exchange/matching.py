"""Which question of the bank a row of a file is about."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from questions.bank.publishing import PublishedQuestions
from questions.bank.slugs import FreeSlugs
from questions.formats import ForeignIdRecord, Item
from questions.formats.fields.foreign_ids import foreign_id
from questions.formats.rows import known_by_prompt_only
from questions.models import ForeignId, Question
from questions.rules.prompts import prompt_key


@dataclass(frozen=True)
class Match:
    """pk: of the question that a row is about; None for a new one. by: what told so.

    alike: the questions of which a row names one without saying which.
    """

    pk: int | None = None
    by: str = ""
    alike: tuple[int, ...] = ()


@dataclass(frozen=True)
class KnownQuestion:
    uid: uuid.UUID
    slug: str
    prompt: str
    status: str


class KnownQuestions:
    """The bank's questions by uid, foreign id, slug, former slug and prompt."""

    def __init__(self, system: str, items: Sequence[Item]) -> None:
        """system: whose ids the file has. items: its rows."""
        self._system = system
        self.by_key: dict[int, KnownQuestion] = {}
        self.by_uid: dict[uuid.UUID, int] = {}
        self.by_slug: dict[str, int] = {}
        self.by_former_slug: dict[str, list[int]] = defaultdict(list)
        self.by_prompt: dict[str, list[int]] = defaultdict(list)
        columns = ("pk", "uid", "slug", "former_slugs", "current_version__prompt", "status")
        rows = Question.objects.order_by("pk").values_list(*columns)
        for pk, uid, slug, had, prompt, status in rows:
            self.by_key[pk] = KnownQuestion(uid, slug, prompt or "", status)
            self.by_uid[uid] = self.by_slug[slug] = pk
            for old in had:
                self.by_former_slug[old].append(pk)
            if prompt:
                self.by_prompt[prompt_key(prompt)].append(pk)
        self._ids: dict[int, set[ForeignIdRecord]] = defaultdict(set)
        self.by_foreign_id: dict[ForeignIdRecord, int] = {}
        if any(self.ids_of(item) for item in items):
            for kept in ForeignId.objects.all():
                self._keep_id(kept.question_id, ForeignIdRecord(kept.system, kept.foreign_id))
        self.published = PublishedQuestions()
        self.free_slugs = FreeSlugs({*self.by_slug, *self.by_former_slug})

    def _keep_id(self, pk: int, foreign: ForeignIdRecord) -> None:
        self.by_foreign_id[foreign] = pk
        self._ids[pk].add(foreign)

    def match(self, item: Item) -> Match:
        """By uid; else by foreign id; without a uid, by slug, else by prompt."""
        values = item.values
        if pk := self.by_uid.get(values["uid"]) if "uid" in values else None:
            return Match(pk, "uid")
        if any(mistake.column == "uid" for mistake in item.mistakes):
            return Match()
        for foreign in self.ids_of(item):
            if pk := self.by_foreign_id.get(foreign):
                return Match(pk, "foreign_id")
        if "uid" in values:
            return Match()
        if "slug" in values:
            return self._by_slug(item, values["slug"])
        alike = [pk for pk in self.asking_the_same(item) if not self._is_other(pk, item)]
        by_prompt = Match(alike[0], "prompt") if len(alike) == 1 else Match()
        is_unclear = len(alike) > 1 and known_by_prompt_only(item)
        return Match(alike=tuple(alike)) if is_unclear else by_prompt

    def _by_slug(self, item: Item, slug: str) -> Match:
        if pk := self.by_slug.get(slug):
            return Match(pk, "slug")
        had = self.by_former_slug.get(slug, [])
        same = [pk for pk in had if pk in self.asking_the_same(item)]
        if len(had) == 1 or len(same) == 1:
            return Match((same or had)[0], "former_slug")
        return Match(alike=tuple(had))

    def asking_the_same(self, item: Item) -> list[int]:
        """The questions whose prompt a row has."""
        return self.by_prompt.get(prompt_key(item.values.get("prompt", "")), [])

    def _is_other(self, pk: int, item: Item) -> bool:
        """Whether the file's system calls this question something else than the row."""
        own = self.ids_of(item)
        systems = {foreign.system for foreign in own}
        return any(known.system in systems for known in self._ids[pk]) and bool(own)

    def ids_of(self, item: Item) -> tuple[ForeignIdRecord, ...]:
        """What other systems call the question of a row, as the row says."""
        own = foreign_id(self._system, item.foreign_id)
        return tuple(dict.fromkeys([*item.values.get("foreign_ids", ()), *([own] if own else [])]))

    def new_ids(self, item: Item, pk: int | None) -> tuple[ForeignIdRecord, ...]:
        """Those that the bank does not know of this question yet."""
        known = self._ids[pk] if pk else set()
        return tuple(foreign for foreign in self.ids_of(item) if foreign not in known)

    def reserve(self, items: Iterable[Item]) -> None:
        """Keep the slugs of a file for the rows that name them."""
        self.free_slugs.taken |= {item.values["slug"] for item in items if "slug" in item.values}

    def called(self, keys: Iterable[int]) -> Iterator[str]:
        for pk in keys:
            yield self.by_key[pk].slug
