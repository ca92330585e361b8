"""What the page's script is told when it saves the text in the box."""

import pytest

from tests.attempts.views.steps import TOTAL, save, stored
from tests.factories import interview_of
from tests.plain_browser import begin, pass_time

pytestmark = pytest.mark.django_db


def test_a_save_says_what_became_of_the_text(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    state = {"revision": 1, "running": True, "open": True}
    said = {"verdict": "accepted", "has": "w:1:1", **state}
    assert save(client, attempt, "A").json() == said
    assert save(client, attempt, "A").json() == {**said, "verdict": "already"}
    kept = {"stored": "A"}
    emptied = save(client, attempt, " ", revision=1, sequence=2)
    assert emptied.json() == {"verdict": "not-emptied", "has": "w:2:1", **state, **kept}
    other = save(client, attempt, "B", writer="v")
    assert other.status_code == 409
    assert other.json() == {"verdict": "conflict", "has": "v:1:1", **state, **kept}


@pytest.mark.parametrize(
    ("text", "length"),
    [("", 0), ("é漢😀", 3), ("a\r\nb\rc\n", 6), ("a\0b", 2), ("  a  ", 5), ("<b>&amp;", 8)],
)
def test_a_save_names_the_text_by_its_length_as_the_page_counts_it(client, text, length):
    """tests/js/saving/save_reply.test.js has the page's count."""
    attempt = begin(client, interview_of(2, timing=TOTAL))
    assert (
        save(client, attempt, text, writer="page-1", sequence=7).json()["has"]
        == f"page-1:7:{length}"
    )


def test_a_late_save_is_said_to_be_late(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    pass_time(attempt.pk, 120 + 16)
    late = save(client, attempt, "A")
    assert late.status_code == 410
    said = late.json()
    assert (said["verdict"], said["running"], said["has"]) == ("late", False, "w:1:1")


def test_a_save_that_is_too_long_says_so_and_keeps_the_earlier_text(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    save(client, attempt, "A")
    refused = save(client, attempt, "x" * 20_001, revision=1, sequence=2)
    assert refused.status_code == 422
    assert "at most 20,000 characters" in refused.json()["message"]
    assert "has" not in refused.json()
    assert stored(attempt) == ["A", ""]
