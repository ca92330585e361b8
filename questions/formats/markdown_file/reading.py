"""Questions and answers in Markdown. Headings above questions are their topics."""

import re
from collections import Counter
from collections.abc import Sequence

from questions.formats.encoding import decode
from questions.formats.markdown_file import folded, pairs, tables
from questions.formats.markdown_file.lines import Section, sections_of, without_front_matter
from questions.formats.markdown_file.pairs import Pair
from questions.formats.markdown_file.texts import answer_of, prompt_of, stray, without_lists
from questions.formats.markup.html.tree import MAX_HTML
from questions.formats.markup.item_texts import ItemTexts
from questions.formats.records import ExchangeFile, FormatError, Item, LeftOut, Mistake
from questions.formats.rows import MAX_ROWS, NAME_LENGTH, item, with_repeats_marked

_ASKS = re.compile(r"[?？][\W_]*$|^\W*(?:Q|Question) ?\d*\s*[:.)]", re.IGNORECASE)
MAX_MARKDOWN = 2_000_000
MAX_TITLE = 500
FIX = "Say in words what it shows, or write it as Markdown."
_NO_QUESTIONS = re.compile(
    r"\W*(?:table of contents|contents|toc|contributing|contributors?|licen[cs]e|references?|"
    r"resources|acknowledge?ments?|about|introduction|overview|further reading|credits)\W*",
    re.IGNORECASE,
)


def read(data: bytes) -> ExchangeFile:
    """The questions of a Markdown file. Raises FormatError if there is none."""
    text = decode(data)
    if len(text) > MAX_MARKDOWN:
        raise FormatError(f"the file has more than {MAX_MARKDOWN:,} characters. Split it")
    lines, above = without_front_matter(text)
    sections = sections_of(lines)
    is_plain = not any(_asks(section) or folded.marked(section.body) for section in sections)
    if is_plain and (content := tables.read(sections, above)):
        return content
    reader = _Reader(sections, above)
    reader.read()
    if not reader.items:
        raise FormatError(
            "there is no question in the file. Write each as a heading with its answer below, as"
            " “Q:” and “A:”, or as <details> with the question as its <summary>"
        )
    return ExchangeFile(with_repeats_marked(reader.items), left_out=tuple(reader.left_out))


