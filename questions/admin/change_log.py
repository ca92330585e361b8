"""What the admin's log says of a changed question."""

from questions.admin.concurrent_edits import plain
from questions.admin.question_forms import SETTINGS, QuestionForm
from questions.models import ChangeKind


def said_of(form: QuestionForm) -> str:
    """Such as: Version 3, meaning changed: clearer. Difficulty: medium → hard."""
    return " ".join([*_version(form), *_settings(form)]) or "No fields changed."


def _version(form: QuestionForm):
    if not form.changes_texts:
        return
    kind, why = form.cleaned_data["change_kind"], form.cleaned_data["change_note"]
    label = ChangeKind(kind or ChangeKind.MATERIAL).label
    number = form.instance.current_version.number
    end = "" if why.endswith((".", "!", "?")) else "."
    yield f"Version {number}, {label}: {why}{end}" if why else f"Version {number}, {label}."


def _settings(form: QuestionForm):
    saved = form.saved_values()
    for name, sent in form.sent_values().items():
        if name in SETTINGS and sent != saved[name] and (name != "slug" or sent):
            old, new = form.shown(name, saved[name]), form.shown(name, plain(sent))
            yield f"{form.label_of(name)}: {old} → {new}."
