"""Statistics of questions, against numbers worked out by hand."""

from math import sqrt

import pytest

from attempts.models import Practice, QuestionStatistics
from attempts.statistics import compute
from attempts.statistics.compute import refresh
from tests.attempts.statistics.answers import (
    answered,
    finished,
    refreshed,
    stored,
    three_versions,
)
from tests.factories import (
    START,
    AttemptFactory,
    UserFactory,
    VersionFactory,
    published_question,
)

pytestmark = pytest.mark.django_db


def test_practice_does_not_count():
    version = published_question().current_version
    user = UserFactory()
    practice = Practice.objects.create(
        user=user, source="due", title="Due", question_ids=[version.question_id], created_at=START
    )
    answered(finished(), version, ".5")
    answered(finished(user=user, practice=practice), version, "1")
    assert (refreshed(version).asked, stored(version).mean_share) == (1, 0.5)


@pytest.fixture
def example(monkeypatch):
    """Four attempts at questions A, B and C. Shares (– is not scored, 0* is not answered):

         A    B    C
    1    1    1    ½
    2    ½    1    0
    3    0    0*   ½
    4    ½    0    –
    """
    monkeypatch.setattr(compute, "ENOUGH_ANSWERS", 3)
    a, b, c = versions = three_versions()
    table = [("1", "1", ".5"), (".5", "1", "0"), ("0", "", ".5"), (".5", "0", None)]
    for shares, seconds in zip(table, (10, 20, 40, 100), strict=True):
        attempt = finished()
        for version, share in zip(versions, shares, strict=True):
            answered(attempt, version, share, seconds=seconds)
    refresh(now=START)
    return a, b, c


def test_mean_share_by_hand(example):
    # A: (1 + ½ + 0 + ½) / 4. B: (1 + 1 + 0 + 0) / 4. C: (½ + 0 + ½) / 3, one is not scored.
    rows = [stored(version) for version in example]
    assert [row.mean_share for row in rows] == pytest.approx([1 / 2, 1 / 2, 1 / 3])
    assert [(row.asked, row.scored) for row in rows] == [(4, 4), (4, 4), (4, 3)]


def test_discrimination_by_hand(example):
    # A against the mean of the others: x = 1, ½, 0, ½; y = ¾, ½, ¼, 0 (of the last, B alone).
    # Deviations ½, 0, −½, 0 and ⅜, ⅛, −⅛, −⅜: r = ¼ / √(½ · 5/16) = 2/√10.
    # C: x = ½, 0, ½; y = 1, ¾, 0. Deviations ⅙, −⅓, ⅙ and 5/12, 1/6, −7/12:
    # r = −1/12 / √(1/6 · 13/24) = −1/√13.
    a, _, c = (stored(version) for version in example)
    assert (a.paired, c.paired) == (4, 3)
    assert a.discrimination == pytest.approx(2 / sqrt(10), abs=1e-5)
    assert c.discrimination == pytest.approx(-1 / sqrt(13), abs=1e-5)


def test_the_median_of_an_even_number_is_between_the_middle_two(example):
    assert stored(example[0]).median_seconds == 30


def test_with_one_version_all_together_are_the_same(example):
    for version in example:
        one, both = (
            QuestionStatistics.objects.values(
                "asked", "scored", "mean_share", "discrimination"
            ).get(pk=stored(version, together=together).pk)
            for together in (False, True)
        )
        assert one == both


def test_two_versions_are_counted_apart_and_together():
    first = published_question().current_version
    second = VersionFactory(question=first.question, number=2)
    for version, shares in ((first, ["0", "1"]), (second, ["1", "1"])):
        for share in shares:
            answered(finished(), version, share)
    assert refreshed(first).mean_share == 0.5
    assert stored(second).mean_share == 1
    together = stored(first, together=True)
    assert (together.asked, together.mean_share) == (4, 0.75)


@pytest.mark.parametrize(
    ("fields", "counted"),
    [
        ({"state": "submitted", "finish_reason": "submitted"}, True),
        ({"state": "expired", "finish_reason": "deadline"}, True),
        ({"state": "discarded", "finish_reason": ""}, False),
        ({"state": "running", "finish_reason": "", "finished_at": None}, False),
    ],
    ids=lambda value: value["state"] if isinstance(value, dict) else "",
)
def test_only_finished_attempts_count(fields, counted):
    attempt = AttemptFactory(**{"finished_at": START, **fields})
    version = published_question().current_version
    answered(attempt, version, "1")
    refresh(now=START)
    assert QuestionStatistics.objects.filter(version=version).exists() == counted


