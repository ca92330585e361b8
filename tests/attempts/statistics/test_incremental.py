"""Counting again only what changed gives the numbers that counting everything gives."""

import random
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from attempts.models import (
    Answer,
    Attempt,
    CheckedSuggestions,
    CountedAnswer,
    QuestionStatistics,
    ToCount,
)
from attempts.statistics import compute, counting
from attempts.statistics.compute import computed_at, refresh, refresh_if_old
from questions.bank import versions
from tests.attempts.statistics.answers import answered, finished, stored, three_versions
from tests.factories import START, AttemptFactory, published_question
from tests.rows_read import rows_read
from tests.threads import Threads

pytestmark = pytest.mark.django_db
LATER = START + timedelta(hours=1)


def numbers() -> list:
    """All stored rows, without their keys and times."""
    rows = []
    for model in (QuestionStatistics, CheckedSuggestions):
        for row in model.objects.order_by("question", "pk").values():
            row.pop("id"), row.pop("computed_at", None)
            rows.append(tuple(sorted((name, str(value)) for name, value in row.items())))
    return sorted(rows)


def check_that_everything_gives_the_same() -> None:
    refresh(now=LATER)
    after = numbers()
    refresh(now=LATER, everything=True)
    assert numbers() == after


def ticked(attempt, version, *ticks, **fields):
    evidence = [{"confidence": 0.5, "text": "x", "opposite": None}, {"confidence": 0, "text": None}]
    values = {"suggested": [True, False], "evidence": evidence, "engine": "test-1"}
    confirmed = {"confirmed": list(ticks)} if ticks else {}
    return answered(attempt, version, "0.5", **{**values, **confirmed, **fields})


