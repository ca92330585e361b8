"""What an editor does at a page of the admin, and what the page then says."""

from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import UserFactory

QUESTIONS = reverse("admin:questions_question_changelist")


def staff(*permissions, **fields) -> User:
    """A member of staff with only these permissions, given by codename."""
    user = UserFactory(is_staff=True, **fields)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


def url_of(page, row, *more) -> str:
    """The address of a page about one row: change, delete, history, or one of our own."""
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}"
    return reverse(name, args=[row.pk, *more])


def filled_in(response, **changes) -> dict:
    """What a browser would submit: the values of the page's form and rows, with `changes` typed."""
    adminform = response.context["adminform"].form
    forms = [adminform]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    values = {field.html_name: field.value() for form in forms for field in form}
    return {name: value for name, value in (values | changes).items() if value is not None}


def save(client, row, **changes):
    """Open the row's form, type, save; the answer is the page that comes then."""
    url = url_of("change", row)
    return client.post(url, filled_in(client.get(url), **changes), follow=True)


def delete(client, row, **options):
    """Open the page that asks whether to delete the row, and confirm it."""
    url = url_of("delete", row)
    seen = client.get(url).context["seen"]
    return client.post(url, {"post": "yes", "seen": seen}, **options)


def list_filled_in(response, **changes) -> dict:
    """What a browser would submit of a list with boxes, with `changes` typed, by field's name."""
    formset = response.context["cl"].formset
    values = {f.html_name: f.value() for form in formset.forms for f in form}
    values |= {
        f.html_initial_name: form.data.get(f.html_initial_name, f.value())
        for form in formset.forms
        for f in form
        if f.field.show_hidden_initial
    }
    values |= {f.html_name: f.value() for f in formset.management_form}
    return {**values, **changes, "_save": "Save"}


def act(client, action, *questions, **typed):
    """Do to the chosen questions what an action of their list does."""
    data = {"action": action, "_selected_action": [question.pk for question in questions]}
    return client.post(QUESTIONS, {**data, **typed}, follow=True)


def errors_of(response) -> dict:
    """The messages of the page's form, by field; "__all__" has those beside the form."""
    return response.context["adminform"].form.errors


def messages_of(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def levels_of(response) -> list[str]:
    """How the page's messages are meant: success, info, warning, error."""
    return [message.level_tag for message in response.context["messages"]]


def queries(client, url) -> int:
    """How many queries it takes to show a page."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)
