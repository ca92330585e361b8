"""The choice of which questions an interview draws first."""

from collections.abc import Mapping

from django import forms

from attempts.rules.draw import Prefer


class DrawForm(forms.Form):
    """Which questions an interview draws first. weak: how many weak ones it may draw.

    The choice is not remembered: a mock interview lives from not knowing what comes, so each start
    is with new questions unless its candidate asks for weak ones.
    """

    prefer = forms.TypedChoiceField(
        label="Which questions come first?",
        required=False,
        widget=forms.RadioSelect,
        initial=Prefer.UNSEEN.value,
        coerce=Prefer,
        empty_value=Prefer.UNSEEN,
        choices=[
            (Prefer.UNSEEN.value, "Questions I have not seen"),
            (Prefer.WEAK.value, "My weak questions"),
        ],
    )

    def __init__(self, data: Mapping[str, object] | None = None, *, weak: int = 0) -> None:
        super().__init__(data)
        self.is_offered = weak > 0
        number = f"You have {weak} of them here. " if weak else ""
        self.fields["prefer"].help_text = (
            f"Weak: your last answer made fewer than 60 % of the key points. {number}"
        ).strip()

    def chosen(self) -> Prefer:
        """UNSEEN where the choice was refused."""
        return self.cleaned_data.get("prefer", Prefer.UNSEEN) if self.is_valid() else Prefer.UNSEEN
