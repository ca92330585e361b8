"""The texts of one question of another system: Markdown, and what each of them lost on the way."""

import itertools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from questions.formats.fields.statements import PHRASINGS
from questions.formats.markup.blocks import Block, Listing, Quotation, Run, runs_of
from questions.formats.markup.grader_notes import fields_of, sections_in, statements_in
from questions.formats.markup.html.recognition import is_html, tags_in
from questions.formats.markup.losses import Losses, quoted
from questions.formats.markup.markdown_blocks import markdown_of_blocks
from questions.formats.markup.markdown_lines import paragraph
from questions.formats.markup.pictures import pictures_in
from questions.formats.markup.shown import (
    heading_links,
    line_links,
    look_of_prompt,
    look_of_runs,
    look_of_text,
)
from questions.formats.markup.sources import blocks_in, is_markdown_of_ours
from questions.formats.records import Mistake, WrongValue
from questions.rules.limits import MAX_TEXT
from questions.rules.texts import LIST_FIELDS, field_label

T = TypeVar("T")
STATEMENTS = (*LIST_FIELDS, *PHRASINGS)
"""The fields that have a statement on each line."""
WITHOUT_LINKS = tuple(field for field in LIST_FIELDS if field != "sources")
"""The lists whose lines are shown without their links."""
_SIGN = re.compile(r"\A(?:[-*+>]|[0-9]{1,9}[.)])+")


class ItemTexts:
    """Reads the texts of a question, and collects mistakes and what is not taken.

    is_ours: whether the question was written by our own export, whose Markdown is taken as it is.
    fix: what an editor of the other system can do about what this bank can't hold.
    """

    def __init__(self, *, is_ours: bool = False, fix: str = "") -> None:
        self.is_ours = is_ours
        self.fix = fix or (
            "Say in words what it shows, in the system it comes from, and export it again."
        )
        self.mistakes: list[Mistake] = []
        self.not_taken: list[str] = []

    def text(self, field: str, text: str, style: str, lost: Iterable[str] = ()) -> str:
        """A text as Markdown. lost: names of what its reader could not take over."""
        losses = Losses(set(lost))
        return self._reported(field, losses, lambda: self._markdown(field, text, style, losses), "")

    def typed(self, field: str, text: str, style: str = "markdown") -> str:
        """A text of a file that does not say what its markup is.

        It stays as it is, as Markdown of this bank or as plain text, unless it is HTML beyond
        doubt.
        """
        if self.is_ours:
            return text
        losses = Losses()
        if is_html(text):
            losses.name("HTML (read as the text that its page shows)")
            style = "html"
        else:
            for tag in tags_in(text):
                losses.name("HTML (shown as typed)", tag)
        if style == "markdown":
            losses.elements |= pictures_in(text)
            return self._reported(field, losses, lambda: text, "")
        return self._reported(field, losses, lambda: self._markdown(field, text, style, losses), "")

    def notes(self, text: str, style: str, lost: Iterable[str] = ()) -> dict[str, str]:
        """The fields in notes for graders."""
        losses = Losses(set(lost))

        def read() -> dict[str, str]:
            if style == "markdown" and (self.is_ours or is_markdown_of_ours(text, losses)):
                return fields_of(text)
            if style == "plain":
                return {f: self._plain(f, value, losses) for f, value in fields_of(text).items()}
            sections, points = sections_in(blocks_in(text, style, losses), losses)
            return {
                field: self._checked(field, blocks, losses) for field, blocks in sections.items()
            } | points

        nothing: dict[str, str] = {}
        fields = self._reported("how_to_answer", losses, read, nothing)
        for name in WITHOUT_LINKS:
            for line in fields.get(name, "").split("\n"):
                self._name_links(field_label(name), line_links(line))
        return fields

    def without_unread(self, raw: Mapping[str, object]) -> dict[str, object]:
        """The values of a row without texts that could not be read: they are not empty there."""
        wrong = {mistake.column for mistake in self.mistakes}
        return {name: value for name, value in raw.items() if value or name not in wrong}

    def _reported(self, field: str, losses: Losses, read: Callable[[], T], nothing: T) -> T:
        try:
            value = read()
        except WrongValue as wrong:
            self.mistakes.append(Mistake(field, wrong.what, wrong.fix))
            return nothing
        if losses.elements:
            what = f"has what this bank can't hold: {', '.join(sorted(losses.elements))}"
            self.mistakes.append(Mistake(field, what, self.fix))
        if losses.unknown_tags:
            what = f"has the tag {', '.join(sorted(losses.unknown_tags))}, which no page shows"
            fix = "Write &lt; for a < that belongs to the text, or remove the tag."
            self.mistakes.append(Mistake(field, what, fix))
        name = field_label(field)
        self.not_taken += [f"{name}: {sentence}" for sentence in losses.sentences()]
        return value

    def _markdown(self, field: str, text: str, style: str, losses: Losses) -> str:
        if style == "markdown" and (self.is_ours or is_markdown_of_ours(text, losses)):
            markdown = text
        elif field in STATEMENTS:
            blocks = blocks_in(text, style, losses)
            return statements_in(blocks, losses, plain=field in PHRASINGS)
        else:
            markdown = self._checked(field, blocks_in(text, style, losses), losses)
        if field == "prompt" and not self.is_ours:
            self._name_links("prompt, first line", heading_links(markdown))
        return markdown

    def _plain(self, field: str, text: str, losses: Losses) -> str:
        if field in PHRASINGS:
            return text
        if field in STATEMENTS:
            return "\n".join(paragraph([Run(line)], losses) for line in text.split("\n"))
        return self._checked(field, blocks_in(text, "plain", losses), losses)

    def _name_links(self, place: str, links: Iterable[str]) -> None:
        self.not_taken += [f"{place}: the link to {quoted(link)}" for link in links]

    def _checked(self, field: str, blocks: Sequence[Block], losses: Losses) -> str:
        """The blocks as Markdown of which our page shows what the other system's page shows.

        Raises WrongValue if it does not.
        """
        markdown = markdown_of_blocks(blocks, losses)
        if len(markdown) > MAX_TEXT:
            return markdown  # which the field says
        wanted = look_of_runs(runs_of(blocks))
        look = (look_of_prompt if field == "prompt" else look_of_text)(markdown)
        if look == wanted:
            return markdown
        words, is_alike = look.words, look.of_letters() == wanted.of_letters()
        if field == "prompt" and isinstance(blocks[0], Listing | Quotation):
            losses.name("the list or quotation that it begins with (its first line is the heading)")
            words, is_alike = _SIGN.sub("", words, count=1), True
        if words != wanted.words:
            rest = wanted.words[_first_difference(wanted.words, words) :]
            what = f"can't be shown here as it is there, from {quoted(rest)} on"
            raise WrongValue(what, "Make it simpler there, and export it again.")
        if not is_alike and not losses.named:
            losses.name("the emphasis of some words")
        return markdown


def _first_difference(one: str, other: str) -> int:
    pairs = itertools.zip_longest(one, other)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), 0)
