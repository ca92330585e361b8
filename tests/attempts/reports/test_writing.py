"""Who may report what, how often, and that each press sends one report."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import IntegrityError

from attempts.models import Report
from attempts.owners import Owner
from attempts.reports import writing
from tests.attempts.reports.rows import asked, reported
from tests.factories import START, AttemptFactory
from tests.threads import together

pytestmark = pytest.mark.django_db


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_twelve_presses_at_once_send_one_report():
    answer = asked()
    mine = Owner(user_id=answer.attempt.user_id)

    def press():
        return writing.report(mine, answer.attempt_id, 1, "wrong", "It is.", now=START).pk

    assert len(set(together(*[press] * 12))) == 1
    assert Report.objects.count() == 1


def test_the_database_allows_one_open_report_for_an_answer():
    answer = asked()
    reported(answer, status="declined", handled_at=START)
    reported(answer)
    with pytest.raises(IntegrityError):
        reported(answer)


def test_reports_are_bounded_in_number():
    attempt = AttemptFactory(finished=True)
    for position in range(1, writing.MOST_A_DAY + 1):
        reported(asked(attempt, position), reported_at=START)
    last = asked(attempt, 99)
    owner = Owner(user_id=attempt.user_id)
    late = START + timedelta(hours=23)
    with pytest.raises(writing.TooManyReports):
        writing.report(owner, attempt.pk, 99, "wrong", "More.", now=late)
    tomorrow = START + timedelta(hours=24)
    assert writing.report(owner, attempt.pk, 99, "wrong", "More.", now=tomorrow).answer == last


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_reports_on_several_answers_at_once_stay_within_the_bound():
    attempt = AttemptFactory(finished=True)
    for position in range(1, writing.MOST_A_DAY):
        reported(asked(attempt, position), reported_at=START)
    owner = Owner(user_id=attempt.user_id)
    others = [asked(attempt, position).position for position in range(91, 97)]

    def send(position):
        with suppress(writing.TooManyReports):
            writing.report(owner, attempt.pk, position, "wrong", "It is.", now=START)

    together(*[lambda p=position: send(p) for position in others])
    assert Report.objects.count() == writing.MOST_A_DAY
