"""The forms of import and export in the admin. They check and convert; they do not save."""

from django import forms

from questions.admin.widgets import LongTextField
from questions.formats import FORMATS, READERS, FormatError, read_file
from questions.formats.encoding import MAX_BYTES
from questions.models import ChangeKind, Topic


class ImportForm(forms.Form):
    """The file, read and checked; `content` then has what it holds."""

    file = forms.FileField(
        help_text=f"A name that ends in {', '.join(READERS)}; up to {MAX_BYTES // 1_000_000} MB."
    )
    topic = forms.ModelChoiceField(
        Topic.objects.all(),
        required=False,
        label="Topic of new questions that name none",
        help_text="Files of other systems seldom name a topic of this bank.",
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["file"].widget.attrs["accept"] = ",".join(READERS)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(f"The file has over {MAX_BYTES // 1_000_000} MB: split it.")
        self.data_read = file.read()
        try:
            self.content = read_file(file.name, self.data_read)
        except FormatError as error:
            said = str(error)
            raise forms.ValidationError(f"{said[:1].upper()}{said[1:]}.") from None
        return file


class ChangeForm(forms.Form):
    """What kind of change the file makes to texts of questions that the bank has, and why."""

    change_kind = forms.ChoiceField(
        choices=ChangeKind.choices,
        initial=ChangeKind.MATERIAL.value,
        required=False,
        label="What changed",
        help_text="Of all texts that the file changes. Who was asked an older version is told.",
    )
    change_note = LongTextField(rows=2, required=False, label="Why")

    def clean_change_kind(self) -> str:
        return self.cleaned_data["change_kind"] or ChangeKind.MATERIAL.value


class ExportForm(forms.Form):
    format = forms.ChoiceField(
        choices=[(name, known.label) for name, known in FORMATS.items()],
        initial="json",
        widget=forms.RadioSelect,
    )
