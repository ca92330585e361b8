"""A page as a browser without JavaScript has it: forms with their values, buttons by name.

A press sends what the HTML says and what a person typed, and nothing else.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import urljoin

from django.db.models import F
from django.test import Client

from attempts.models import AddedTime, Answer, Attempt, KeptText

VOID = {"input", "br", "hr", "meta", "link", "img", "col", "wbr"}
HTMX = {"HX-Request": "true"}
SCRIPT = {"X-Page-Script": "1"}


@dataclass
class Field:
    name: str
    value: str
    kind: str
    checked: bool = False
    label: str = ""


@dataclass
class Form:
    action: str
    method: str
    fields: list[Field] = field(default_factory=list)


@dataclass
class Button:
    form: Form | None
    form_id: str | None
    attributes: dict
    words: str = ""

    @property
    def name(self) -> str:
        return " ".join(self.attributes.get("aria-label", self.words).split())


class _Reader(HTMLParser):
    """Forms, buttons, links and text; the content of <template> is not part of the page."""

    def __init__(self, page):
        super().__init__()
        self.page, self.path = page, []
        self.form = self.button = self.area = self.select = self.link = None
        self.hidden = 0

    def handle_starttag(self, tag, attrs):
        attributes = {name: value or "" for name, value in attrs}
        outer_hidden = bool(self.path) and self.path[-1][1]
        hidden = outer_hidden or attributes.get("aria-hidden") == "true"
        inert = (bool(self.path) and self.path[-1][2]) or tag == "template"
        if tag not in VOID:
            self.path.append((tag, hidden, inert))
        if not inert:
            getattr(self, f"open_{tag}", lambda attributes: None)(attributes)

    def open_form(self, attributes):
        self.form = Form(attributes.get("action", ""), attributes.get("method", "get").lower())
        self.page.forms.append(self.form)
        if "id" in attributes:
            self.page.by_id[attributes["id"]] = self.form

    def open_input(self, attributes):
        if self.form is None or "name" not in attributes:
            return
        kind = attributes.get("type", "text")
        value = attributes.get("value", "on" if kind == "checkbox" else "")
        self.form.fields.append(Field(attributes["name"], value, kind, "checked" in attributes))

    def open_button(self, attributes):
        if attributes.get("type", "submit") == "submit":
            self.button = Button(self.form, attributes.get("form"), attributes)
            self.page.buttons.append(self.button)

    def open_textarea(self, attributes):
        self.area = Field(attributes.get("name", ""), "", "textarea")
        if self.form is not None:  # one outside a form is there to be read
            self.form.fields.append(self.area)

    def open_select(self, attributes):
        self.select = Field(attributes["name"], "", "select")
        self.form.fields.append(self.select)

    def open_option(self, attributes):
        if not self.select.value or "selected" in attributes:
            self.select.value = attributes["value"]

    def open_a(self, attributes):
        self.link = [attributes.get("href", ""), ""]
        self.page.links.append(self.link)

    def handle_data(self, data):
        tag, hidden, inert = self.path[-1] if self.path else ("", False, False)
        if inert or tag in ("script", "style"):
            return
        if self.area is not None:
            self.area.value += data
            return
        if any(outer == "h1" for outer, *_ in self.path):
            self.page.heading += data
        if self.button is not None and not hidden:
            self.button.words += data
        if self.link is not None and not hidden:
            self.link[1] += data
        self.page.words += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self.area is not None:
            self.area.value = self.area.value.removeprefix("\n")  # the one that HTML swallows
            self.area = None
        if tag in ("form", "button", "select"):
            setattr(self, tag, None)
        if tag == "a":
            self.link = None
        while self.path and self.path.pop()[0] != tag:
            pass


class Page:
    """A response with what a person can do on it."""

    def __init__(self, client: Client, response, address: str = ""):
        self.client, self.response = client, response
        self.status, self.address = response.status_code, address
        self.forms, self.by_id, self.buttons, self.links = [], {}, [], []
        self.words = self.heading = ""
        self.html = response.content.decode()
        _Reader(self).feed(self.html.replace("\r\n", "\n").replace("\r", "\n"))  # as browsers do
        self.words = " ".join(self.words.split())
        self.heading = " ".join(self.heading.split())

    def button(self, name: str) -> Button:
        found = [button for button in self.buttons if button.name == name]
        assert found, f"no button {name!r} among {[button.name for button in self.buttons]}"
        return found[0]

    def link(self, name: str) -> str:
        return next(href for href, words in self.links if " ".join(words.split()) == name)

    @property
    def text(self) -> str:
        """The text in the answer box."""
        return next(f.value for form in self.forms for f in form.fields if f.kind == "textarea")

    def data(self, button: str, **typed) -> tuple[str, dict]:
        """(address, fields) of what a press would send."""
        pressed = self.button(button)
        form = self.by_id[pressed.form_id] if pressed.form_id else pressed.form
        sent: dict[str, list[str]] = {}
        for one in form.fields:
            if one.kind in ("checkbox", "radio"):
                ticked = one.value in typed[one.name] if one.name in typed else one.checked
                if ticked:
                    sent.setdefault(one.name, []).append(one.value)
            else:
                value = typed.get(one.name, one.value)
                if one.kind == "textarea":
                    value = value.replace("\r\n", "\n").replace("\n", "\r\n")
                sent.setdefault(one.name, []).append(value)
        if "name" in pressed.attributes:
            sent[pressed.attributes["name"]] = [pressed.attributes.get("value", "")]
        action = pressed.attributes.get("formaction") or form.action
        return urljoin(self.address, action) or self.address, sent

    def press(self, button: str, **typed) -> "Page":
        """What a click leads to, redirects followed. typed: values of fields by name."""
        address, data = self.data(button, **typed)
        return load(self.client, self.client.post(address, data, follow=True), address)


def load(client: Client, response, address: str) -> Page:
    chain = getattr(response, "redirect_chain", [])
    return Page(client, response, chain[-1][0] if chain else address)


def visit(client: Client, address: str) -> Page:
    return load(client, client.get(address, follow=True), address)


def pass_time(pk, seconds: float) -> None:
    """Let an attempt be `seconds` older than it is: all its instants move into the past."""
    by = timedelta(seconds=seconds)
    of = {
        Attempt: ({"pk": pk}, ("started_at", "deadline_at", "finished_at")),
        Answer: ({"attempt": pk}, ("opened_at", "shown_at", "closed_at", "saved_at")),
        KeptText: ({"answer__attempt": pk}, ("kept_at",)),
        AddedTime: ({"attempt": pk}, ("added_at",)),
    }
    for model, (which, instants) in of.items():
        model.objects.filter(**which).update(**{name: F(name) - by for name in instants})


def begin(client: Client, interview, **pace) -> Attempt:
    """Start an interview through its page, as the client's user or guest."""
    page = visit(client, interview.get_absolute_url()).press("Start interview", **pace)
    assert page.status == 200, page.words
    return Attempt.objects.get(pk=page.response.context["room"].attempt.pk)


def logged_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client
