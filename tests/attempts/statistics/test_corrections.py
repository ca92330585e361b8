"""Which suggestions candidates corrected, against a slow computation of the same."""

import random
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from attempts.models import Answer, CheckedSuggestions
from attempts.statistics.accuracy import COUNTS
from attempts.statistics.compute import refresh
from attempts.statistics.rules import ENOUGH_CHECKED
from tests.attempts.statistics.answers import answered, finished, refreshed, stored
from tests.factories import START, AttemptFactory, VersionFactory, published_question

pytestmark = pytest.mark.django_db

THREE = ["One.", "Two.", "Three."]


def evidence(*called):
    """As an engine stores it for points that it calls found, unsure, opposite or missing."""
    texts = {"found": ("x", None), "unsure": ("x", None), "opposite": ("x", "It is not.")}
    pairs = [texts.get(name, (None, None)) for name in called]
    return [{"confidence": 0.3, "text": text, "opposite": false} for text, false in pairs]


def checked(version, called, ticks, *, attempt=None, **fields):
    values = {
        "suggested": [name == "found" for name in called],
        "evidence": evidence(*called),
        "confirmed": ticks,
        "engine": "tested 1",
        **fields,
    }
    return answered(attempt or finished(), version, "0.5", **values)


def rows_of(version):
    refresh(now=START)
    rows = CheckedSuggestions.objects.filter(question=version.question)
    return {(r.month.isoformat(), r.engine): [getattr(r, name) for name in COUNTS] for r in rows}


def test_right_and_wrong_by_hand():
    version = published_question(key_points=["a", "b", "c", "d"]).current_version
    called = ["found", "unsure", "opposite", "missing"]
    checked(version, called, [True, False, False, False])
    checked(version, called, [False, True, True, True])
    checked(version, called, [True, True, False, False])
    row = [3, *(3, 2), *(3, 1), *(3, 2), *(3, 2)]
    assert rows_of(version) == {("2026-03-01", "tested 1"): row}
    assert stored(version).checked_answers == [3, 3, 3, 3]
    assert stored(version).corrected_answers == [1, 2, 1, 1]


@pytest.mark.parametrize(
    "fields",
    [
        {"confirmed": None},
        {"suggested": None, "evidence": None, "engine": "tested 1", "not_english": True},
        {"suggested": None, "evidence": None, "engine": ""},
        {"text": "  "},
        {"attempt": {"state": "discarded", "finish_reason": ""}},
        {"attempt": {"state": "running", "finish_reason": "", "finished_at": None}},
    ],
    ids=str,
)
def test_only_confirmed_suggestions_of_finished_attempts_count(fields):
    version = published_question(key_points=["a"]).current_version
    attempt = AttemptFactory(**{"finished_at": START, "state": "submitted",
        "finish_reason": "submitted", **fields.pop("attempt", {})})  # fmt: skip
    values = {"attempt": attempt, **fields}
    ticks = values.pop("confirmed", [True])
    checked(version, ["missing"], ticks, **values)
    checked(version, ["missing"], [True])
    assert [counts[0] for counts in rows_of(version).values()] == [1]
    assert stored(version).checked_answers == [1]


def test_a_withdrawn_point_does_not_count():
    version = published_question(key_points=THREE).current_version
    called = ["found", "missing", "missing"]
    checked(version, called, [False, True, True], counted=[True, False, True])
    checked(version, called, [True, True, False])
    row = refreshed(version)
    assert row.checked_answers == [2, 1, 2]
    assert row.corrected_answers == [1, 1, 1]
    assert next(iter(rows_of(version).values())) == [2, *(2, 1), *(0, 0), *(0, 0), *(3, 1)]


def test_a_point_that_is_withdrawn_everywhere_has_no_share():
    version = published_question(key_points=["a", "b"]).current_version
    checked(version, ["found", "found"], [False, True], counted=[False, True])
    row = refreshed(version)
    assert (row.checked_answers, row.corrected_answers) == ([0, 1], [0, 0])
    assert row.most_corrected is None


@pytest.mark.parametrize("stored_evidence", [None, [], {}, [{"confidence": 0.1, "text": None}]])
def test_without_evidence_a_point_is_found_or_missing(stored_evidence):
    version = published_question(key_points=["a", "b"]).current_version
    checked(version, ["found", "missing"], [True, True], evidence=stored_evidence)
    assert next(iter(rows_of(version).values())) == [1, *(1, 1), *(0, 0), *(0, 0), *(1, 0)]


