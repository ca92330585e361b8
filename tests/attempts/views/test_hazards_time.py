"""What breaks the clock of timed interviews, as it comes over HTTP. Each test names its hazard."""

import pytest
from django.db import connection

from attempts.models import Attempt, KeptText
from quizsite.clock import database_now
from tests.attempts.views.steps import BOTH, EACH, TOTAL, save, stored
from tests.factories import interview_of
from tests.plain_browser import HTMX, begin, pass_time, visit

pytestmark = pytest.mark.django_db


def bell(timing) -> int:
    """Seconds until the bell of the first question, in interviews of two."""
    return 120 if timing == TOTAL else 60


@BOTH
@pytest.mark.parametrize(("late", "status", "texts"), [(10, 200, 1), (17, 410, 0)])
def test_hazard_01_a_save_after_the_bell_counts_within_the_grace(
    client, timing, late, status, texts
):
    attempt = begin(client, interview_of(2, timing=timing))
    pass_time(attempt.pk, bell(timing) + late)
    response = save(client, attempt, "Just before the bell.")
    assert response.status_code == status
    assert stored(attempt).count("Just before the bell.") == texts
    assert KeptText.objects.count() == 1 - texts


@BOTH
@pytest.mark.parametrize("headers", [None, HTMX])
def test_hazard_01_a_submit_after_the_grace_is_kept_and_shown(client, timing, headers):
    attempt = begin(client, interview_of(2, timing=timing))
    page = visit(client, attempt.get_absolute_url())
    pass_time(attempt.pk, bell(timing) + 17)
    address, data = page.data("Submit answer", text="Too late.")
    assert client.post(address, data, headers=headers).status_code in (200, 302)
    pass_time(attempt.pk, 300)
    result = visit(client, attempt.get_absolute_url())
    assert "Typed after time, not counted: Too late." in result.words
    assert stored(attempt) == ["", ""]


def part_clocks() -> None:
    """From now on, in this test, Postgres's clock is a month behind that of the machine."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION public.statement_timestamp() RETURNS timestamptz LANGUAGE sql STABLE"
            " AS $$ SELECT pg_catalog.statement_timestamp() - interval '30 days' $$"
        )
        cursor.execute("SET LOCAL search_path = public, pg_catalog")


@BOTH
def test_hazard_05_a_machine_with_another_clock_takes_and_gives_no_time(client, timing):
    part_clocks()
    before = database_now()
    attempt = begin(client, interview_of(2, timing=timing))
    first = visit(client, attempt.get_absolute_url())
    assert save(client, attempt, "Typed.").json()["verdict"] == "accepted"
    first.press("Submit answer", text="Sent.")
    client.post(f"/attempts/{attempt.pk}/finish/", {"confirmed": "1"})

    attempt.refresh_from_db()
    instants = [attempt.started_at, attempt.finished_at]
    for answer in attempt.answers.all():
        instants += [answer.opened_at, answer.saved_at, answer.closed_at]
    assert attempt.finish_reason == "submitted"
    assert all(before <= at <= database_now() for at in instants if at is not None)


def test_hazard_06_after_a_long_sleep_the_page_is_told_at_once(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    save(client, attempt, "Before the lid was closed.")
    pass_time(attempt.pk, 20 * 60)
    told = client.get(f"/attempts/{attempt.pk}/clock/").json()
    assert told == {"running": False, "url": f"/attempts/{attempt.pk}/review/"}
    assert "Before the lid was closed." in visit(client, told["url"]).words


def test_hazard_08_a_changed_time_limit_leaves_the_page_alone(client):
    interview = interview_of(2, timing=TOTAL)
    attempt = begin(client, interview)
    interview.seconds = 5
    interview.save()
    pass_time(attempt.pk, 60)
    assert 55_000 < client.get(f"/attempts/{attempt.pk}/clock/").json()["left"] <= 60_000


@BOTH
def test_hazard_09_without_scripts_the_server_keeps_the_time(client, timing):
    attempt = begin(client, interview_of(2, timing=timing))
    page = visit(client, attempt.get_absolute_url())
    pass_time(attempt.pk, 400)
    page = page.press("Submit answer", text="Long after.")
    assert page.address.endswith("/review/")
    assert Attempt.objects.get().state == "expired"
    assert stored(attempt) == ["", ""]


def test_hazard_10_a_bell_too_early_by_the_page_changes_nothing_but_the_text(client):
    attempt = begin(client, interview_of(2, timing=EACH))
    pass_time(attempt.pk, 50)
    assert save(client, attempt, "At my bell.", cause="bell").json()["open"] is True
    assert save(client, attempt, "And on.", revision=1, sequence=2).json()["revision"] == 2


def test_hazard_10_a_blank_page_at_the_bell_empties_nothing(client):
    attempt = begin(client, interview_of(2, timing=TOTAL))
    save(client, attempt, "Written elsewhere.")
    pass_time(attempt.pk, 121)
    blank = save(client, attempt, "", writer="stale", cause="bell")
    assert (blank.status_code, blank.json()["verdict"]) == (200, "not-emptied")
    assert stored(attempt)[0] == "Written elsewhere."
    assert not KeptText.objects.exists()
