"""The two statements of an autosave, which are compiled from the models."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from attempts.models import Answer, Attempt
from attempts.transitions.autosave_sql import lock_answer, write_answer
from quizsite.clock import database_now
from tests.attempts.candidate import a_guest, a_user, after, start_candidate
from tests.threads import Threads, wait_until_blocked

JSON = {"evidence"}


def plain_values(row) -> dict:
    names = {field.attname for field in row._meta.concrete_fields} - JSON
    return {name: value for name, value in vars(row).items() if name in names}


@pytest.mark.django_db
@pytest.mark.parametrize("make_owner", [a_user, a_guest])
def test_it_reads_both_rows_as_the_models_have_them(make_owner):
    candidate = start_candidate(owner=make_owner())
    candidate.save(2, "written", at=5, revision=0)
    Answer.objects.filter(attempt=candidate.pk, position=2).update(
        suggested=[True, False], evidence=[{}, {}], share=Decimal("0.5")
    )

    locked = lock_answer(candidate.owner, candidate.pk, 2, after(6))

    assert plain_values(locked.answer) == plain_values(candidate.answer(2))
    assert plain_values(locked.attempt) == plain_values(candidate.attempt)
    assert locked.answer.get_deferred_fields() == JSON
    assert locked.answer.attempt is locked.attempt
    assert locked.now == after(6)
    assert locked.answer.evidence == [{}, {}]


@pytest.mark.django_db
def test_without_now_it_is_the_time_of_arrival():
    candidate = start_candidate()
    before = database_now()
    locked = lock_answer(candidate.owner, candidate.pk, 1)
    assert before <= locked.now <= database_now()


@pytest.mark.django_db
@pytest.mark.parametrize("stranger", [a_user, a_guest, lambda: None])
def test_an_answer_of_somebody_else_is_not_there(stranger):
    candidate = start_candidate(owner=a_user())
    with pytest.raises(Attempt.DoesNotExist):
        lock_answer(stranger(), candidate.pk, 1)


@pytest.mark.django_db
def test_it_writes_the_named_fields_of_that_answer_alone():
    candidate = start_candidate()
    others = [plain_values(candidate.answer(position)) for position in (2, 3)]
    answer = candidate.answer(1)
    values = {
        "text": "100 % “ok” %s",
        "saved_at": after(5),
        "time_spent": timedelta(seconds=3),
        "suggested": [True, False],
        "confirmed": None,
        "share": Decimal("0.5"),
    }
    for name, value in values.items():
        setattr(answer, name, value)
    answer.writer = "not stored"

    write_answer(answer, tuple(values))

    stored = candidate.answer(1)
    assert {name: getattr(stored, name) for name in values} == values
    assert stored.writer == ""
    assert [plain_values(candidate.answer(position)) for position in (2, 3)] == others


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_it_locks_the_attempt_before_the_answer():
    candidate = start_candidate()
    with Threads(1) as threads:
        with transaction.atomic():
            Answer.objects.select_for_update().get(attempt=candidate.pk, position=1)
            waiting = threads.begin(lambda: candidate.save(1, "typed", at=5))
            wait_until_blocked()
            with pytest.raises(DatabaseError), transaction.atomic():
                Attempt.objects.select_for_update(nowait=True).get(pk=candidate.pk)
        waiting.result(timeout=20)
    assert candidate.answer(1).text == "typed"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_it_locks_the_answer_too():
    candidate = start_candidate()
    with transaction.atomic():
        lock_answer(candidate.owner, candidate.pk, 1)

        def lock_elsewhere():
            with transaction.atomic():
                Answer.objects.select_for_update(nowait=True).get(attempt=candidate.pk, position=1)

        with Threads(1) as threads, pytest.raises(DatabaseError):
            threads.begin(lock_elsewhere).result(timeout=20)
