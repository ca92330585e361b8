"""What can go wrong in a timed interview, by its number on the list of hazards, without pages.

The hazards that need a browser, HTTP or two threads are tested beside the code that they concern.
"""

import pytest
from django.db import Error, transaction
from django.db.models import ProtectedError

from attempts import transitions
from attempts.models import Attempt
from attempts.rules.draw import CannotFill
from attempts.rules.lifecycle import State
from attempts.rules.save_verdicts import GRACE, Verdict
from attempts.transitions.starting import Pace
from questions.bank.versions import save_texts
from questions.models import Interview, Question, QuestionVersion, Slot, Status
from tests.attempts.candidate import EACH, TOTAL, Candidate, a_guest, a_user, after, start_candidate
from tests.factories import InterviewFactory, published_question

pytestmark = pytest.mark.django_db
both_timings = pytest.mark.parametrize("timing", [TOTAL, EACH])


# --- time -----------------------------------------------------------------------------------


@both_timings
def test_hazard_01_a_save_just_after_its_grace_is_kept_and_not_counted(timing):
    candidate = start_candidate(timing, 1)
    candidate.save(1, "in time", at=59)

    late = candidate.save(1, "in time, and too late", at=60 + GRACE.seconds + 0.001, sequence=2)

    assert late.verdict == Verdict.LATE
    assert (candidate.answer(1).text, candidate.answer(1).revision) == ("in time", 1)
    assert candidate.kept == [("late", "in time, and too late")]


@pytest.mark.parametrize("act", [Candidate.save, Candidate.submit, Candidate.skip])
@both_timings
def test_hazard_02_what_arrived_in_time_counts_however_late_it_is_processed(timing, act):
    candidate = start_candidate(timing, 1)
    transitions.finish_overdue(now=after(5000))

    saved = act(candidate, 1, "arrived in time", at=59)

    assert saved.verdict == Verdict.ACCEPTED
    assert candidate.answer(1).text == "arrived in time"
    assert (candidate.attempt.state, candidate.attempt.finished_at) == (State.EXPIRED, after(60))


@both_timings
def test_hazard_03_finish_after_the_deadline_is_dated_at_the_deadline(timing):
    candidate = start_candidate(timing, 1)
    candidate.save(1, "stored", at=10)
    candidate.finish(at=3600)
    assert (candidate.attempt.state, candidate.attempt.finished_at) == (State.EXPIRED, after(60))
    assert candidate.answer(1).text == "stored"


@both_timings
def test_hazard_07_when_nobody_comes_back_it_ends_once_at_its_deadline(timing):
    candidate = start_candidate(timing, 2)
    candidate.save(1, "and then left", at=10)

    ended = [transitions.finish_overdue(now=after(at)) for at in (119, 120, 121, 9999)]

    assert ended == [0, 1, 0, 0]
    assert (candidate.attempt.finished_at, candidate.attempt.finish_reason) == (
        after(120),
        "deadline",
    )
    assert candidate.answer(1).text == "and then left"


@both_timings
def test_hazard_08_a_changed_time_limit_leaves_running_attempts_alone(timing):
    candidate = start_candidate(timing, 2)
    Interview.objects.update(seconds=1)
    Slot.objects.update(seconds=1)
    Question.objects.update(seconds=1)

    candidate.settle(at=59)

    assert candidate.attempt.deadline_at == after(120)
    assert candidate.save(1, "still on", at=59).verdict == Verdict.ACCEPTED


def test_hazard_10_the_last_text_counts_a_little_after_the_bell_and_the_server_decides():
    candidate = start_candidate(EACH, 2)
    candidate.settle(at=60.5)
    last = candidate.save(1, "what stood in the box", at=61, automatic=True, at_bell=True)
    assert last.verdict == Verdict.ACCEPTED
    assert candidate.open_positions == [2]


# --- repeats, order, two writers ------------------------------------------------------------


@both_timings
def test_hazard_11_everything_twice_has_one_effect(timing):
    candidate = start_candidate(timing, 3)
    assert start_candidate(timing, owner=candidate.owner, at=1).pk == candidate.pk
    for at in (10, 10.1):
        candidate.submit(1, "one", at=at)
    assert candidate.open_positions == [2]
    for at in (20, 20.1):
        candidate.finish(at=at)
    assert candidate.attempt.finished_at == after(20)


@both_timings
def test_hazard_12_submitting_after_finishing_changes_nothing(timing):
    candidate = start_candidate(timing, 2)
    candidate.submit(1, "one", at=10)
    candidate.finish(at=20)
    before = list(candidate.attempt.answers.values())

    for position in (1, 2):
        assert candidate.submit(position, "changed", at=21, sequence=2).verdict == Verdict.LATE

    assert list(candidate.attempt.answers.values()) == before
    assert candidate.attempt.finished_at == after(20)


@both_timings
def test_hazard_13_an_old_save_never_counts_again(timing):
    candidate = start_candidate(timing, 1)
    candidate.save(1, "old", at=10, sequence=1)
    candidate.save(1, "new", at=11, sequence=2)
    assert candidate.save(1, "old", at=12, sequence=1).verdict == Verdict.ALREADY
    candidate.save(1, "newest", at=13, revision=2, writer="writer-2")
    assert candidate.save(1, "old", at=14, sequence=1).verdict == Verdict.CONFLICT
    assert candidate.save(1, "new", at=86_400, sequence=2).verdict == Verdict.LATE
    assert candidate.answer(1).text == "newest"


