"""An interview that its candidate put together asks what matches, and nothing else."""

from datetime import timedelta
from functools import partial

import pytest

from attempts import transitions
from attempts.models import UNNAMED, Attempt, Only, OwnInterview, Schedule
from attempts.owners import Owner
from attempts.rules.draw import CannotFill
from attempts.transitions.personal.own_interviews import (
    MOST_SAVED,
    NameTaken,
    TooManySaved,
    delete_left_over,
    delete_own,
    matching,
    save_own,
    start_own,
)
from attempts.transitions.starting import Pace
from questions.models import Question, Status, Timing
from tests.attempts.candidate import a_guest, after, sent
from tests.factories import START, TopicFactory, interview_of, published_question
from tests.threads import together

pytestmark = pytest.mark.django_db


def own_of(owner: Owner, **fields) -> OwnInterview:
    fields = {"count": 1, "created_at": START, **fields}
    return OwnInterview.objects.create(guest_key=owner.guest_key, **fields)


def draft_of(owner: Owner, **fields) -> OwnInterview:
    """Not stored yet, as a form gives it."""
    fields = {"count": 1, "created_at": START, **fields}
    return OwnInterview(guest_key=owner.guest_key, **fields)


def asked(attempt) -> list[int]:
    return [answer.version.question_id for answer in attempt.answers.all()]


def a_question(topic=None, difficulty=2) -> Question:
    question = published_question(topic)
    question.difficulty = difficulty
    question.save(update_fields=["difficulty"])
    return question


def test_topics_levels_and_status_decide_what_matches():
    first, second, other = TopicFactory.create_batch(3)
    right = [a_question(first, 1), a_question(second, 2)]
    a_question(first, 3)
    a_question(other, 1)
    retired = a_question(first, 1)
    Question.objects.filter(pk=retired.pk).update(status=Status.RETIRED.value)
    own = own_of(a_guest(), topic_ids=[first.pk, second.pk], difficulty_to=2, count=2)
    assert set(matching(own, own.owner)) == set(right)
    attempt = start_own(own, Pace(), now=START)
    assert set(asked(attempt)) == {question.pk for question in right}
    assert (attempt.own_interview, attempt.interview, attempt.number) == (own, None, 1)


def test_only_what_was_not_seen_or_only_what_is_weak():
    owner, interview = a_guest(), interview_of(2)
    seen = [slot.question for slot in interview.slots.all()]
    new = a_question()
    attempt = transitions.start(owner, interview, Pace(), now=START)
    transitions.skip(owner, attempt.pk, 1, sent(""), now=after(5))
    transitions.finish(owner, attempt.pk, now=after(6))
    assert Schedule.objects.owned_by(owner).count() == 2
    for only, expected in [
        (Only.ANY, {*seen, new}),
        (Only.UNSEEN, {new}),
        (Only.WEAK, set(seen)),
    ]:
        own = own_of(owner, only=only.value)
        assert set(matching(own, owner)) == expected
    assert set(matching(own_of(owner, only="unseen"), None)) == {*seen, new}
    assert set(matching(own_of(owner, only="weak"), None)) == set()


@pytest.mark.parametrize(
    ("fields", "limit", "each"),
    [
        ({}, None, 180),
        ({"seconds": 60}, None, 60),
        ({"timing": Timing.TOTAL.value, "seconds": 600}, 600, None),
    ],
)
def test_its_clock_is_as_chosen(fields, limit, each):
    a_question()
    attempt = start_own(own_of(a_guest(), **fields), Pace(), now=START)
    assert attempt.limit == (limit and timedelta(seconds=limit))
    assert attempt.answers.get().limit == (each and timedelta(seconds=each))


