"""Which questions need a look."""

import pytest
from django.db.models import F

from attempts.models import QuestionStatistics, Report
from attempts.statistics.rules import RULES, open_reports, rows_with_reasons
from tests.attempts.statistics.answers import answered, finished
from tests.factories import START, published_question

pytestmark = pytest.mark.django_db


def looked_at(by="question"):
    rows = rows_with_reasons(by, open_reports(by)).filter(reasons__gt=0)
    return {
        (row.question_id, tuple(rule.name for rule in RULES if getattr(row, rule.name)))
        for row in rows
    }


def stored_row(**fields):
    """A row as if computed, good in every way but for the fields."""
    good = {
        **{"asked": 20, "reached": 20, "scored": 20, "paired": 20, "ticked": 20},
        **{"mean_share": 0.5, "skip_rate": 0.3, "time_out_rate": 0.3, "median_seconds": 60},
        **{"discrimination": 0.1, "most_missed": 0.8, "computed_at": START},
    }
    question = fields.pop("question", None) or published_question()
    return QuestionStatistics.objects.create(question=question, **{**good, **fields})


@pytest.mark.parametrize(
    ("fields", "rules"),
    [
        ({}, ()),
        ({"discrimination": 0.09}, ("is_blunt",)),
        ({"discrimination": None}, ()),
        ({"time_out_rate": 0.31}, ("is_rushed",)),
        ({"time_out_rate": 0.31, "reached": 19}, ()),
        ({"skip_rate": 0.31}, ("is_skipped",)),
        ({"skip_rate": 0.31, "reached": 19}, ()),
        ({"skip_rate": None, "time_out_rate": None}, ()),
        ({"most_missed": 0.81}, ("is_missed",)),
        ({"most_missed": 0.81, "ticked": 19}, ()),
        ({"most_corrected": 0.31}, ("is_corrected",)),
        ({"most_corrected": 0.3}, ()),
        ({"skip_rate": 0.4, "discrimination": -0.2}, ("is_blunt", "is_skipped")),
    ],
)
def test_what_needs_a_look(fields, rules):
    row = stored_row(**fields)
    assert looked_at() == ({(row.question_id, rules)} if rules else set())


def test_open_reports_need_a_look_and_handled_ones_do_not():
    fine, reported, handled = (stored_row().question for _ in range(3))
    for question, status in ((reported, "open"), (handled, "accepted"), (handled, "declined")):
        answer = answered(finished(), question.current_version, "1")
        at = None if status == "open" else START
        Report.objects.create(
            answer=answer, reason="wrong", reported_at=START, status=status, handled_at=at
        )
    assert looked_at() == {(reported.pk, ("is_reported",))}
    assert open_reports("version") == {reported.current_version_id: 1}
    assert fine.pk not in open_reports("question")


def test_time_is_set_against_what_is_suggested():
    stored_row(median_seconds=90, question=published_question(seconds=180))
    row = rows_with_reasons("question", ()).get()
    assert row.time_ratio == 0.5
    assert row.reasons == 0
    assert QuestionStatistics.objects.filter(median_seconds=F("question__seconds") / 2).exists()
