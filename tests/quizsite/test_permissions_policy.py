"""Pages may use no device and no sensor; a page with the answer box may use the microphone."""

import pytest

from questions.models import Timing
from quizsite.permissions_policy import DENIED, HEADER
from tests.factories import UserFactory, interview_of
from tests.plain_browser import begin, logged_in

MICROPHONE = {"microphone", "on-device-speech-recognition"}


def allowed(response) -> set[str]:
    """What the policy allows the page itself; the test fails if it allows anybody else anything."""
    parts = [part.strip().partition("=") for part in response.headers[HEADER].split(",")]
    lists = {name: value for name, _, value in parts}
    assert set(lists) == {*DENIED, *MICROPHONE}
    assert set(lists.values()) <= {"()", "(self)"}
    return {name for name, value in lists.items() if value == "(self)"}


@pytest.mark.django_db
@pytest.mark.parametrize("timing", Timing)
def test_only_a_page_with_the_answer_box_may_use_the_microphone(client, timing):
    interview = interview_of(2, timing=timing.value)
    attempt = begin(client, interview)
    base = f"/attempts/{attempt.pk}/"
    too_long = client.post(f"{base}submit/", {"position": "1", "text": "x" * 20_001})
    assert allowed(client.get(base)) == MICROPHONE
    assert allowed(too_long) == MICROPHONE
    for address in ("/", "/attempts/", interview.get_absolute_url(), f"{base}finish/",
                    f"{base}discard/", f"{base}clock/", "/nothing/", "/healthz", "/readyz",
                    "/accounts/login/", "/admin/login/"):  # fmt: skip
        assert allowed(client.get(address)) == set(), address
    client.post(f"{base}finish/", {"confirmed": "1"})
    assert allowed(client.get(f"{base}review/")) == set()


@pytest.mark.django_db
def test_nobody_elses_room_and_no_page_of_staff_may_use_it(client):
    attempt = begin(client, interview_of(1))
    stranger = logged_in(UserFactory())
    assert allowed(stranger.get(f"/attempts/{attempt.pk}/")) == set()
    admin = logged_in(UserFactory(is_staff=True, is_superuser=True))
    assert allowed(admin.get(f"/admin/attempts/attempt/{attempt.pk}/change/")) == set()
