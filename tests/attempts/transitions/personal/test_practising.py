"""Practice asks one question after another, each in an attempt of its own."""

from datetime import timedelta

import pytest

from attempts import transitions
from attempts.models import Attempt, OwnInterview, Practice, QuestionNote
from attempts.owners import Owner
from attempts.transitions.personal.practising import ask_next, next_question, practise
from attempts.transitions.starting import Pace
from questions.models import Status
from tests.attempts.candidate import a_guest, after
from tests.factories import START, UserFactory, interview_of, published_question

pytestmark = pytest.mark.django_db
SOURCE = Practice.Source.MISSED


def a_practice(owner: Owner, count: int = 2, **how) -> Practice:
    ids = [published_question().pk for _ in range(count)]
    return practise(owner, SOURCE, "What you missed", ids, now=START, **how)


def asked(attempt: Attempt) -> int:
    return attempt.answers.get().version.question_id


def test_each_question_is_an_attempt_of_its_own_until_all_were_asked():
    owner = a_guest()
    practice = a_practice(owner, 2)
    for number, question_id in enumerate(practice.question_ids, start=1):
        attempt = ask_next(owner, practice.pk, now=after(number))
        assert (attempt.practice, attempt.interview, attempt.number) == (practice, None, number)
        assert asked(attempt) == question_id
        assert attempt.answers.get().limit == timedelta(seconds=180)
        transitions.finish(owner, attempt.pk, now=after(number + 0.5))
    assert ask_next(owner, practice.pk, now=after(9)) is None
    assert Attempt.objects.count() == 2


def test_asking_twice_leads_to_the_same_attempt():
    owner = a_guest()
    practice = a_practice(owner)
    first, again = (ask_next(owner, practice.pk, now=after(n)) for n in (1, 2))
    assert first == again
    assert Attempt.objects.count() == 1


def test_without_a_clock_nothing_ends_it():
    owner = a_guest()
    attempt = ask_next(owner, a_practice(owner, has_clock=False).pk, now=START)
    assert (attempt.untimed, attempt.deadline_at) == (True, None)


def test_what_runs_already_goes_first():
    owner = a_guest()
    running = transitions.start(owner, interview_of(2), Pace(), now=START)
    assert ask_next(owner, a_practice(owner).pk, now=after(1)) == running


def test_a_retired_question_is_left_out_and_one_that_was_asked_does_not_return():
    owner = a_guest()
    practice = a_practice(owner, 3)
    question = next_question(practice)
    question.status = Status.RETIRED.value
    question.save(update_fields=["status"])
    attempt = ask_next(owner, practice.pk, now=START)
    assert asked(attempt) == practice.question_ids[1]
    transitions.discard(owner, attempt.pk, now=after(1))
    assert asked(ask_next(owner, practice.pk, now=after(2))) == practice.question_ids[2]


def test_a_practice_is_its_owners_alone():
    practice = a_practice(a_guest())
    with pytest.raises(Practice.DoesNotExist):
        ask_next(a_guest(), practice.pk, now=START)
    assert not Attempt.objects.exists()


def test_it_has_questions_each_once():
    with pytest.raises(ValueError, match="at least one"):
        practise(a_guest(), SOURCE, "Nothing", [], now=START)
    question = published_question()
    practice = practise(a_guest(), SOURCE, "Twice", [question.pk, question.pk], now=START)
    assert practice.question_ids == [question.pk]


def test_what_a_guest_has_moves_with_the_attempts_and_notes_are_joined():
    user, guest = UserFactory(), a_guest()
    account = Owner(user_id=user.pk)
    practice = a_practice(guest)
    ask_next(guest, practice.pk, now=START)
    OwnInterview.objects.create(guest_key=guest.guest_key, created_at=START)
    first, second = practice.question_ids
    for owner, question, note, marked in [
        (guest, first, "Mine as a guest.", True),
        (guest, second, "Only a guest's.", False),
        (account, first, "Mine.", False),
    ]:
        QuestionNote.objects.create(
            user_id=owner.user_id,
            guest_key=owner.guest_key,
            question_id=question,
            note=note,
            is_bookmarked=marked,
        )
    transitions.claim(guest.guest_key, user, now=after(5))
    for model in (Attempt, Practice, OwnInterview, QuestionNote):
        assert {row.owner for row in model.objects.all()} == {account}
    notes = {note.question_id: note for note in QuestionNote.objects.all()}
    assert notes[first].note == "Mine.\n\nMine as a guest."
    assert notes[first].is_bookmarked
    assert notes[second].note == "Only a guest's."


def test_what_a_browser_forgets_leaves_nothing_behind():
    guest, other = a_guest(), a_guest()
    for owner in (guest, other):
        practice = a_practice(owner)
        QuestionNote.objects.create(
            guest_key=owner.guest_key, question_id=practice.question_ids[0], note="Mine."
        )
        OwnInterview.objects.create(guest_key=owner.guest_key, created_at=START)
    transitions.delete_all(guest)
    for model in (Practice, OwnInterview, QuestionNote):
        assert {row.owner for row in model.objects.all()} == {other}
