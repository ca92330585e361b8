"""What a search engine and a shared link say of a page."""

import re

import pytest

from tests.factories import interview_of

pytestmark = pytest.mark.django_db
DESCRIPTION = re.compile(r'<meta name="description" content="([^"]{50,180})">')


def test_each_page_for_visitors_has_a_description(client):
    pages = [
        "/",
        "/attempts/",
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/password/reset/",
    ]
    described = {page: DESCRIPTION.search(client.get(page).content.decode()) for page in pages}
    assert all(described.values()), described


def test_an_interview_is_described_by_its_name(client):
    interview = interview_of(2, name='Serving "fast" & <well>')
    page = client.get(interview.get_absolute_url()).content.decode()
    assert "Serving &quot;fast&quot; &amp; &lt;well&gt;" in DESCRIPTION.search(page)[1]
