"""No page of one's own data, nor a shared result, breaks a rule of axe-core."""

import pytest

from attempts import transitions
from attempts.models import Answer, Attempt
from attempts.owners import Owner
from quizsite.clock import database_now
from tests.attempts.own_data.everything import user_with_everything
from tests.browser.conftest import watched
from tests.browser.steps import attempt_of, come_as_guest, come_as_user, press
from tests.browser.test_axe import broken, broken_at

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=[(w, s) for w in (1280, 390) for s in ("light", "dark")],
                ids=lambda p: f"{p[0]}-{p[1]}")  # fmt: skip
def page(request, new_context):
    width, scheme = request.param
    size = {"width": width, "height": 844}
    context = new_context(bypass_csp=True, viewport=size, color_scheme=scheme)
    return watched(context.new_page())


def test_pages_of_a_user(page):
    user = user_with_everything()
    attempt = Attempt.objects.filter(user=user, state="submitted").earliest("started_at")
    come_as_user(page.context, user)
    places = ["/accounts/data/", "/attempts/delete/", "/accounts/delete/",
              f"/attempts/{attempt.pk}/delete/", f"/attempts/{attempt.pk}/share/"]  # fmt: skip
    assert broken_at(page, *places) == {}
    page.get_by_role("checkbox").check()
    press(page, "Make a link")
    address = page.get_by_label("Copy it now").input_value()
    assert broken(page) == {}
    assert broken_at(page, address, address[:-9] + "xxxxxxxx/") == {}
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_is_said_of_a_deleted_attempt(page):
    owner: Owner = come_as_guest(page.context)
    attempt = attempt_of(owner)
    Answer.objects.filter(attempt=attempt).update(text="Mine.")
    transitions.finish(owner, attempt.pk, now=database_now())
    assert broken_at(page, "/attempts/forget/", f"/attempts/{attempt.pk}/review/") == {}
    page.goto(f"/attempts/{attempt.pk}/delete/")
    press(page, "Delete")
    assert broken_at(page, "/attempts/", f"/attempts/{attempt.pk}/") == {}
