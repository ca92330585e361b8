"""The part of a question's form that has what belongs to each of its key points."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.core.exceptions import ValidationError

from questions.admin.concurrent.forms import NoOverwriteForm
from questions.admin.phrasing_rows import (
    FOLLOW_UP,
    Box,
    PhrasingsField,
    PhrasingsWidget,
    as_value,
    in_words,
    rows_in,
    rows_of,
)
from questions.rules.follow_ups import follow_ups_of, for_points, objection
from questions.rules.limits import MAX_STATEMENT, MAX_STATEMENTS, MAX_TEXT
from questions.rules.numbered import MAX_NUMBER, numbered
from questions.rules.phrasings import (
    KIND_NAMES,
    KINDS,
    Phrasing,
    PhrasingChange,
    WrongStatement,
    changes,
    cleaned,
    updated,
)
from questions.rules.point_rows import row_of_each
from questions.rules.texts import folded


class Said(NamedTuple):
    """What a row says, cleaned. point: the key point that the row was made for."""

    point: str
    phrasing: Phrasing
    follow_up: str


class PhrasingsForm(NoOverwriteForm):
    """A question's form with the follow-ups and the phrasings of its key points.

    Once it is valid, `phrasings` is what the question keeps then, and `phrasing_changes` says what
    of it is new. The follow-ups are cleaned data, in the order of the key points.
    """

    phrasings_by_point = PhrasingsField(
        required=False,
        label="Follow-ups and phrasings",
        help_text="Follow-up: one question that leads to the key point without giving it away. It"
        " is asked after an answer that lacks the point, in interviews with follow-ups. A change"
        " makes a new version. Phrasings: one statement on each line. The score looks for them"
        f" besides the key point itself. At most {MAX_STATEMENTS} of each kind, of {MAX_STATEMENT}"
        " characters. A change makes no new version. Both stay with a key point that you reword"
        " or move.",
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

    def clean_phrasings_by_point(self) -> list[Said]:
        """What each row says. An error for each wrong box, shown beside it."""
        said: list[Said] = []
        wrong: dict[tuple[int, Box], str] = {}
        for place, row in enumerate(self.cleaned_data["phrasings_by_point"]):
            follow_up = "".join(follow_ups_of([row.follow_up]))
            if why := objection(follow_up):
                wrong[place, FOLLOW_UP] = f"This box {'. '.join(why)}"
            try:
                phrasing = cleaned(row.statements("accept"), row.statements("reject"))
            except WrongStatement as error:
                wrong[place, error.kind] = f"This box {error}"
            else:
                said.append(Said(row.point, phrasing, follow_up))
        for kind in KINDS:
            if len(numbered(one.phrasing[kind] for one in said)) > MAX_TEXT:
                what = f"“{KIND_NAMES[kind]}” has more than {MAX_TEXT:,} characters in all."
                raise ValidationError(f"{what} Shorten it.")
        self._refuse(wrong)
        return said

    def _refuse(self, wrong: dict[tuple[int, Box], str]) -> None:
        widget = self.fields["phrasings_by_point"].widget
        if wrong and isinstance(widget, PhrasingsWidget):
            widget.wrong = wrong
            boxes = "1 box" if len(wrong) == 1 else f"{len(wrong)} boxes"
            raise ValidationError(f"Correct {boxes} below.")

    def clean(self) -> dict:
        cleaned_data = super().clean()
        points, said = cleaned_data.get("key_points"), cleaned_data.get("phrasings_by_point")
        if points is not None and said is not None:
            found = row_of_each(points[:MAX_NUMBER], [one.point for one in said])
            self._settle(points[:MAX_NUMBER], said, found)
            asked = follow_ups_of("" if row is None else said[row].follow_up for row in found)
            cleaned_data["follow_ups"] = for_points(asked, len(points)) if asked else []
        return cleaned_data

    def _settle(
        self, key_points: list[str], said: Sequence[Said], found: Sequence[int | None]
    ) -> None:
        if any(not one.point and place not in found for place, one in enumerate(said)):
            self.add_error(
                "phrasings_by_point",
                "There are words about a new key point, and no new key point. Write it above, or"
                " move them.",
            )
        pairs = [
            (point, said[row].phrasing)
            for point, row in zip(key_points, found, strict=True)
            if row is not None
        ]
        before: Mapping[str, Phrasing] = self.instance.phrasings
        # What was typed about a point that is gone now is for answers to older versions.
        known = {folded(point) for point in (*before, *self._points_before())}
        pairs += [
            (one.point, one.phrasing)
            for place, one in enumerate(said)
            if place not in found and folded(one.point) in known
        ]
        self.phrasings = updated(before, [point for point, _ in pairs], [new for _, new in pairs])
        self.phrasing_changes = list(changes(before, self.phrasings))

    def _points_before(self) -> list[str]:
        version = self.instance.current_version
        return version.key_points if version else []
