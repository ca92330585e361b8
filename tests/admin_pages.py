"""What a browser would send back from a page of the admin."""


def filled_in(response, **changes) -> dict:
    """The values of the page's form and of its rows, with `changes` typed over them."""
    adminform = response.context["adminform"].form
    forms = [adminform]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    values = {field.html_name: field.value() for form in forms for field in form}
    return {name: value for name, value in (values | changes).items() if value is not None}


def errors_of(response) -> dict:
    """The messages of the page's form, by field; "__all__" has those beside the form."""
    return response.context["adminform"].form.errors


def messages_of(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]
