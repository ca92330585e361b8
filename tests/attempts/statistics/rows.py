"""Rows of statistics as if computed, for the tests of the pages that show them."""

from attempts.models import QuestionStatistics
from tests.factories import START, published_question


def statistics_of(question=None, *, by_version=True, **fields) -> QuestionStatistics:
    """Rows for one version and for all versions together (given back) that need no look."""
    question = question or published_question()
    good = {
        **{"asked": 40, "reached": 40, "scored": 40, "paired": 40, "ticked": 40},
        **{"mean_share": 0.5, "skip_rate": 0.1, "time_out_rate": 0.1, "median_seconds": 95},
        **{"discrimination": 0.4, "miss_rates": [0.25, 0.5], "most_missed": 0.5},
        "computed_at": START,
        "points_version": question.current_version,
    }
    if by_version:
        version = fields.pop("version", question.current_version)
        QuestionStatistics.objects.create(question=question, version=version, **{**good, **fields})
    return QuestionStatistics.objects.create(question=question, **{**good, **fields})