def test_a_question_that_was_never_opened_counts_as_zero_but_not_as_skipped():
    version = published_question().current_version
    answered(finished(), version, "", opened_at=None, seconds=0, closed_by="finish")
    row = refreshed(version)
    assert (row.asked, row.reached, row.mean_share) == (1, 0, 0)
    assert (row.skip_rate, row.time_out_rate, row.median_seconds) == (None, None, None)


def test_skipped_and_out_of_time_by_hand():
    version = published_question().current_version
    for text, how in (
        ("1", {}),
        ("1", {"closed_by": "skipped"}),  # pressed Skip with a text in the box, which counts
        ("", {"closed_by": "skipped"}),
        ("", {"closed_by": "finish", "opened_at": None}),  # one clock: seen and left
        ("", {"closed_by": "deadline"}),
        ("1", {"closed_by": "deadline"}),
        ("1", {"closed_by": "deadline"}),
        ("", {"closed_by": "deadline", "opened_at": None, "seconds": 0}),  # never opened
    ):
        answered(finished(), version, text, **how)
    row = refreshed(version)
    assert (row.asked, row.reached) == (8, 7)
    assert row.skip_rate == pytest.approx(2 / 7)
    assert row.time_out_rate == pytest.approx(3 / 7)


@pytest.mark.parametrize("text", ["", " \n\t ", "\r\n"])
def test_white_space_is_no_answer(text):
    version = published_question().current_version
    answered(finished(), version, None, text=text)
    row = refreshed(version)
    assert (row.scored, row.mean_share, row.skip_rate) == (1, 0, 1)


def test_missed_key_points_by_hand():
    version = published_question(key_points=["One.", "Two.", "Three."]).current_version
    ticks = [[True, False, True], [True, False, False], [False, True, False]]
    for tick in ticks:
        answered(finished(), version, "0.5", confirmed=tick)
    answered(finished(), version, "0", confirmed=None, suggested=[True, False, False])
    answered(finished(), version, None)  # not ticked
    answered(finished(), version, "")  # not answered
    row = refreshed(version)
    assert row.ticked == 4
    assert row.miss_rates == pytest.approx([1 / 4, 3 / 4, 3 / 4])
    assert row.most_missed == 0.75


def test_what_the_candidate_ticked_comes_before_what_was_suggested():
    version = published_question(key_points=["One.", "Two."]).current_version
    answered(finished(), version, "1", suggested=[False, False], confirmed=[True, True])
    assert refreshed(version).miss_rates == [0, 0]


def test_all_together_show_the_points_of_the_present_version():
    old = published_question(key_points=["One."]).current_version
    new = VersionFactory(question=old.question, number=2, key_points=["One.", "Two."])
    old.question.current_version = new
    old.question.save()
    answered(finished(), old, "0", confirmed=[False])
    answered(finished(), new, "0.5", confirmed=[True, False])
    assert refreshed(old).miss_rates == [1]
    assert stored(old, together=True).miss_rates == [0, 1]


def many(version, other, pairs):
    for x, y in pairs:
        attempt = finished()
        answered(attempt, version, x)
        answered(attempt, other, y)


@pytest.mark.parametrize(("number", "known"), [(19, False), (20, True)])
def test_discrimination_is_known_from_20_answers_on(number, known):
    version, other, _ = three_versions()
    many(version, other, [(f"{n % 2}", f"{n % 2}") for n in range(number)])
    row = refreshed(version)
    assert row.paired == number
    assert row.discrimination == (pytest.approx(1) if known else None)


@pytest.mark.parametrize("constant", ["0.3333", "0.1", "1"])
def test_where_all_are_the_same_there_is_no_correlation(constant):
    version, other, _ = three_versions()
    many(version, other, [(constant, f"0.{n % 7}") for n in range(21)])
    assert refreshed(version).discrimination is None
    assert stored(other).discrimination is None


def test_a_question_asked_alone_has_nothing_to_be_compared_with():
    version = published_question().current_version
    for _ in range(20):
        answered(finished(), version, "1")
    row = refreshed(version)
    assert (row.paired, row.discrimination) == (0, None)
