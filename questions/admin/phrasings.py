"""The part of a question's form that has the phrasings of its key points."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError

from questions.admin.concurrent.forms import NoOverwriteForm
from questions.admin.phrasing_rows import (
    PhrasingsField,
    PhrasingsWidget,
    as_value,
    in_words,
    rows_in,
    rows_of,
)
from questions.rules.limits import MAX_STATEMENT, MAX_STATEMENTS, MAX_TEXT
from questions.rules.numbered import MAX_NUMBER, numbered
from questions.rules.phrasings import (
    KIND_NAMES,
    KINDS,
    Kind,
    Phrasing,
    PhrasingChange,
    WrongStatement,
    changes,
    cleaned,
    row_of_each,
    updated,
)
from questions.rules.texts import folded


class PhrasingsForm(NoOverwriteForm):
    """A question's form with the phrasings of its key points.

    Once it is valid, `phrasings` is what the question keeps then, and `phrasing_changes` says what
    of it is new.
    """

    phrasings_by_point = PhrasingsField(
        required=False,
        label="Phrasings",
        help_text="One statement on each line. The score looks for them besides the key point"
        f" itself. At most {MAX_STATEMENTS} of each kind, of {MAX_STATEMENT} characters. A change"
        " makes no new version. Statements stay with a key point that you reword or move.",
    )

    phrasings: Mapping[str, Phrasing] | None = None
    phrasing_changes: Sequence[PhrasingChange] = ()

    def initial_texts(self) -> dict[str, str]:
        rows = rows_of(self.instance) if self.instance.pk else []
        return {**super().initial_texts(), "phrasings_by_point": as_value(rows)}

    def shown(self, name: str, value: str) -> str:
        if name == "phrasings_by_point":
            return in_words(rows_in(value))
        return super().shown(name, value)

    def clean_phrasings_by_point(self) -> list[tuple[str, Phrasing]]:
        """The phrasings of each row, with the point it was made for. An error for each wrong box,
        shown beside it."""
        said: list[tuple[str, Phrasing]] = []
        wrong: dict[tuple[int, Kind], str] = {}
        for place, row in enumerate(self.cleaned_data["phrasings_by_point"]):
            try:
                said.append(
                    (row.point, cleaned(row.statements("accept"), row.statements("reject")))
                )
            except WrongStatement as error:
                wrong[place, error.kind] = f"This box {error}"
        for kind in KINDS:
            if len(numbered(phrasing[kind] for _, phrasing in said)) > MAX_TEXT:
                what = f"“{KIND_NAMES[kind]}” has more than {MAX_TEXT:,} characters in all."
                raise ValidationError(f"{what} Shorten it.")
        self._refuse(wrong)
        return said

    def _refuse(self, wrong: dict[tuple[int, Kind], str]) -> None:
        widget = self.fields["phrasings_by_point"].widget
        if wrong and isinstance(widget, PhrasingsWidget):
            widget.wrong = wrong
            boxes = "1 box" if len(wrong) == 1 else f"{len(wrong)} boxes"
            raise ValidationError(f"Correct {boxes} below.")

    def clean(self) -> dict:
        cleaned_data = super().clean()
        points, said = cleaned_data.get("key_points"), cleaned_data.get("phrasings_by_point")
        if points is not None and said is not None:
            self._settle(points[:MAX_NUMBER], said)
        return cleaned_data

    def _settle(self, key_points: list[str], said: Sequence[tuple[str, Phrasing]]) -> None:
        found = row_of_each(key_points, [point for point, _ in said])
        if any(not point and place not in found for place, (point, _) in enumerate(said)):
            self.add_error(
                "phrasings_by_point",
                "There are phrasings of a new key point, and no new key point. Write it above, or"
                " move them.",
            )
        pairs = [
            (p, said[row][1]) for p, row in zip(key_points, found, strict=True) if row is not None
        ]
        before: Mapping[str, Phrasing] = self.instance.phrasings
        # What was typed about a point that is gone now is for answers to older versions.
        known = {folded(point) for point in (*before, *self._points_before())}
        pairs += [
            (point, phrasing)
            for place, (point, phrasing) in enumerate(said)
            if place not in found and folded(point) in known
        ]
        self.phrasings = updated(before, [point for point, _ in pairs], [new for _, new in pairs])
        self.phrasing_changes = list(changes(before, self.phrasings))

    def _points_before(self) -> list[str]:
        version = self.instance.current_version
        return version.key_points if version else []
