"""Why the bank refuses a row of a file, with what an editor can do in any format."""

from collections.abc import Iterator

from questions.exchange.matching import KnownQuestions, Match
from questions.formats import ForeignIdRecord, Item, Mistake, QuestionRecord
from questions.models import Status
from questions.rules.prompts import prompt_key
from questions.rules.visible import says_something


class Objections:
    def __init__(self, known: KnownQuestions) -> None:
        self._known = known
        self._claimed: dict[ForeignIdRecord, str] = {}
        self._asked: dict[str, tuple[str, str]] = {}
        """The place and the slug of the first row that gives a prompt to a published question."""

    def to(self, item: Item, match: Match, new: QuestionRecord, status: str) -> Iterator[Mistake]:
        """new: the question as the row would have it, with this status."""
        wrong_already = {mistake.column for mistake in item.mistakes}
        if not says_something(new.prompt) and "prompt" not in wrong_already:
            yield Mistake("prompt", "is missing", "Write the question as it is asked.")
        yield from self._unclear(item, match)
        yield from self._ids(item, match)
        if len(new.phrasings or ()) > len(new.key_points):
            what = f"has statements about more than {len(new.key_points)} key points"
            yield Mistake("phrasings", what, "Remove them, or write the key points, too.")
        if len(new.follow_ups) > len(new.key_points) and "follow_ups" not in wrong_already:
            what = f"has follow-ups to more than {len(new.key_points)} key points"
            yield Mistake("follow_ups", what, "Remove them, or write the key points, too.")
        if status == Status.PUBLISHED:
            for mistake in self._unpublishable(item, match.pk, new):
                if mistake.column not in wrong_already:
                    yield mistake

    def _unclear(self, item: Item, match: Match) -> Iterator[Mistake]:
        if not match.alike:
            return
        slugs = " and ".join(self._known.called(match.alike))
        if "slug" in item.values:
            fix = "Write the slug that the question has now."
            yield Mistake("slug", f"was that of {slugs}", fix)
        else:
            fix = (
                "Reword all but one of these questions of the bank, or write the slug or uid of the"
                " one that you mean if the file has a place for it."
            )
            yield Mistake("prompt", f"is that of {slugs}", fix)

    def _ids(self, item: Item, match: Match) -> Iterator[Mistake]:
        if any(mistake.column == "foreign_id" for mistake in item.mistakes):
            return
        for foreign in self._known.ids_of(item):
            holder = self._known.by_foreign_id.get(foreign, match.pk)
            if holder != match.pk and holder is not None:
                (slug,) = self._known.called([holder])
                fix = "Give one of the two another id, or name another source of the ids."
                yield Mistake("foreign_id", f"“{foreign}” is that of the question {slug}", fix)
            elif (place := self._claimed.setdefault(foreign, item.place)) != item.place:
                fix = "Give one of the two another id, or remove one."
                yield Mistake("foreign_id", f"“{foreign}” is also at {place}", fix)

    def _unpublishable(self, item: Item, pk: int | None, new: QuestionRecord) -> Iterator[Mistake]:
        """Why a question may not be published as `new`, whatever becomes of the bank's others.

        A prompt that an earlier row gives to another question is taken, also if that row is wrong.
        """
        published = self._known.published
        if not published.asks(pk, new.prompt):
            mine = (item.place, new.slug or "of an earlier row")
            first, slug = self._asked.setdefault(prompt_key(new.prompt), mine)
            if first != item.place:
                fix = "Write another one, or retire one of the two."
                yield Mistake("prompt", f"is that of the published question {slug}", fix)
        if published.obstacles(pk, new.prompt, new.key_points).no_key_points:
            fix = "Write at least one, or retire the question first."
            yield Mistake("key_points", "is empty, and the question is published", fix)