@both_timings
def test_hazard_14_an_autosave_in_flight_does_not_undo_the_submitted_text(timing):
    candidate = start_candidate(timing, 2)
    candidate.save(1, "half", at=10, sequence=1, automatic=True)
    candidate.submit(1, "half and the rest", at=10.1, sequence=3)
    overtaken = candidate.save(1, "half and", at=10.2, sequence=2, automatic=True)
    assert overtaken.verdict == Verdict.ALREADY
    assert candidate.answer(1).text == "half and the rest"


def test_hazard_15_a_retry_after_a_lost_reply_is_neither_error_nor_conflict():
    candidate = start_candidate()
    for at in (10, 12):
        candidate.save(1, "typed", at=at, revision=0, sequence=1)
    on = candidate.save(1, "typed on", at=13, revision=0, sequence=2)
    assert (on.verdict, on.answer.revision) == (Verdict.ACCEPTED, 2)
    assert candidate.kept == []


def test_hazard_15_a_submit_repeated_after_a_lost_reply_hands_in_once():
    candidate = start_candidate(EACH, 1)
    for at in (10, 12):
        candidate.submit(1, "typed", at=at)
    assert (candidate.attempt.state, candidate.attempt.finished_at) == (State.SUBMITTED, after(10))
    assert candidate.kept == []


@pytest.mark.parametrize("stranger", [a_user, a_guest])
def test_hazard_18_a_strangers_id_opens_nothing(stranger):
    candidate = start_candidate()
    candidate.save(1, "mine", at=5)
    intruder = Candidate(stranger(), candidate.pk)
    acts = [
        lambda: intruder.save(1, "theirs", at=6, chosen=True),
        lambda: intruder.finish(at=6),
        lambda: intruder.discard(at=6),
        lambda: intruder.settle(at=6),
    ]
    for act in acts:
        with pytest.raises(Attempt.DoesNotExist):
            act()
    assert (candidate.answer(1).text, candidate.attempt.state) == ("mine", State.RUNNING)


# --- content --------------------------------------------------------------------------------

AWKWARD = {
    "new lines as Windows writes them": "one\r\ntwo\r\n",
    "a leading new line": "\n\nafter two empty lines",
    "tabs and trailing spaces": "\tdef f():  \n\t\treturn 1   ",
    "code": "if a < b && c > d:\n    print(f\"{x!r}\\n\" % '%s')",
    "markup": "<script>alert('x')</script><svg onload=alert(1)>{{ 7|add:7 }}{% now 'Y' %}",
    "quotes": """'; DROP TABLE attempts_attempt; -- " ` \\ $$""",
    "scripts and signs": "שלום عربى 日本語 🧑‍💻 e\u0301 \u202e \u200b \ufeff",
    "as long as it may be": "🧵" * 20_000,
}


@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD)
def test_hazard_25_and_26_any_text_comes_back_as_it_was_typed(text):
    candidate = start_candidate()
    candidate.save(1, text, at=5)
    candidate.save(1, f"{text}!", at=6, writer="writer-2")
    assert candidate.answer(1).text == text
    assert candidate.kept == [("other", f"{text}!")]
    assert candidate.save(1, text, at=7).verdict == Verdict.ALREADY


def test_hazard_27_a_question_edited_and_retired_meanwhile_is_asked_and_shown_as_it_was():
    candidate = start_candidate(TOTAL, 2)
    question = candidate.answer(1).version.question
    asked = candidate.answer(1).version.prompt
    new = {**question.current_version.texts(), "prompt": "Something else?", "key_points": ["One."]}
    save_texts(question, new, now=after(5))
    Question.objects.update(status=Status.RETIRED.value)
    Interview.objects.update(is_active=False)

    candidate.save(1, "an answer", at=10)
    candidate.finish(at=20)
    candidate.mark(1, [True, True], at=30)

    assert candidate.answer(1).version.prompt == asked
    assert candidate.attempt.score == 50


def test_hazard_27_a_question_that_was_asked_cannot_be_deleted_or_rewritten():
    candidate = start_candidate(TOTAL, 1)
    version = candidate.answer(1).version
    with pytest.raises(ProtectedError):
        version.delete()
    with pytest.raises(Error), transaction.atomic():
        QuestionVersion.objects.filter(pk=version.pk).update(prompt="Something else?")
    assert candidate.answer(1).version.prompt == version.prompt


def test_hazard_27_an_attempt_outlives_its_interview():
    candidate = start_candidate(TOTAL, 1)
    title = candidate.attempt.interview.name
    candidate.save(1, "an answer", at=10)
    Interview.objects.all().delete()

    candidate.finish(at=20)

    assert (candidate.attempt.interview, candidate.attempt.interview_title) == (None, title)
    assert candidate.answer(1).text == "an answer"


@both_timings
@pytest.mark.parametrize(("bank", "count"), [(0, 1), (2, 3), (2, None)])
def test_hazard_28_what_cannot_be_drawn_is_not_started(timing, bank, count):
    for _ in range(bank):
        published_question()
    interview = InterviewFactory(timing=timing, seconds=600)
    if count is not None:
        Slot.objects.create(interview=interview, position=1, count=count)
    with pytest.raises(CannotFill) as caught:
        transitions.start(a_guest(), interview, Pace(), now=after(0))
    assert len(caught.value.empty) == 1
    assert Attempt.objects.count() == 0


def test_hazard_29_no_points_and_not_scored_are_two_things():
    unscored, no_points, empty = (start_candidate(TOTAL, 1) for _ in range(3))
    for candidate in (unscored, no_points):
        candidate.save(1, "an answer", at=5)
    for candidate in (unscored, no_points, empty):
        candidate.finish(at=10)
    no_points.mark(1, [False, False], at=20)
    assert [s.attempt.score for s in (unscored, no_points, empty)] == [None, 0, 0]
    assert [s.answer(1).share for s in (unscored, no_points, empty)] == [None, 0, None]
