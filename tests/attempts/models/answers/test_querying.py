"""Which queries mean questions, and which mean the answers to follow-ups too."""

import pytest

from attempts.models import Answer, Attempt
from attempts.owners import Owner
from tests.attempts.follow_ups import asked_back, attempt_with_room, follow_up, question

pytestmark = pytest.mark.django_db


def owner_of(answer: Answer) -> Owner:
    return answer.attempt.owner


def test_queries_about_questions_leave_follow_ups_out():
    answer = asked_back("1000", "0100", "")
    owner = owner_of(answer)
    assert list(Answer.objects.to_questions()) == [answer]
    assert list(Answer.objects.reviews()) == [answer]
    assert list(Answer.objects.shown_to(owner)) == [answer]
    assert list(Answer.objects.drawn_for(owner)) == [answer]


def test_a_blank_follow_up_is_no_review_of_its_question():
    answer = asked_back("1000", "")
    later = answer.follow_ups.get()
    assert (later.opened_at, later.text) != (None, "Something.")
    assert list(Answer.objects.reviews().values_list("pk", flat=True)) == [answer.pk]


def test_an_engine_reads_follow_ups_too():
    answer = asked_back("1000", "", text="Read.")
    later = answer.follow_ups.get()
    assert list(Answer.objects.awaiting_suggestion()) == []
    Answer.objects.filter(pk=later.pk).update(text="Not read yet.")
    assert list(Answer.objects.awaiting_suggestion()) == [later]
    assert set(Answer.objects.written()) == {answer, later}


def test_an_attempt_counts_questions():
    attempt = attempt_with_room()
    first = question(attempt, "1000", number=1)
    follow_up(first, "0100", point=1)
    follow_up(first, "", point=3)
    question(attempt, "", number=2, text="")
    blank = question(attempt, "", number=3, text="")
    follow_up(blank, "1000")
    row = Attempt.objects.with_counts().get(pk=attempt.pk)
    assert (row.asked, row.answered, row.unscored, row.suggested) == (3, 1, 1, 1)
    Answer.objects.filter(pk=first.pk).update(confirmed=[True, False, False, False])
    row = Attempt.objects.with_counts().get(pk=attempt.pk)
    assert (row.unscored, row.suggested) == (1, 1)  # its follow-up is not checked yet
    first.follow_ups.filter(asked_point=1).update(confirmed=[False] * 4)
    row = Attempt.objects.with_counts().get(pk=attempt.pk)
    assert (row.asked, row.answered, row.unscored, row.suggested) == (3, 1, 0, 0)
