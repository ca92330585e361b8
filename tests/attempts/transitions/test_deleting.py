"""Deleting attempts: what goes, what stays, what follows, and who else writes meanwhile."""

from contextlib import suppress

import pytest
from django.apps import apps

from attempts import transitions
from attempts.models import (
    Answer,
    Attempt,
    CountedAnswer,
    KeptText,
    OwnInterview,
    Practice,
    QuestionNote,
    QuestionStatistics,
    Report,
    ResultLink,
    Schedule,
    Suggestion,
)
from attempts.reports.writing import report
from attempts.statistics.compute import refresh
from attempts.transitions.personal.practising import ask_next, practise
from attempts.transitions.starting import Pace
from tests.attempts.candidate import Candidate, a_guest, a_user, after, start_candidate
from tests.factories import START, interview_of, published_question
from tests.threads import together

pytestmark = pytest.mark.django_db
DAY = 24 * 60 * 60
OWNERS = pytest.mark.parametrize("new_owner", [a_user, a_guest], ids=["user", "guest"])


def with_everything(owner, interview=None, at=0.0):
    """A finished attempt with a row of each kind that belongs to one."""
    interview = interview or interview_of(2, timing="total")
    attempt = transitions.start(owner, interview, Pace(), now=after(at))
    candidate = Candidate(owner, attempt.pk)
    candidate.save(1, "Something true.", at=at + 1)
    candidate.save(1, "from another device", at=at + 2, writer="writer-2")
    candidate.finish(at=at + 5)
    answer = candidate.answer(1)
    found = Suggestion([True, False], [{"confidence": 1, "text": "true"}] * 2, "test-1")
    transitions.store_suggestion(answer.pk, answer.revision, found)
    transitions.say_here(owner, attempt.pk, 1, [True, True], 1, "Something", now=after(at + 6))
    report(owner, attempt.pk, 1, "wrong", "Look.", now=after(at + 7))
    ResultLink.objects.create(
        attempt=attempt,
        token_hash=f"{attempt.pk}",
        created_at=after(at),
        expires_at=after(at + DAY),
    )
    return candidate


def rows_by_model() -> dict:
    models = apps.get_app_config("attempts").get_models()
    return {model.__name__: model.objects.count() for model in models}


@OWNERS
def test_deleting_one_leaves_every_other_row_as_it_was(new_owner):
    owner = new_owner()
    other = with_everything(owner)
    with_everything(new_owner())
    before = rows_by_model()
    gone = with_everything(owner, at=100)

    transitions.delete(owner, gone.pk)

    after_it = rows_by_model()
    for named in ("ToCount", "CountedAnswer"):
        del before[named], after_it[named]
    assert after_it == before
    assert other.attempt.score == 50
    assert not Attempt.objects.filter(pk=gone.pk).exists()


@pytest.mark.parametrize("state", ["running", "discarded", "submitted"])
def test_an_attempt_can_be_deleted_in_every_state(state):
    candidate = start_candidate()
    candidate.save(1, "Mine.", at=1)
    if state != "running":
        getattr(candidate, {"discarded": "discard", "submitted": "finish"}[state])(at=5)
    transitions.delete(candidate.owner, candidate.pk)
    assert not Attempt.objects.exists()
    assert not Answer.objects.exists()


@OWNERS
def test_nobody_deletes_the_attempt_of_another(new_owner):
    theirs = with_everything(a_guest())
    with pytest.raises(Attempt.DoesNotExist):
        transitions.delete(new_owner(), theirs.pk)
    assert theirs.attempt.score == 50


@OWNERS
def test_questions_are_due_as_if_the_attempt_had_never_been(new_owner):
    owner, interview = new_owner(), interview_of(2, timing="total")
    with_everything(owner, interview)
    before = list(Schedule.objects.order_by("question").values())
    second = with_everything(owner, interview, at=9 * DAY)
    assert Schedule.objects.get(question=second.answer(1).version.question).answers == 2

    transitions.delete(owner, second.pk)

    assert list(Schedule.objects.order_by("question").values()) == before


def test_the_only_answer_to_a_question_takes_its_day_along():
    owner = a_user()
    candidate = with_everything(owner)
    assert Schedule.objects.exists()
    transitions.delete(owner, candidate.pk)
    assert not Schedule.objects.exists()


