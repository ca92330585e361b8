"""A file tells no more than the pages do: not what a practice will ask, nor what a running attempt
made, nor new words of a question.
"""

from datetime import timedelta

import pytest

from attempts.models import Answer, Practice, QuestionNote, Suggestion
from attempts.owners import Owner
from attempts.transitions import staff, store_suggestion
from attempts.transitions.personal.practising import ask_next, practise
from quizsite.clock import database_now
from tests.attempts.candidate import EACH, TOTAL, start_candidate
from tests.attempts.own_data.everything import read_download
from tests.factories import UserFactory, VersionFactory, published_question
from tests.plain_browser import logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return UserFactory()


def everything(user):
    response = logged_in(user).get("/attempts/download/")
    return read_download(response.getvalue())


def hidden_question():
    question = published_question(prompt="Secret words?")
    question.slug = "secret-words"
    question.save(update_fields=["slug"])
    return question


def test_a_practice_does_not_tell_what_it_has_not_asked(user):
    owner, asked, hidden = Owner(user_id=user.pk), published_question(), hidden_question()
    ids, now = [asked.pk, hidden.pk], database_now()
    practice = practise(owner, Practice.Source.TOPIC, "P", ids, now=now)
    attempt = ask_next(owner, practice.pk, now=now)
    Answer.objects.filter(attempt=attempt).update(shown_at=now)
    got = everything(user)
    assert "ecret" not in str(got.everything)
    (row,) = got.everything["practices"]
    assert row["question_ids"] == ids
    assert row["questions"] == [asked.slug, None]


def test_a_bookmark_does_not_tell_what_was_not_asked(user):
    hidden = hidden_question()
    note = QuestionNote.objects.create(user=user, question=hidden, is_bookmarked=True)
    got = everything(user)
    assert "ecret" not in str(got.everything)
    (row,) = got.everything["notes"]
    assert (row["question_id"], row["question"], row["prompt"]) == (hidden.pk, None, None)

    note.shows_prompt = True
    note.save()
    (row,) = everything(user).everything["notes"]
    assert (row["question"], row["prompt"]) == ("secret-words", "Secret words?")


def test_a_changed_question_is_told_as_it_was_asked(user):
    owner = Owner(user_id=user.pk)
    candidate = start_candidate(EACH, 1, owner=owner)
    candidate.submit(1, "Something true.", at=5)
    answer = candidate.answer(1)
    store_suggestion(answer.pk, answer.revision, Suggestion([True, False], [], "test-1"))
    question = answer.version.question
    question.current_version = VersionFactory(question=question, number=2, prompt="Secret words?")
    question.save()
    QuestionNote.objects.create(user=user, question=question, note="Mine.")
    got = everything(user)
    assert "ecret" not in str(got.everything)
    for name in ("notes", "schedules"):
        (row,) = got.everything[name]
        assert row["prompt"] == answer.version.prompt


def test_a_reopened_answer_does_not_tell_what_it_made(user):
    owner = Owner(user_id=user.pk)
    candidate = start_candidate(TOTAL, 1, owner=owner)
    candidate.save(1, "Something true.", at=5)
    candidate.finish(at=6)
    answer = candidate.answer(1)
    store_suggestion(answer.pk, answer.revision, Suggestion([True, False], [], "test-1"))
    Answer.objects.update(regrade_note="Point two is wrong.")
    (row,) = everything(user).everything["answers"]
    assert (row["share"], row["regrade_note"]) == (0.5, "Point two is wrong.")

    staff.reopen(candidate.pk, timedelta(minutes=5), why="x", now=database_now())
    (row,) = everything(user).everything["answers"]
    assert (row["share"], row["regrade_note"]) == (None, None)
    assert row["text"] == "Something true."