class _Reader:
    """Collects the questions section by section."""

    def __init__(self, sections: Sequence[Section], above: int) -> None:
        """above: how many lines of the file stand above the first section."""
        self.sections, self.above = sections, above
        self.items: list[Item] = []
        self.left_out: list[LeftOut] = []

    def read(self) -> None:
        finder = self._finder()
        level = self._level(finder)
        titles: list[Section] = []
        at = 0
        while at < len(self.sections):
            section = self.sections[at]
            titles = [title for title in titles if title.level < section.level]
            found = self._found(finder, section) if finder else []
            after = self._end(at)
            below = self.sections[at + 1 : after]
            holds_questions = any(s.level == level and _asks(s) for s in below)
            is_question = not holds_questions and self._is_question(section, level, found)
            after = after if is_question else at + 1
            if is_question:
                self._add_heading(section, below, found, titles)
            else:
                self._add_pairs(section, found, titles)
                titles.append(section)
            at = after

    def _finder(self) -> pairs.Finder | None:
        """The way in which questions stand below headings; None if the headings are questions."""
        if any(folded.marked(section.body) for section in self.sections):
            return folded.marked
        if any(_asks(section) for section in self.sections):
            return None
        counts = {
            finder: sum(len(finder(section.body)) for section in self.sections)
            for finder in (pairs.in_bold, pairs.listed)
        }
        finder = max(counts, key=lambda one: counts[one])
        return finder if counts[finder] else None

    def _found(self, finder: pairs.Finder, section: Section) -> Sequence[Pair]:
        """The pairs below a heading, as what the heading says makes them one question or many."""
        found = finder(section.body)
        if _asks(section):
            return folded.of_heading(found)
        return folded.with_prompts_above(found)

    def _level(self, finder: pairs.Finder | None) -> int:
        """The level of headings that are questions; 0 if only those that ask are."""
        with_text = [section for section in self.sections if section.level and section.has_text]
        asking = [section.level for section in with_text if _asks(section)]
        if finder or not with_text:
            return 0
        levels = asking or [section.level for section in with_text]
        return Counter(levels).most_common(1)[0][0]

    def _is_question(self, section: Section, level: int, found: Sequence[Pair]) -> bool:
        if not section.level or _NO_QUESTIONS.fullmatch(section.title):
            return False
        if any(not pair.prompt for pair in found):
            return True
        if found:
            return False
        return section.level == level or (_asks(section) and (section.has_text or not level))

    def _end(self, at: int) -> int:
        """The index after the sections that belong to the answer: those with deeper headings."""
        level = self.sections[at].level
        end = at + 1
        while end < len(self.sections) and self.sections[end].level > level:
            end += 1
        return end

    def _add_heading(
        self,
        section: Section,
        below: Sequence[Section],
        found: Sequence[Pair],
        titles: Sequence[Section],
    ) -> None:
        """A question that is a heading; its answer may stand in <details>."""
        prompt, answer = section.title, "\n".join(section.body)
        if answers := [pair for pair in found if not pair.prompt]:
            prompt = f"{prompt}\n\n{answers[0].before.strip()}".strip()
            parts = [part for pair in answers for part in (pair.before, pair.answer, pair.after)]
            answer = "\n\n".join(part.strip() for part in parts[1:] if part.strip())
        parts = [answer]
        parts += ("\n".join([f"{'#' * d.level} {d.title}", *d.body]) for d in below)
        self._add(section.number, prompt, "\n\n".join(p.strip("\n") for p in parts), titles)

    def _add_pairs(
        self, section: Section, found: Sequence[Pair], titles: Sequence[Section]
    ) -> None:
        above = [*titles, *([section] if section.level else [])]
        for pair in found:
            self._add(section.body_number + pair.line, pair.prompt, pair.answer, above)
        # A line of text above a folded answer may be its prompt: only what is left over is named.
        first = found[0].line if found else len(section.body)
        above_it = found[0].before if found and found[0].folded else "\n".join(section.body[:first])
        if text := stray(above_it):
            number = section.number if section.level else section.body_number
            self._leave_out(number, section.title or text)
        for pair in found:
            for text in filter(
                None, (stray(pair.before) if pair != found[0] else "", stray(pair.after))
            ):
                self._leave_out(section.body_number + pair.line, text)

    def _leave_out(self, number: int, name: str) -> None:
        why = "text that belongs to no question"
        self.left_out.append(LeftOut(f"line {number + self.above}", name[:80], why))

    def _add(self, number: int, prompt: str, answer: str, titles: Sequence[Section]) -> None:
        raw: dict[str, object] = {}
        place = f"line {number + self.above}"
        if len(self.items) == MAX_ROWS:
            raise FormatError(f"{place}: more than {MAX_ROWS:,} questions. Split the file")
        if len(prompt) + len(answer) > MAX_HTML:
            wrong = Mistake("answer", f"has more than {MAX_HTML:,} characters", "Shorten it.")
            self.items.append(
                Item(place, prompt_of(prompt[:MAX_TITLE])[:NAME_LENGTH], {}, (wrong,))
            )
            return
        texts = ItemTexts(fix=FIX)
        raw["prompt"] = texts.text("prompt", prompt_of(prompt), "markdown")
        raw["answer"], lists = without_lists(texts.text("answer", answer_of(answer), "markdown"))
        raw |= lists
        if named := [one for one in titles if not _NO_QUESTIONS.fullmatch(one.title)]:
            raw["topic_name"] = prompt_of(named[-1].title)
        raw = texts.without_unread(raw)
        self.items.append(item(place, raw, texts.mistakes, not_taken=texts.not_taken))


def _asks(section: Section) -> bool:
    return bool(section.level and _ASKS.search(section.title[-MAX_TITLE:]))
