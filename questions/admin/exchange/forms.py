"""The forms of import and export in the admin. They check and convert; they do not save."""

from django import forms
from django.core.files.uploadedfile import UploadedFile

from questions.admin.widgets import LongTextField
from questions.formats import FORMATS, READERS, FormatError, UnclearColumns, read_file
from questions.formats.encoding import check_size
from questions.models import ChangeKind, Topic
from questions.rules.limits import MAX_BYTES


class ImportForm(forms.Form):
    """A file that can be read; `data_read` then has its bytes.

    is_clear: nobody has to say what its columns hold.
    """

    is_clear = True

    file = forms.FileField(
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(READERS)}),
        help_text=f"Its name ends in {', '.join(READERS)}. At most {MAX_BYTES // 1_000_000} MB.",
    )
    topic = forms.ModelChoiceField(
        Topic.objects.all(),
        required=False,
        label="Topic of new questions that name none",
        help_text="For files from other systems, which seldom name a topic of this bank.",
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        try:
            check_size(file.size or 0)
            self.data_read = file.read()
            read_file(file.name or "", self.data_read)
        except UnclearColumns:
            self.is_clear = False
        except FormatError as error:
            raise forms.ValidationError(error.sentence) from None
        return file


class ChangeForm(forms.Form):
    """What kind of change the file makes to the texts of known questions, and why."""

    change_kind = forms.ChoiceField(
        choices=ChangeKind.choices,
        initial=ChangeKind.MATERIAL.value,
        required=False,
        label="What changed",
        help_text="In all texts that the file changes. Candidates who were asked an older version"
        " are told.",
    )
    change_note = LongTextField(rows=2, required=False, label="Why")

    def clean_change_kind(self) -> str:
        kind: str = self.cleaned_data["change_kind"]
        return kind or ChangeKind.MATERIAL.value


class ExportForm(forms.Form):
    format = forms.ChoiceField(
        choices=[(name, known.label) for name, known in FORMATS.items()],
        initial="json",
        widget=forms.RadioSelect,
    )
