from datetime import timedelta
from decimal import Decimal

import pytest

from attempts import transitions
from attempts.models import Answer, Attempt
from attempts.owners import Owner
from attempts.rules.draw import CannotFill
from attempts.rules.lifecycle import State
from attempts.transitions.starting import Pace
from attempts.transitions.starts.drawing import draw_questions
from questions.bank.versions import save_texts
from questions.models import Interview, Slot, Status
from tests.attempts.candidate import EACH, TOTAL, a_guest, a_user, after, start_candidate
from tests.factories import START, InterviewFactory, TopicFactory, interview_of, published_question

pytestmark = pytest.mark.django_db


def start(interview, *, owner=None, pace=None, at=0, seed=1):
    owner = owner or a_guest()
    return transitions.start(owner, interview, pace or Pace(), now=after(at), seed=seed)


def limits(attempt):
    return [answer.limit and answer.limit.total_seconds() for answer in attempt.answers.all()]


def asked(attempt):
    return [answer.version.question_id for answer in attempt.answers.all()]


def drawing(count, **rule):
    """An interview with one clock for all that draws so many questions of the whole bank."""
    interview = InterviewFactory(timing=TOTAL, seconds=600)
    Slot.objects.create(interview=interview, position=1, count=count, **rule)
    return interview


def test_an_attempt_starts_running_with_its_first_question_open():
    interview = interview_of(3, timing=TOTAL, name="Screening")
    owner = a_user()

    attempt = Attempt.objects.get(pk=start(interview, owner=owner).pk)

    assert (attempt.state, attempt.started_at) == (State.RUNNING, START)
    assert (attempt.user_id, attempt.guest_key) == (owner.user_id, "")
    assert (attempt.interview, attempt.interview_title) == (interview, "Screening")
    assert (attempt.number, attempt.score, attempt.finished_at) == (1, None, None)
    answers = list(attempt.answers.all())
    assert [answer.position for answer in answers] == [1, 2, 3]
    assert [answer.opened_at for answer in answers] == [START, None, None]
    assert all(answer.text == "" and answer.revision == 0 for answer in answers)


def test_questions_are_asked_in_the_order_of_the_slots_in_their_current_version():
    interview = interview_of(3, timing=TOTAL)
    expected = [slot.question.current_version_id for slot in interview.slots.all()]
    assert list(start(interview).answers.values_list("version", flat=True)) == expected


@pytest.mark.parametrize(
    ("pace", "seconds"),
    [
        (Pace(), 180),
        (Pace(time_factor=Decimal("1.5")), 270),
        (Pace(time_factor=Decimal(10)), 1800),
        (Pace(think_seconds=30), 270),
        (Pace(time_factor=Decimal(2), think_seconds=30), 540),
        (Pace(at_deadline="overtime"), 180),
    ],
)
def test_one_clock_for_all_runs_for_the_interviews_time_at_the_candidates_pace(pace, seconds):
    attempt = start(interview_of(3, timing=TOTAL), pace=pace)
    assert attempt.limit == timedelta(seconds=seconds)
    assert attempt.deadline_at == after(seconds)
    assert limits(attempt) == [None, None, None]


@pytest.mark.parametrize(
    ("pace", "seconds"),
    [
        (Pace(), 60),
        (Pace(time_factor=Decimal("1.25")), 75),
        (Pace(think_seconds=15), 75),
        (Pace(time_factor=Decimal(3), think_seconds=10), 210),
    ],
)
def test_a_questions_clock_runs_for_its_time_at_the_candidates_pace(pace, seconds):
    attempt = start(interview_of(3, timing=EACH), pace=pace)
    assert limits(attempt) == [seconds] * 3
    assert attempt.limit is None
    assert attempt.deadline_at == after(3 * seconds)


def test_a_slot_without_seconds_takes_the_questions_suggestion():
    interview = InterviewFactory(timing=EACH)
    question = published_question(seconds=240)
    Slot.objects.create(interview=interview, position=1, question=question)
    assert limits(start(interview)) == [240]


@pytest.mark.parametrize("timing", [TOTAL, EACH])
def test_without_a_limit_there_is_no_deadline(timing):
    attempt = start(interview_of(2, timing=timing), pace=Pace(time_factor=None, think_seconds=30))
    assert (attempt.untimed, attempt.deadline_at, attempt.limit) == (True, None, None)
    assert limits(attempt) == [None, None]


def test_what_was_chosen_is_recorded():
    pace = Pace(time_factor=Decimal("1.5"), think_seconds=30, at_deadline="overtime")
    attempt = Attempt.objects.get(pk=start(interview_of(1), pace=pace).pk)
    assert (attempt.time_factor, attempt.think_seconds) == (Decimal("1.5"), 30)
    assert attempt.at_deadline == "overtime"


def test_starting_again_gives_the_attempt_that_runs_already():
    owner, interview = a_guest(), interview_of(2)
    first = start(interview, owner=owner)
    assert start(interview, owner=owner, at=10) == first
    assert start(interview_of(2), owner=owner, at=10) == first
    assert Attempt.objects.count() == 1