CHANGES = {
    "a tick": lambda a: Answer.objects.filter(pk=a.pk).update(confirmed=[False, False], share=0),
    "a suggestion": lambda a: Answer.objects.filter(pk=a.pk).update(
        suggested=[True, True], engine="test-2"
    ),
    "a regrade": lambda a: Answer.objects.filter(pk=a.pk).update(counted=[True, False], share=1),
    "evidence": lambda a: Answer.objects.filter(pk=a.pk).update(evidence=None),
    "a text": lambda a: Answer.objects.filter(pk=a.pk).update(text=" \n"),
    "another text": lambda a: Answer.objects.filter(pk=a.pk).update(text="Other words."),
    "times": lambda a: Answer.objects.filter(pk=a.pk).update(
        time_spent=timedelta(seconds=5), closed_by="deadline"
    ),
    "never opened": lambda a: Answer.objects.filter(pk=a.pk).update(
        opened_at=None, time_spent=timedelta()
    ),
    "an attempt opened again": lambda a: Attempt.objects.filter(pk=a.attempt_id).update(
        state="running", finished_at=None, finish_reason=""
    ),
    "an attempt discarded": lambda a: Attempt.objects.filter(pk=a.attempt_id).update(
        state="discarded", finished_at=START
    ),
    "another month": lambda a: (
        Attempt.objects.finished()
        .filter(pk=a.attempt_id)
        .update(finished_at=START + timedelta(days=90))
    ),
    "an attempt deleted": lambda a: a.attempt.delete(),
    "an answer deleted": lambda a: a.delete(),
    "one more answer": lambda a: ticked(
        a.attempt, published_question().current_version, True, True
    ),
    "one more attempt": lambda a: ticked(finished(), a.version, True, True),
    "a new version": lambda a: versions.save_texts(
        a.version.question, {**a.version.texts(), "key_points": ["New.", "Newer."]}, now=START
    ),
    "nothing": lambda a: None,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_after_any_change_the_numbers_are_those_of_all_answers(change):
    first, second, third = three_versions()
    for number in range(3):
        attempt = finished()
        answer = ticked(attempt, first, number > 0, True)
        answered(attempt, second, str(number / 2))
        ticked(attempt, third)
    refresh(now=START)
    change(answer)
    check_that_everything_gives_the_same()


def test_after_many_changes_too():
    chance = random.Random(5)
    pool = [published_question().current_version for _ in range(4)]
    answers = []
    for round_ in range(6):
        attempt = finished()
        answers += [ticked(attempt, v, chance.random() < 0.5, True) for v in pool[: 2 + round_ % 3]]
        for _ in range(3):
            answer = chance.choice(answers)
            if Answer.objects.filter(pk=answer.pk).exists():
                chance.choice(list(CHANGES.values()))(Answer.objects.get(pk=answer.pk))
        check_that_everything_gives_the_same()


def test_only_what_changed_is_read():
    first, second, _ = three_versions()
    answered(finished(), first, "1")
    answered(finished(), second, "1")
    refresh(now=START)
    untouched = stored(second).pk
    answered(finished(), first, "0")
    refresh(now=LATER)
    assert stored(second).pk == untouched
    assert stored(first).asked == 2
    assert computed_at() == LATER


def test_where_nothing_changed_nothing_is_computed():
    answered(finished(), published_question().current_version, "1")
    refresh(now=START)
    with CaptureQueriesContext(connection) as captured:
        refresh(now=LATER)
    assert not [q for q in captured if "INSERT INTO attempts_questionstatistics" in q["sql"]]
    assert computed_at() == LATER


def test_a_running_attempt_leaves_no_note_whatever_is_saved():
    attempt = AttemptFactory()
    answer = answered(attempt, published_question().current_version, "")
    ToCount.objects.all().delete()
    for text in ("W", "Wo", "Wor", ""):
        Answer.objects.filter(pk=answer.pk).update(text=text, revision=7, saved_at=START)
    Answer.objects.filter(pk=answer.pk).update(time_spent=timedelta(seconds=9))
    assert not ToCount.objects.exists()


def test_what_was_counted_keeps_no_words():
    answered(finished(), published_question().current_version, "1", text="Secret words.")
    refresh(now=START)
    (row,) = CountedAnswer.objects.values()
    assert "Secret" not in str(row)
    assert not ToCount.objects.exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("was_counted", [False, True])
def test_an_attempt_that_goes_while_it_is_counted_does_not_wait_and_is_forgotten(was_counted):
    attempt = finished()
    answered(attempt, published_question().current_version, "1")
    if was_counted:
        refresh(now=START)
    with Threads(1) as threads, transaction.atomic():
        refresh(now=START, everything=True)
        threads.begin(attempt.delete).result(timeout=20)
    refresh(now=LATER)
    assert not CountedAnswer.objects.exists()
    assert not QuestionStatistics.objects.exists()


def test_in_steps_everything_gives_the_same(monkeypatch):
    first, second, third = three_versions()
    for number in range(7):
        attempt = finished(started_at=START + timedelta(days=20 * number))
        ticked(attempt, first, number > 2, True)
        answered(attempt, second, str(number / 10), seconds=number)
        ticked(attempt, third)
    refresh(now=START)
    before = numbers()
    for name in ("AT_ONCE", "AT_ONCE_OF_ALL"):
        monkeypatch.setattr(counting, name, 2)
    refresh(now=LATER, everything=True)
    assert numbers() == before
    Answer.objects.update(share="0.1")
    check_that_everything_gives_the_same()


def test_until_everything_is_counted_again_pages_have_what_they_had(monkeypatch):
    version = three_versions()[0]
    attempts = sorted((finished() for _ in range(5)), key=lambda attempt: attempt.pk)
    for attempt in attempts:
        ticked(attempt, version, True, True)
    refresh(now=START)
    before = numbers()
    monkeypatch.setattr(counting, "AT_ONCE_OF_ALL", 2)
    for number in range(3):
        refresh(now=LATER, everything=number == 0, seconds=0)
        assert numbers() == before
        assert (computed_at() == LATER) == (number == 2)
        if number == 0:  # one that was counted already
            Answer.objects.filter(attempt=attempts[0]).update(confirmed=[False, False])
    refresh(now=LATER)
    assert stored(version).miss_rates == [0.2, 0.2]


def test_the_sweep_goes_on_with_a_count_that_was_begun(monkeypatch):
    for _ in range(3):
        answered(finished(), three_versions()[0], "1")
    monkeypatch.setattr(counting, "AT_ONCE_OF_ALL", 2)
    monkeypatch.setattr(compute, "ROUND_SECONDS", 0)
    assert refresh_if_old(now=START)
    assert computed_at() is None
    assert refresh_if_old(now=START)
    assert computed_at() == START
    assert not refresh_if_old(now=START)


def test_a_refresh_reads_what_changed_however_many_answers_there_are():
    version, read = three_versions()[0], []
    for many in (3, 30):
        for _ in range(many):
            answer = ticked(finished(), version, True, True)
        refresh(now=START)
        Answer.objects.filter(pk=answer.pk).update(confirmed=[False, True])
        with rows_read(CountedAnswer) as rows:
            refresh(now=LATER)
        read += rows
    assert max(read) <= 3
    assert stored(version).asked == 33
