"""What our pages show of Markdown, to be held against what the other system's page shows.

A look is the words without blanks, and which of them have which marks. Two texts with the same look
say the same to a reader.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from questions.formats.markup.blocks import NO_MARKS, Mark, Run
from questions.rules.markdown import blocks_of, line_of
from questions.rules.prompts import read_prompt

_MARKS = {"strong": "bold", "em": "italic", "s": "struck"}
_CODE = frozenset({"code"})


@dataclass(frozen=True)
class Look:
    """marks: how many characters each piece has, and its marks."""

    words: str
    marks: tuple[tuple[int, frozenset[Mark]], ...]

    def of_letters(self) -> list[tuple[str, frozenset[Mark]]]:
        """Each letter and digit with its marks. Nobody sees whether a comma is in italics."""
        each = [marks for count, marks in self.marks for _ in range(count)]
        pairs = zip(self.words, each, strict=True)
        return [(char, marks) for char, marks in pairs if char.isalnum()]


def look_of_runs(runs: Iterable[Run]) -> Look:
    words: list[str] = []
    marks: list[tuple[int, frozenset[Mark]]] = []
    for run in runs:
        text = "".join(run.text.split())
        if not text:
            continue
        words.append(text)
        if marks and marks[-1][1] == run.marks:
            marks[-1] = (marks[-1][0] + len(text), run.marks)
        else:
            marks.append((len(text), run.marks))
    return Look("".join(words), tuple(marks))


def look_of_line(markdown: str) -> Look:
    return look_of_runs(_runs(line_of(markdown)))


def look_of_text(markdown: str) -> Look:
    return look_of_runs(_runs(blocks_of(markdown)))


def look_of_prompt(markdown: str) -> Look:
    prompt = read_prompt(markdown)
    return look_of_runs([*_runs(prompt.heading), *_runs(prompt.text)])


def heading_links(markdown: str) -> Iterator[str]:
    """The links in the first line of a prompt, of which a page shows the words only."""
    return links_in(read_prompt(markdown).heading)


def line_links(markdown: str) -> Iterator[str]:
    """The links in a key point, of which a page shows the words only."""
    return links_in(line_of(markdown))


def links_in(tokens: Sequence[Token]) -> Iterator[str]:
    return (str(token.attrGet("href")) for token in tokens if token.type == "link_open")


def _runs(tokens: Sequence[Token]) -> Iterator[Run]:
    marks = NO_MARKS
    for token in tokens:
        if token.children:
            yield from _runs(token.children)
        elif token.tag in _MARKS:
            mark = {_MARKS[token.tag]}
            marks = marks | mark if token.nesting == 1 else marks - mark
        elif token.type in ("code_inline", "fence", "code_block"):
            yield Run(token.content, marks | _CODE)
        elif token.type != "inline":
            yield Run(token.content, marks)
