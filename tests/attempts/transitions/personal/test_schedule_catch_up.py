"""Answers that were scored before there were schedules get theirs, once, bit by bit."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attempts import transitions
from attempts.models import Attempt, Schedule, ScheduleCatchUp
from attempts.transitions.personal import schedule_catch_up
from attempts.transitions.personal.schedule_catch_up import catch_up_schedules
from attempts.transitions.starting import Pace
from tests.attempts.candidate import EACH, TOTAL, Candidate, a_guest, a_user, after
from tests.factories import interview_of
from tests.threads import together

pytestmark = pytest.mark.django_db
DAY = 24 * 3600
FIELDS = [field.attname for field in Schedule._meta.fields if field.attname != "id"]


def finished(owner, interview, ticks=(True, False), *, at: float = 0) -> Attempt:
    """The first question is answered, the others are left."""
    attempt = transitions.start(owner, interview, Pace(), now=after(at))
    candidate = Candidate(owner, attempt.pk)
    candidate.save(1, "Something true.", at=at + 1)
    candidate.finish(at=at + 60)
    candidate.mark(1, list(ticks), at=at + 61)
    return attempt


def rows() -> list[dict]:
    return list(Schedule.objects.order_by("user", "guest_key", "question").values(*FIELDS))


@pytest.fixture
def scored():
    """Several owners with answers to the same questions, as scoring has scheduled them."""
    first, second = interview_of(2, timing=TOTAL), interview_of(3, timing=EACH)
    for owner in (a_user(), a_user(), a_guest(), a_guest()):
        finished(owner, first)
        finished(owner, second, at=DAY)
        finished(owner, first, (True, True), at=9 * DAY)
    discarded = transitions.start(a_user(), first, Pace(), now=after(0))
    transitions.discard(discarded.owner, discarded.pk, now=after(5))
    transitions.start(a_user(), first, Pace(), now=after(0))
    return rows()


@pytest.mark.parametrize("batch", [1, 2, 200])
def test_it_stores_what_scoring_would_have_stored(scored, monkeypatch, batch):
    monkeypatch.setattr(schedule_catch_up, "BATCH", batch)
    Schedule.objects.all().delete()
    assert catch_up_schedules() == 4
    assert rows() == scored
    assert catch_up_schedules() == 0


def test_what_is_there_stays_and_what_is_missing_of_the_same_owner_is_added(scored):
    half = Schedule.objects.order_by("pk").values_list("pk", flat=True)[::2]
    kept = Schedule.objects.exclude(pk__in=half)
    ids = set(kept.values_list("pk", flat=True))
    Schedule.objects.filter(pk__in=half).delete()
    catch_up_schedules()
    assert rows() == scored
    assert ids <= set(Schedule.objects.values_list("pk", flat=True))


def test_a_round_ends_in_time_and_the_next_goes_on(scored, monkeypatch):
    monkeypatch.setattr(schedule_catch_up, "BATCH", 1)
    Schedule.objects.all().delete()
    assert catch_up_schedules(0) == 0
    rounds = 0
    while not ScheduleCatchUp.objects.get().is_done:
        moments = iter([0.0, 0.0, 9.0])
        monkeypatch.setattr(schedule_catch_up.time, "monotonic", lambda m=moments: next(m))
        catch_up_schedules()
        rounds += 1
    assert rounds == Attempt.objects.finished().count() + 1
    assert rows() == scored


def test_when_all_is_done_it_takes_one_statement(scored):
    catch_up_schedules()
    with CaptureQueriesContext(connection) as queries:
        catch_up_schedules()
    assert len(queries) == 1


def test_one_owner_that_fails_does_not_keep_others_waiting(scored, monkeypatch, caplog):
    Schedule.objects.all().delete()
    failing = Attempt.objects.finished().order_by("pk").first().owner
    reschedule = schedule_catch_up.reschedule

    def fail_for_one(owner, ids):
        if owner == failing:
            raise ValueError("cannot be replayed")
        reschedule(owner, ids)

    monkeypatch.setattr(schedule_catch_up, "reschedule", fail_for_one)
    assert catch_up_schedules() == 3
    assert not Schedule.objects.owned_by(failing).exists()
    assert "cannot be replayed" in caplog.text


def test_an_attempt_that_ends_later_schedules_itself(scored):
    Schedule.objects.all().delete()
    catch_up_schedules()
    running = Attempt.objects.running().get()
    transitions.finish(running.owner, running.pk, now=after(60))
    assert Schedule.objects.owned_by(running.owner).count() == 1
    assert timedelta() < Schedule.objects.owned_by(running.owner).get().due_at - after(60)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_at_once_store_it_once(scored):
    Schedule.objects.all().delete()
    together(catch_up_schedules, catch_up_schedules)
    assert rows() == scored
