"""What a refused request is answered with."""

from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import path

from attempts.models import Answer
from questions.formats.encoding import MAX_BYTES
from questions.models import Timing
from quizsite import urls
from tests.factories import UserFactory, interview_of
from tests.plain_browser import HTMX, SCRIPT, Page, begin, logged_in, visit

IMPORT = "/admin/questions/question/import/"
SECRET = "kept from everybody"


def broken(request):
    local = SECRET  # noqa: F841 - a trace would show it
    raise RuntimeError(SECRET)


urlpatterns = [*urls.urlpatterns, path("broken/", broken)]


@pytest.fixture
def strict():
    """A browser that is asked for its CSRF token."""
    return Client(enforce_csrf_checks=True)


def in_the_room(client) -> Page:
    attempt = begin(client, interview_of(2, timing=Timing.TOTAL.value))
    return visit(client, attempt.get_absolute_url())


@pytest.mark.django_db
def test_hazard_20_a_token_out_of_date_hands_the_text_back_and_it_can_be_sent_again(strict):
    page = in_the_room(strict)
    del strict.cookies["csrftoken"]
    back = page.press("Submit answer", text="\n Typed\nlong ago. ")
    assert back.status == 403
    assert back.text == "\n Typed\nlong ago. "
    assert "Nothing is lost" in back.words
    after = back.press("Send again")
    assert (after.status, after.address) == (200, page.address)
    assert Answer.objects.get(position=1).text == "\n Typed\nlong ago. "


@pytest.mark.django_db
@pytest.mark.parametrize("button", ["Flag", "Question 2, not answered", "5 more minutes"])
def test_sending_again_does_what_was_pressed(strict, button):
    page = in_the_room(strict)
    del strict.cookies["csrftoken"]
    after = page.press(button, text="Typed.").press("Send again")
    assert after.status == 200
    answer = Answer.objects.get(position=1)
    assert answer.text == "Typed."
    assert answer.flagged is (button == "Flag")
    assert bool(answer.attempt.added_times.count()) is (button == "5 more minutes")
    assert ("Question 2 of 2" in after.words) is (button == "Question 2, not answered")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/nowhere/", f"/attempts/{UUID(int=1)}/"])
def test_the_site_has_its_own_page_for_what_is_not_found_in_development_too(
    client, settings, address
):
    settings.DEBUG = True
    page = visit(client, address)
    assert page.status == 404
    assert "DEBUG" not in page.words
    assert page.link("My attempts")


@pytest.mark.django_db
def test_a_form_without_a_text_says_what_to_do(strict):
    address = interview_of(1).get_absolute_url()
    page = Page(strict, strict.post(address), address)
    assert page.status == 403
    assert "Go back, reload that page and send the form again" in page.words
    assert not any(form.action == address for form in page.forms)


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [HTMX, SCRIPT])
def test_a_page_script_gets_a_short_refusal(strict, headers):
    page = in_the_room(strict)
    del strict.cookies["csrftoken"]
    address, data = page.data("Submit answer", text="Typed.")
    response = strict.post(address, data, headers=headers)
    assert response.status_code == 403
    assert "<html" not in response.content.decode()


@pytest.mark.django_db
def test_what_is_handed_back_is_text(strict):
    page = in_the_room(strict)
    del strict.cookies["csrftoken"]
    text = "</textarea><script>alert(1)</script>"
    address, data = page.data("Submit answer", text=text)
    data["writer"] = ['"><script>alert(2)</script>']
    back = Page(strict, strict.post(address, data), address)
    assert back.text == text
    assert "<script>alert" not in back.html


@pytest.mark.django_db
def test_pages_of_errors_say_what_to_do(client):
    for address, status, words in (
        ("/nothing/", 404, "There is no such page here"),
        ("/attempts/00000000-0000-4000-8000-000000000000/", 404, "There is no such page here"),
        ("/attempts/nonsense/", 404, "There is no such page here"),
    ):
        page = visit(client, address)
        assert (page.status, page.heading) == (status, words)
        assert page.link("All interviews") == "/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/interviews/%ff%fe/",
        "/%00",
        "/interviews/a%00b/",
        "/attempts/?before=%ff",
        "/%ed%a0%80/",
    ],
)
def test_hazard_24_addresses_that_are_no_text_are_not_found(client, address):
    assert client.get(address).status_code in (200, 404)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/admin/questions/question/?status__exact=%00",
        "/admin/autocomplete/?app_label=questions&model_name=slot&field_name=question&term=%00",
        "/attempts/?before=a%00",
    ],
)
def test_hazard_24_a_nul_in_the_query_is_refused(address):
    admin = logged_in(UserFactory(is_staff=True, is_superuser=True))
    assert admin.get(address).status_code == 400
    assert admin.get(address.replace("%00", "%2500")).status_code != 400


@pytest.mark.parametrize(
    ("address", "megabytes"), [("/", 3), ("/accounts/login/", 3), (IMPORT, 150)]
)
def test_hazard_23_an_upload_that_nobody_asked_for_is_not_read(client, address, megabytes):
    """Without the database mark, and without the body: only its length is known."""
    kind = "multipart/form-data; boundary=x"
    reply = client.generic("POST", address, b"", kind, CONTENT_LENGTH=str(megabytes * 1_000_000))
    assert reply.status_code == 400
    assert "This request could not be read" in reply.content.decode()


@pytest.mark.django_db
def test_an_import_may_be_as_long_as_its_form_says():
    admin = logged_in(UserFactory(is_staff=True, is_superuser=True))
    file = SimpleUploadedFile("bank.json", b" " * (MAX_BYTES + 1))
    page = admin.post(IMPORT, {"file": file})
    assert page.status_code == 200
    assert "larger than 25 MB" in page.content.decode()


@pytest.mark.urls(__name__)
def test_a_500_needs_no_database_and_tells_nothing():
    """Without the database mark any statement would raise."""
    client = Client(raise_request_exception=False)
    response = client.get("/broken/")
    html = response.content.decode()
    assert response.status_code == 500
    assert "Something broke on our side" in html
    for leak in (SECRET, "RuntimeError", "Traceback", "test_errors"):
        assert leak not in html
    assert "script" not in html
    assert "Content-Security-Policy" in response.headers


@pytest.mark.django_db
def test_a_forged_host_is_refused(client, settings):
    settings.ALLOWED_HOSTS = ["example.org"]
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()
    assert "This request could not be read" in response.content.decode()
    assert "Content-Security-Policy" in response.headers


@pytest.mark.django_db
def test_hazard_39_error_pages_tell_nothing(client):
    for address in ("/nothing/?password=hunter2", "/attempts/nonsense/"):
        html = client.get(address).content.decode()
        for leak in ("hunter2", "Traceback", "urlpatterns", "quizsite.urls", "DEBUG"):
            assert leak not in html


@pytest.mark.django_db
def test_hazard_39_a_refused_save_is_logged_without_its_text(client, caplog):
    page = in_the_room(client)
    text = "A private thought. " * 1_100
    page.press("Submit answer", text=text)
    client.post("/attempts/return/", {"pass": "a token", "text": text})
    client.post("/accounts/login/", {"login": "a@example.org", "password": "hunter2"})
    assert "private thought" not in caplog.text
    assert "hunter2" not in caplog.text
    assert "a token" not in caplog.text