def test_it_can_be_repeated_and_has_a_name_if_it_was_given_one():
    owner = a_guest()
    a_question()
    named, unnamed = own_of(owner, name="Before Friday"), own_of(owner)
    for number in (1, 2):
        attempt = start_own(named, Pace(), now=after(number))
        assert (attempt.interview_title, attempt.number) == ("Before Friday", number)
        transitions.finish(owner, attempt.pk, now=after(number + 0.5))
    assert start_own(unnamed, Pace(), now=after(9)).interview_title == UNNAMED


def test_too_few_questions_start_nothing():
    a_question()
    with pytest.raises(CannotFill):
        start_own(own_of(a_guest(), count=2), Pace(), now=START)


def test_the_weakest_come_first_where_only_weak_ones_are_asked():
    owner = a_guest()
    shares = ["0.5", "0.1", "0.3"]
    for share in shares:
        Schedule.objects.create(
            guest_key=owner.guest_key,
            question=a_question(),
            share=share,
            **{"due_at": START, "answered_at": START, "answers": 1},
            **{"stability": 1, "difficulty": 5},
        )
    own = own_of(owner, only="weak", count=2)
    attempt = start_own(own, Pace(), now=START)
    rows = Schedule.objects.filter(question__in=asked(attempt))
    assert sorted(str(row.share) for row in rows) == ["0.1000", "0.3000"]


def test_without_a_clock_it_has_no_limit_and_free_movement_whatever_the_pace():
    a_question()
    own = own_of(a_guest(), timing=Timing.TOTAL.value, has_clock=False)
    attempt = start_own(own, Pace(time_factor=2, think_seconds=30), now=START)
    assert (attempt.untimed, attempt.limit, attempt.deadline_at) == (True, None, None)
    assert not attempt.forward_only


def test_what_is_started_unsaved_is_stored_once_for_all_attempts_on_its_terms():
    owner = a_guest()
    a_question()
    for number in (1, 2):
        attempt = start_own(draft_of(owner), Pace(), now=after(number))
        assert (attempt.interview_title, attempt.number) == (UNNAMED, number)
        transitions.finish(owner, attempt.pk, now=after(number + 0.5))
    assert OwnInterview.objects.count() == 1
    other = start_own(draft_of(owner, seconds=90), Pace(), now=after(9))
    assert (other.number, OwnInterview.objects.count()) == (1, 2)


def test_a_second_press_of_start_stores_nothing():
    owner = a_guest()
    a_question()
    first = start_own(draft_of(owner), Pace(), now=START)
    assert start_own(draft_of(owner, seconds=90), Pace(), now=after(1)) == first
    assert OwnInterview.objects.get() == first.own_interview


def test_too_few_questions_store_nothing():
    with pytest.raises(CannotFill):
        start_own(draft_of(a_guest()), Pace(), now=START)
    assert not OwnInterview.objects.exists()


def test_what_nobody_saved_goes_with_its_last_attempt():
    owner, other = a_guest(), a_guest()
    a_question()
    kept = [own_of(owner, name="Saved"), own_of(other)]
    attempt = start_own(draft_of(owner), Pace(), now=START)
    transitions.finish(owner, attempt.pk, now=after(1))
    Attempt.objects.all().delete()
    started = start_own(draft_of(owner, seconds=90), Pace(), now=after(2))
    assert set(OwnInterview.objects.all()) == {*kept, started.own_interview}


def test_the_sweep_deletes_what_is_left_over_after_a_day():
    owner, day = a_guest(), 24 * 3600
    a_question()
    saved = own_of(owner, name="Saved")
    used = start_own(draft_of(owner, seconds=90), Pace(), now=START).own_interview
    own_of(owner)
    assert delete_left_over(now=after(day)) == 0
    assert delete_left_over(now=after(day + 1)) == 1
    assert set(OwnInterview.objects.all()) == {saved, used}


# --- saving -----------------------------------------------------------------------------------


