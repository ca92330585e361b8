import pytest
from django import forms

from quizsite.templatetags.form_focus import with_focus


class LogIn(forms.Form):
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)
    email = forms.EmailField(widget=forms.EmailInput(attrs={"autofocus": True}))
    password = forms.CharField(widget=forms.PasswordInput)

    def clean(self):
        if self.cleaned_data.get("password") == "wrong":
            raise forms.ValidationError("They do not match.")


class Code(forms.Form):
    code = forms.CharField()


def focused(form) -> list[str]:
    with_focus(form)
    return [field.name for field in form if "autofocus" in str(field)]


@pytest.mark.parametrize(
    ("form", "names"),
    [
        (LogIn(), ["email"]),
        (Code(), []),
        (Code({"code": ""}), ["code"]),
        (LogIn({"email": "a@example.org", "password": ""}), ["password"]),
        (LogIn({"email": "no address", "password": "right"}), ["email"]),
        (LogIn({"email": "", "password": ""}), ["email"]),
        (LogIn({"email": "a@example.org", "password": "wrong"}), ["password"]),
        (LogIn({"email": "a@example.org", "password": "right"}), ["email"]),
        (forms.Form(), []),
    ],
)
def test_where_the_focus_is(form, names):
    assert focused(form) == names


def test_one_form_does_not_change_the_next():
    focused(LogIn({"email": "a@example.org", "password": "wrong"}))
    assert focused(LogIn()) == ["email"]