def test_an_attempt_whose_time_is_up_does_not_stand_in_the_way():
    owner, interview = a_guest(), interview_of(1, seconds_each=60)
    first = start(interview, owner=owner)

    second = start(interview, owner=owner, at=61)

    assert second != first
    first.refresh_from_db()
    assert (first.state, first.finished_at) == (State.EXPIRED, after(60))


def test_runs_of_one_interview_are_numbered_for_each_owner():
    owner, interview, other = a_guest(), interview_of(1), interview_of(1)
    numbers = []
    for at, which in enumerate([interview, other, interview]):
        attempt = start(which, owner=owner, at=at)
        transitions.discard(owner, attempt.pk, now=after(at))
        numbers.append(attempt.number)
    assert numbers == [1, 1, 2]
    assert start(interview).number == 1


def test_two_owners_run_their_attempts_at_the_same_time():
    interview = interview_of(1)
    start(interview)
    start(interview, owner=Owner(guest_key="guest-1"))
    start(interview, owner=Owner(guest_key="guest-2"))
    assert Attempt.objects.running().count() == 3


def test_two_attempts_draw_different_questions_while_there_are_unseen_ones():
    owner = a_guest()
    bank = {published_question().pk for _ in range(6)}
    interview = drawing(3)
    first = start(interview, owner=owner, seed=1)
    transitions.finish(owner, first.pk, now=after(10))
    second = start(interview, owner=owner, at=20, seed=2)
    assert set(asked(first)) | set(asked(second)) == bank


def test_when_all_are_seen_those_seen_longest_ago_come_back():
    owner = a_guest()
    for _ in range(4):
        published_question()
    first, second, third = (_drawn_and_finished(drawing(2), owner, at) for at in (0, 1000, 2000))
    assert set(first) == set(third)
    assert not set(first) & set(second)


def _drawn_and_finished(interview, owner, at):
    attempt = start(interview, owner=owner, at=at, seed=at)
    transitions.finish(owner, attempt.pk, now=after(at + 1))
    return asked(attempt)


def test_a_new_version_of_a_seen_question_is_still_a_seen_question():
    owner, seen, unseen = a_guest(), published_question(), published_question()
    attempt = start(drawing(1), owner=owner)
    other = unseen if asked(attempt) == [seen.pk] else seen
    drawn = seen if other is unseen else unseen
    transitions.discard(owner, attempt.pk, now=after(1))
    texts = {**drawn.current_version.texts(), "prompt": "Put otherwise?"}
    save_texts(drawn, texts, now=after(2))

    assert asked(start(drawing(1), owner=owner, at=3)) == [other.pk]


def test_what_others_saw_does_not_matter():
    published_question(), published_question()
    interview = drawing(1)
    mine = [asked(start(interview, owner=Owner(guest_key=f"g{i}"), seed=3)) for i in range(5)]
    assert len(set(map(tuple, mine))) == 1


def test_drafts_and_retired_questions_are_not_drawn():
    for status in (Status.DRAFT, Status.RETIRED):
        question = published_question()
        question.status = status.value
        question.save()
    with pytest.raises(CannotFill):
        start(drawing(1))


def test_a_draw_keeps_to_topic_and_difficulty():
    topic = TopicFactory()
    for difficulty in (1, 2, 3):
        published_question(topic, difficulty=difficulty)
        published_question(difficulty=difficulty)
    interview = drawing(2, topic=topic, difficulty_from=2, difficulty_to=3)
    versions = [answer.version for answer in start(interview).answers.all()]
    assert {v.question.topic for v in versions} == {topic}
    assert {v.question.difficulty for v in versions} == {2, 3}


def test_a_draw_that_cannot_be_filled_starts_nothing():
    published_question()
    with pytest.raises(CannotFill) as caught:
        start(drawing(3))
    assert caught.value.empty == [1, 2]
    assert (Attempt.objects.count(), Answer.objects.count()) == (0, 0)


@pytest.mark.parametrize("timing", [TOTAL, EACH])
def test_an_interview_without_slots_starts_nothing(timing):
    interview = InterviewFactory(timing=timing, seconds=600)
    with pytest.raises(CannotFill):
        start(interview)
    assert Attempt.objects.count() == 0


def test_the_same_seed_starts_the_same_interview():
    for _ in range(10):
        published_question()
    interview = drawing(5)
    assert asked(start(interview, seed=7)) == asked(start(interview, seed=7))


def test_an_anonymous_visitor_can_see_what_would_be_drawn():
    interview = interview_of(2, seconds_each=90)
    assert [seconds for _, seconds in draw_questions(None, interview, seed=1)] == [90, 90]


def test_the_interviews_time_may_change_and_the_running_attempt_keeps_its_own():
    candidate = start_candidate(TOTAL)
    Slot.objects.update(seconds=1)
    Interview.objects.update(seconds=1)
    assert candidate.settle(at=100).attempt.is_running
    assert candidate.attempt.deadline_at == after(180)
