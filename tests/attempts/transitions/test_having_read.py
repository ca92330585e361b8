"""The processes that make suggestions are told of answers that wait, once they may read them."""

import pytest
from django.db import transaction

from attempts import transitions
from attempts.models import TO_READ, Answer
from attempts.transitions import FollowUp
from attempts.transitions.starting import Pace
from quizsite.database.notifications import Listener
from tests.attempts.asking.candidates import asking_interview
from tests.attempts.candidate import EACH, TOTAL, Candidate, a_guest, after, start_candidate
from tests.attempts.marking.answers import suggestion

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def is_told():
    """Whether they have been told something since the last time."""
    listener = Listener(TO_READ)
    assert listener.wait(1)
    yield lambda: listener.wait(0.2)
    listener.close()


def test_a_submit_tells_where_it_closes_the_answer(is_told):
    candidate = start_candidate(EACH)
    candidate.save(1, "Some", at=1)
    assert not is_told()
    candidate.submit(1, "Something.", at=2, sequence=2)
    assert is_told()
    candidate.skip(2, "", at=3)
    assert not is_told(), "there is nothing to read"
    candidate.submit(3, "Else.", at=4, sequence=3)
    assert is_told(), "it has ended"


@pytest.mark.parametrize("end", ["finish", "sweep"])
def test_the_end_tells(is_told, end):
    candidate = start_candidate(TOTAL)
    candidate.submit(1, "Something.", at=2)
    assert not is_told(), "it may still change"
    if end == "finish":
        candidate.finish(at=3)
    else:
        assert transitions.finish_overdue(now=after(1000)) == 1
    assert is_told()


def test_an_attempt_without_texts_or_without_a_score_tells_nothing(is_told):
    start_candidate(TOTAL).finish(at=3)
    discarded = start_candidate(TOTAL)
    discarded.submit(1, "Something.", at=2)
    discarded.discard(at=3)
    assert not is_told()


def test_what_is_undone_tells_nothing(is_told):
    candidate = start_candidate(EACH)
    with transaction.atomic():
        candidate.submit(1, "Something.", at=2)
        transaction.set_rollback(True)
    assert not is_told()


@pytest.mark.parametrize(
    ("read", "is_stored"),
    [
        (FollowUp("Something.", None, suggestion([False, True, False], "minilm-4")), True),
        (FollowUp("Some other text.", None, suggestion([False, True, False], "minilm-4")), False),
        (FollowUp("Something.", None, None), False),  # a model's server is asked first
    ],
    ids=["this text", "another text", "for another engine"],
)
def test_what_was_read_before_the_submit_waits_for_nobody(is_told, read, is_stored):
    owner = a_guest()
    attempt = transitions.start(owner, asking_interview(), Pace(), now=after(0))
    Candidate(owner, attempt.pk).submit(1, "Something.", at=2, follow_up=read)
    answer = Answer.objects.get(attempt=attempt, position=1)
    assert bool(answer.engine) == is_stored
    assert (answer.share is not None) == is_stored
    assert is_told() != is_stored
