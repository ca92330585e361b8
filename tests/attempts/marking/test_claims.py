"""An answer that one process has sent to a server is not sent again by another one."""

import threading

import pytest
from django.db import connection

from attempts.marking import suggesting
from attempts.marking.claims import claimed
from tests.attempts.marking.answers import answered


def claim_elsewhere(answer_id: int) -> bool:
    """Whether another connection gets it."""
    got = []

    def claim() -> None:
        with claimed(answer_id) as is_ours:
            got.append(is_ours)
        connection.close()

    thread = threading.Thread(target=claim)
    thread.start()
    thread.join()
    return got[0]


@pytest.mark.django_db(transaction=True)
def test_one_at_a_time_has_an_answer():
    with claimed(1) as is_ours:
        assert is_ours
        assert not claim_elsewhere(1)
        assert claim_elsewhere(2)
    assert claim_elsewhere(1)


@pytest.mark.django_db(transaction=True)
def test_it_is_free_again_after_an_error():
    with pytest.raises(ZeroDivisionError), claimed(1):
        raise ZeroDivisionError
    assert claim_elsewhere(1)


@pytest.mark.django_db(transaction=True)
def test_what_another_process_is_at_is_passed_over():
    answer = answered()
    free, held = threading.Event(), threading.Event()

    def hold() -> None:
        with claimed(answer.pk):
            held.set()
            free.wait(30)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(30)
    try:
        assert not suggesting.suggest(answer.pk)
    finally:
        free.set()
        thread.join()
    assert suggesting.suggest(answer.pk)
