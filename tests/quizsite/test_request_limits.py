"""Requests that are refused before a view reads them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from questions.rules.limits import MAX_BYTES
from tests.factories import UserFactory
from tests.plain_browser import logged_in

IMPORT = "/admin/questions/question/import/"


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
    ("address", "megabytes"), [("/", 3), ("/accounts/login/", 3), (IMPORT, 3), (IMPORT, 150)]
)
def test_hazard_23_an_upload_that_no_form_asks_for_is_not_read(client, address, megabytes):
    """Without the database mark, and without the body: only its length is known."""
    kind = "multipart/form-data; boundary=x"
    reply = client.generic("POST", address, b"", kind, CONTENT_LENGTH=str(megabytes * 1_000_000))
    assert reply.status_code == 413
    assert reply.templates[0].name == "413.html"


@pytest.mark.django_db
def test_the_import_itself_says_that_a_file_is_too_large():
    admin = logged_in(UserFactory(is_staff=True, is_superuser=True))
    file = SimpleUploadedFile("bank.json", b" " * (MAX_BYTES + 1))
    reply = admin.post(IMPORT, {"file": file})
    assert reply.status_code == 200
    assert list(reply.context["form"].errors) == ["file"]