def test_it_is_saved_under_a_name_and_saving_it_again_changes_nothing():
    owner = a_guest()
    first = save_own(draft_of(owner), "Before Friday")
    assert save_own(draft_of(owner), "before friday") == first
    assert [own.name for own in OwnInterview.objects.owned_by(owner).saved()] == ["Before Friday"]
    assert save_own(draft_of(a_guest()), "Before Friday") != first


def test_a_name_stands_for_one_interview():
    owner = a_guest()
    first, second = (save_own(draft_of(owner), name) for name in ("One", "Two"))
    with pytest.raises(NameTaken):
        save_own(draft_of(owner, count=2), "one")
    with pytest.raises(NameTaken):
        save_own(draft_of(owner), "One", instead_of=second)
    assert {own.pk: own.name for own in OwnInterview.objects.all()} == {
        first.pk: "One",
        second.pk: "Two",
    }


def test_there_is_a_limit_for_each_owner():
    owner = a_guest()
    for number in range(MOST_SAVED):
        last = own_of(owner, name=f"Interview {number}")
    own_of(owner)
    with pytest.raises(TooManySaved):
        save_own(draft_of(owner), "One more")
    save_own(draft_of(owner), "Renamed", instead_of=last)
    save_own(draft_of(owner, count=3), "Changed", instead_of=last)
    save_own(draft_of(a_guest()), "Somebody else's first")
    assert OwnInterview.objects.owned_by(owner).saved().count() == MOST_SAVED


def test_another_name_for_the_same_terms_keeps_the_row():
    owner = a_guest()
    own = save_own(draft_of(owner), "One")
    assert save_own(draft_of(owner), "Other", instead_of=own).pk == own.pk
    assert OwnInterview.objects.get().name == "Other"


def test_other_terms_are_another_interview_and_the_old_one_stays_for_its_attempts():
    owner = a_guest()
    a_question()
    used, unused = (save_own(draft_of(owner, count=n), f"{n}") for n in (1, 2))
    attempt = start_own(used, Pace(), now=START)
    changed = save_own(draft_of(owner, seconds=60), "1", instead_of=used)
    save_own(draft_of(owner, seconds=90), "2", instead_of=unused)
    attempt.refresh_from_db()
    assert attempt.own_interview == used != changed
    names = {own.seconds: own.name for own in OwnInterview.objects.all()}
    assert names == {None: "", 60: "1", 90: "2"}


def test_what_was_started_unsaved_gets_a_name_with_its_attempts():
    owner = a_guest()
    a_question()
    attempt = start_own(draft_of(owner), Pace(), now=START)
    saved = save_own(draft_of(owner), "Kept", instead_of=attempt.own_interview)
    assert saved == attempt.own_interview


def test_deleting_leaves_the_attempts():
    owner = a_guest()
    a_question()
    own = own_of(owner, name="Gone soon")
    attempt = start_own(own, Pace(), now=START)
    delete_own(own)
    attempt.refresh_from_db()
    assert (attempt.own_interview, attempt.interview_title) == (None, "Gone soon")


def test_what_was_deleted_meanwhile_is_neither_started_nor_saved():
    owner = a_guest()
    a_question()
    own = own_of(owner, name="Gone")
    delete_own(OwnInterview.objects.get(pk=own.pk))
    with pytest.raises(OwnInterview.DoesNotExist):
        start_own(own, Pace(), now=START)
    with pytest.raises(OwnInterview.DoesNotExist):
        save_own(draft_of(owner), "New", instead_of=own)
    assert not Attempt.objects.exists()
    assert not OwnInterview.objects.exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_many_saves_at_once_keep_the_limit():
    owner = a_guest()
    for number in range(MOST_SAVED - 2):
        own_of(owner, name=f"Interview {number}")

    def save(number: int) -> bool:
        try:
            return bool(save_own(draft_of(owner), f"New {number}"))
        except TooManySaved:
            return False

    assert sum(together(*(partial(save, number) for number in range(6)))) == 2
    assert OwnInterview.objects.owned_by(owner).saved().count() == MOST_SAVED
