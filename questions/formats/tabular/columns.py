"""Which column of a table holds which field. What is not clear is never decided here."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from questions.formats.fields.foreign_names import ID, TAGS
from questions.formats.fields.names import (
    Meaning,
    meaning_of,
    near_field,
    plain_name,
)
from questions.formats.fields.statements import PHRASINGS
from questions.formats.tabular.choice import NO_CHOICE, NOT_TAKEN, Choice


@dataclass(frozen=True)
class Columns:
    """The columns of a table: the name and the meaning of each, None if it is not taken."""

    names: tuple[str, ...]
    meanings: tuple[Meaning | None, ...]
    problem: str = ""

    @property
    def is_clear(self) -> bool:
        return self.finds_questions and not self.problem

    @property
    def known(self) -> int:
        return sum(meaning is not None for meaning in self.meanings)

    @property
    def finds_questions(self) -> bool:
        """Whether a row of this table says which question it is about."""
        fields = {meaning.field for meaning in self.meanings if meaning}
        return bool(fields & {"prompt", "uid"})

    def index_of(self, name: str) -> int:
        """The index of the column with this field; -1 if there is none."""
        fields = [meaning.field if meaning else "" for meaning in self.meanings]
        return fields.index(name) if name in fields else -1

    def without(self, index: int) -> "Columns":
        """The columns, of which this one is not taken."""
        meanings = [None if at == index else one for at, one in enumerate(self.meanings)]
        return replace(self, meanings=tuple(meanings))

    def label(self, index: int) -> str:
        name = self.names[index] if index < len(self.names) else ""
        return " ".join(name.split())[:50] or f"{index + 1}"

    def notes(self) -> Iterator[str]:
        """How the columns are read whose names are not the fields' own."""
        read = [
            f"“{self.label(index)}” is read as {meaning.field}"
            for index, meaning in enumerate(self.meanings)
            if meaning
            and meaning.field not in (TAGS, ID)
            and plain_name(self.label(index)) != plain_name(meaning.field)
        ]
        if read:
            yield f"Columns: {', '.join(read)}."


def columns_of(names: Iterable[str], choice: Choice = NO_CHOICE) -> Columns:
    """The columns with these names. Their `problem` says what is not clear."""
    names = _without_blank_end(names)
    chosen = [choice.of(name, number) for number, name in enumerate(names, start=1)]
    meanings = [
        meaning if said is None else _chosen(said, meaning)
        for said, meaning in zip(chosen, _known(names), strict=True)
    ]
    problem = ""
    for group in list(_groups(meanings)):
        kept = _kept(group, meanings, chosen)
        if len(kept) > 1 and not _is_pair(names, kept):
            problem = problem or _both(names, meanings, kept)
        for index in set(group) - set(kept):
            meanings[index] = None
    columns = Columns(names, tuple(meanings))
    problem = problem or _missing(columns) or _misspelt(columns, chosen)
    return replace(columns, problem=problem)


def _without_blank_end(names: Iterable[str]) -> tuple[str, ...]:
    kept = tuple(names)
    while kept and not kept[-1].strip():
        kept = kept[:-1]
    return kept


def _known(names: Sequence[str]) -> list[Meaning | None]:
    """What the names stand for. A and B are choices of a question, while A alone is the answer."""
    plain = [plain_name(name) for name in names]
    known = [meaning_of(name) for name in names]
    return [
        None if name == "a" and "b" in plain else meaning
        for name, meaning in zip(plain, known, strict=True)
    ]


def _kept(
    group: list[int], meanings: Sequence[Meaning | None], chosen: Sequence[str | None]
) -> list[int]:
    """Of columns that compete: those that a person chose, else those of a sure name, else all."""
    by_person = [index for index in group if chosen[index] is not None]
    sure = [index for index in group if (meaning := meanings[index]) and not meaning.is_weak]
    return by_person or sure or group


def _chosen(said: str, known: Meaning | None) -> Meaning | None:
    if said in (NOT_TAKEN, ""):
        return None
    if known and known.field == said:
        return Meaning(said, unit=known.unit)
    return Meaning(said, unit="any" if said == "seconds" else "")


def _groups(meanings: Sequence[Meaning | None]) -> Iterator[list[int]]:
    """The indexes of columns that compete: those of one field, and those of a topic."""
    fields = dict.fromkeys(m.field for m in meanings if m and m.field not in (TAGS, ID))
    names = dict.fromkeys("topic_name" if name == "topic" else name for name in fields)
    for name in names:
        alike = ("topic", "topic_name") if name == "topic_name" else (name,)
        yield [i for i, m in enumerate(meanings) if m and m.field in alike]


def _is_pair(names: Sequence[str], kept: Sequence[int]) -> bool:
    """Whether two columns are the slug and the name of a topic, as an export has them."""
    return sorted(plain_name(names[index]) for index in kept) == ["topic", "topic name"]


def _both(names: Sequence[str], meanings: Sequence[Meaning | None], kept: Sequence[int]) -> str:
    meaning = meanings[kept[0]]
    name = meaning.field if meaning else ""
    labels = [names[index].strip()[:50] for index in kept]
    if len(set(map(plain_name, labels))) == 1:
        return f"the column “{labels[0]}” comes twice"
    listed = " and ".join(f"“{label}”" for label in labels)
    return f"the columns {listed} could each be the {name}"


def _missing(columns: Columns) -> str:
    """What is wrong if only one of two columns is there that belong together."""
    fields = {meaning.field for meaning in columns.meanings if meaning}
    if len(missing := [name for name in PHRASINGS if name not in fields]) == 1:
        return f"the columns {' and '.join(PHRASINGS)} belong together. Add {missing[0]}"
    return ""


def _misspelt(columns: Columns, chosen: Sequence[str | None]) -> str:
    """A name that nobody chose and that is nearly a field which no column has."""
    fields = {meaning.field for meaning in columns.meanings if meaning}
    for index, name in enumerate(columns.names):
        if columns.meanings[index] is None and chosen[index] is None:
            near = near_field(name)
            if near and near not in fields:
                return f"there is no column “{name.strip()[:50]}”. Did you mean {near}?"
    return ""
