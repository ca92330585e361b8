"""The form in which an editor says what the columns of a file hold."""

from collections import Counter
from collections.abc import Iterator, Mapping

from django import forms

from questions.formats import CHOOSABLE, NOT_TAKEN, Choice, UnclearColumns
from questions.formats.fields.foreign_names import ID, TAGS
from questions.formats.fields.names import plain_name

NO_HEADING = "0"
SHOWN = 80
"""Characters of a text that help to know a column."""
LABELS = {
    NOT_TAKEN: "(not taken)",
    "prompt": "prompt: the question",
    "answer": "answer: a strong answer",
    "how_to_answer": "how_to_answer: advice, hint",
    "topic": "topic: slug or name",
    "seconds": "seconds: the time",
    TAGS: "tags (named, not taken)",
    ID: "id in another system",
}
_CHOICES = [
    (name, LABELS.get(name, name))
    for name in (NOT_TAKEN, *(name for name in CHOOSABLE if name != NOT_TAKEN))
]


class ColumnForm(forms.Form):
    """A field for each column of a file whose columns are not clear; `choice` has the answer."""

    def __init__(self, columns: UnclearColumns, data: Mapping[str, object] | None = None) -> None:
        super().__init__(data)
        self.columns = columns
        if columns.has_heading_row:
            self.fields["heading"] = forms.ChoiceField(
                label="Row with the names of the columns",
                choices=[(NO_HEADING, "None: each row is a question"), *self._rows()],
                initial=str(columns.heading),
            )
        for index, guess in enumerate(columns.guesses):
            self.fields[f"column_{index}"] = forms.ChoiceField(
                label=self._label(index),
                choices=_CHOICES,
                initial=guess,
                help_text=self._examples(index),
            )

    def _rows(self) -> Iterator[tuple[str, str]]:
        for number, row in self.columns.rows:
            text = ", ".join(cell for cell in row if cell)
            yield str(number), f"Row {number}: {text[:SHOWN]}"

    def _label(self, index: int) -> str:
        names = self.columns.names
        name = names[index].strip() if index < len(names) else ""
        return name[:SHOWN] or f"Column {index + 1}"

    def _examples(self, index: int) -> str:
        """The first texts in a column, below the row that names it."""
        rows = [row for number, row in self.columns.rows if number > self.columns.heading]
        texts = [row[index] for row in rows if index < len(row) and row[index]]
        return " · ".join(text[:SHOWN] for text in texts[:2])

    def clean(self) -> dict[str, object]:
        """One column is the prompt or the uid, and no two are the same field."""
        fields = self._chosen().values()
        times = Counter(name for name in fields if name not in (TAGS, ID, NOT_TAKEN))
        if not {"prompt", "uid"} & set(times):
            raise forms.ValidationError("Say which column is the prompt.")
        if repeated := [name for name, count in times.items() if count > 1]:
            raise forms.ValidationError(f"Two columns are {repeated[0]}. Choose one of them.")
        return self.cleaned_data

    def _chosen(self) -> dict[int, str]:
        return {
            index: self.cleaned_data.get(f"column_{index}", NOT_TAKEN)
            for index in range(len(self.columns.guesses))
        }

    @property
    def choice(self) -> Choice:
        """By the names of the columns if these tell them apart, else by their places."""
        heading = int(self.cleaned_data.get("heading", NO_HEADING))
        names: list[str] = list(self.columns.names)
        if self.columns.has_heading_row:
            names = list(dict(self.columns.rows).get(heading, ()))
        chosen = self._chosen()
        plain = [plain_name(name) for name in names]
        if len(names) >= len(chosen) and all(plain) and len(set(plain)) == len(plain):
            return Choice({names[index]: field for index, field in chosen.items()})
        by_place = {f"column {index + 1}": field for index, field in chosen.items()}
        return Choice(by_place, heading, self.columns.table)
