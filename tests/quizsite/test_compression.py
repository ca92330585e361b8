"""Pages are compressed for browsers that can read it, and what stays secret in them."""

import gzip
import re

import pytest

from tests.attempts.views.steps import EACH
from tests.factories import interview_of
from tests.plain_browser import begin

pytestmark = pytest.mark.django_db
GZIP = {"Accept-Encoding": "gzip, br"}


def test_a_page_is_compressed_for_who_can_read_it(client):
    attempt = begin(client, interview_of(1, timing=EACH))
    plain = client.get(attempt.get_absolute_url())
    small = client.get(attempt.get_absolute_url(), headers=GZIP)
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in small.headers["Vary"]
    assert 'id="room"' in gzip.decompress(small.content).decode()
    assert len(small.content) < len(plain.content) / 2


def test_the_tokens_of_a_page_differ_in_each_response(client):
    attempt = begin(client, interview_of(1, timing=EACH))
    pages = [
        gzip.decompress(client.get(attempt.get_absolute_url(), headers=GZIP).content).decode()
        for _ in range(2)
    ]
    tokens = [re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1] for page in pages]
    assert tokens[0] != tokens[1]