def test_the_statistics_count_it_no_more():
    candidate, other = with_everything(a_user()), with_everything(a_user())
    refresh(now=after(10))
    assert CountedAnswer.objects.count() == 4
    transitions.delete(candidate.owner, candidate.pk)
    refresh(now=after(11))
    assert {row.attempt_id for row in CountedAnswer.objects.all()} == {other.pk}
    rows = QuestionStatistics.objects.filter(version=None)
    assert {row.question_id for row in rows if row.asked} == {
        answer.version.question_id for answer in Answer.objects.all()
    }


@OWNERS
def test_deleting_all_leaves_nothing_of_the_owner_s_and_all_of_others(new_owner):
    owner, other = new_owner(), new_owner()
    for each in (other, owner):
        with_everything(each)
        column, value = each.column
        question = published_question()
        QuestionNote.objects.create(**{column: value}, question=question, note="Mine.")
        OwnInterview.objects.create(**{column: value}, created_at=START)
        practice = practise(each, Practice.Source.QUESTION, "x", [question.pk], now=after(10))
        ask_next(each, practice.pk, now=after(11))
        if each == other:
            before = rows_by_model()
    newest_first = [a.pk for a in Attempt.objects.owned_by(owner).order_by("-started_at")]

    assert transitions.delete_all(owner) == newest_first

    after_it = rows_by_model()
    for named in ("ToCount", "CountedAnswer"):
        del before[named], after_it[named]
    assert after_it == before
    for model in (Attempt, Practice, OwnInterview, QuestionNote, Schedule):
        assert {row.owner for row in model.objects.all()} == {other}


def test_deleting_all_takes_the_running_one_and_its_kept_texts_too():
    candidate = start_candidate(owner=a_user())
    candidate.save(1, "one", at=1)
    candidate.save(1, "other", at=2, writer="writer-2")
    assert KeptText.objects.exists()
    assert transitions.delete_all(candidate.owner) == [candidate.pk]
    assert not KeptText.objects.exists()
    assert transitions.delete_all(candidate.owner) == []


# --- at the same moment -----------------------------------------------------------------------

ROUNDS = 10


def saving(candidate):
    with suppress(Attempt.DoesNotExist):
        candidate.save(1, "typed", at=20)


def finishing(candidate):
    with suppress(Attempt.DoesNotExist):
        candidate.finish(at=20)


def deleting(candidate):
    with suppress(Attempt.DoesNotExist):
        transitions.delete(candidate.owner, candidate.pk)


def deleting_all(candidate):
    transitions.delete_all(candidate.owner)


def suggesting(candidate, answer):
    found = Suggestion([True, False], [{"confidence": 1, "text": None}] * 2, "test-1")
    return transitions.store_suggestion(answer.pk, answer.revision, found)


def reporting(candidate):
    with suppress(Answer.DoesNotExist):
        report(candidate.owner, candidate.pk, 1, "wrong", "Look.", now=after(20))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("delete", [deleting, deleting_all], ids=["one", "all"])
@pytest.mark.parametrize("act", [saving, finishing, deleting, deleting_all])
def test_a_running_attempt_is_gone_whatever_else_is_written(act, delete):
    for _ in range(ROUNDS):
        candidate = start_candidate(owner=a_user())
        together(lambda c=candidate: act(c), lambda c=candidate: delete(c))
        assert not Answer.objects.filter(attempt=candidate.pk).exists()
        assert not Schedule.objects.owned_by(candidate.owner).exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("delete", [deleting, deleting_all], ids=["one", "all"])
def test_an_engine_and_a_report_that_come_too_late_leave_nothing(delete):
    for _ in range(ROUNDS):
        candidate = start_candidate(owner=a_user())
        candidate.save(1, "typed", at=1)
        candidate.finish(at=5)
        answer = candidate.answer(1)
        together(
            lambda c=candidate, a=answer: suggesting(c, a),
            lambda c=candidate: reporting(c),
            lambda c=candidate: delete(c),
        )
        assert not Attempt.objects.filter(pk=candidate.pk).exists()
        assert not Schedule.objects.owned_by(candidate.owner).exists()
        assert not Report.objects.exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_practice_that_asks_its_next_question_meanwhile_leaves_nothing():
    question = published_question()
    for _ in range(ROUNDS):
        owner = a_user()
        practice = practise(owner, Practice.Source.QUESTION, "x", [question.pk], now=after(0))

        def ask(owner=owner, practice=practice):
            with suppress(Practice.DoesNotExist):
                ask_next(owner, practice.pk, now=after(1))

        together(ask, lambda o=owner: transitions.delete_all(o))
        assert not Practice.objects.exists()
        assert not Attempt.objects.exists()