@pytest.mark.parametrize(
    ("number", "most"), [(ENOUGH_CHECKED - 1, None), (ENOUGH_CHECKED, 3 / ENOUGH_CHECKED)]
)
def test_the_most_corrected_point_is_known_from_enough_answers_on(number, most):
    version = published_question(key_points=["a", "b"]).current_version
    for n in range(number):
        checked(version, ["missing", "found"], [n < 3, n > 0])
    assert refreshed(version).most_corrected == most


def test_points_with_too_few_answers_are_not_the_most_corrected():
    version = published_question(key_points=["a", "b"]).current_version
    for n in range(ENOUGH_CHECKED):
        checked(version, ["found", "found"], [n > 0, False], counted=[True, n > 0])
    assert refreshed(version).most_corrected == 1 / ENOUGH_CHECKED


def test_all_versions_together_show_the_points_of_the_current_one():
    old = published_question(key_points=["a"]).current_version
    new = VersionFactory(question=old.question, number=2, key_points=["b", "c"])
    old.question.current_version = new
    old.question.save()
    checked(old, ["found"], [False])
    checked(new, ["missing", "missing"], [False, True])
    assert refreshed(old).corrected_answers == [1]
    assert stored(old, together=True).corrected_answers == [0, 1]
    assert [row[0] for row in rows_of(old).values()] == [2]


def test_months_begin_in_the_zone_of_the_site(settings):
    settings.TIME_ZONE = "America/New_York"
    version = published_question(key_points=["a"]).current_version
    attempt = finished(started_at=datetime(2026, 3, 1, 3, 0, tzinfo=UTC))
    checked(version, ["found"], [True], attempt=attempt)
    assert list(rows_of(version)) == [("2026-02-01", "tested 1")]


# --- the same, slowly ---------------------------------------------------------------------------


def called_by(answer, point):
    seen = answer.evidence[point]
    if answer.suggested[point]:
        return "found"
    if seen["opposite"] is not None:
        return "opposite"
    return "missing" if seen["text"] is None else "unsure"


def slowly():
    """What is stored of each question, month and engine, and of each version and point."""
    rows = defaultdict(lambda: dict.fromkeys(COUNTS, 0))
    points = defaultdict(lambda: [0, 0])
    for answer in Answer.objects.select_related("attempt", "version"):
        if answer.confirmed is None or answer.suggested is None:
            continue
        month = answer.attempt.finished_at.astimezone(ZoneInfo("UTC")).date().replace(day=1)
        row = rows[answer.version.question_id, month, answer.engine]
        row["answers"] += 1
        for point, ticked in enumerate(answer.confirmed):
            if answer.counted is not None and not answer.counted[point]:
                continue
            called = called_by(answer, point)
            row[called] += 1
            row[f"{called}_right"] += ticked == (called == "found")
            points[answer.version_id, point][0] += 1
            points[answer.version_id, point][1] += ticked != answer.suggested[point]
    return dict(rows), dict(points)


def test_sql_agrees_with_python():
    rng = random.Random(5)
    versions = [published_question(key_points=THREE).current_version for _ in range(3)]
    versions.append(VersionFactory(question=versions[0].question, number=2, key_points=THREE))
    for _ in range(60):
        attempt = finished(started_at=START + timedelta(days=rng.randrange(90)))
        for version in rng.sample(versions, 2):
            called = rng.choices(["found", "unsure", "opposite", "missing"], k=3)
            ticks = [rng.random() < 0.5 for _ in called] if rng.random() < 0.8 else None
            counted = rng.choice([None, [True, True, False], [False, True, False]])
            checked(version, called, ticks, attempt=attempt, counted=counted,
                engine=rng.choice(["tested 1", "tested 2"]))  # fmt: skip
    refresh(now=START)
    rows, points = slowly()
    assert len(rows) > 12
    assert {
        (row.question_id, row.month, row.engine): {name: getattr(row, name) for name in COUNTS}
        for row in CheckedSuggestions.objects.all()
    } == rows
    for version in versions:
        row = stored(version)
        pairs = zip(row.checked_answers, row.corrected_answers, strict=True)
        assert [list(pair) for pair in pairs] == [points[version.pk, n] for n in range(3)]
        shares = [bad / of for of, bad in (points[version.pk, n] for n in range(3))]
        assert row.most_corrected == pytest.approx(max(shares))
