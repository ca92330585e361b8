"""When questions are due follows from the answers, whatever happened to them in whatever order."""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ObjectDoesNotExist
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from attempts import transitions
from attempts.models import Answer, Attempt, Schedule, ScheduleCatchUp, Suggestion
from attempts.owners import Owner
from attempts.rules.lifecycle import IllegalTransition
from attempts.rules.recall.due import Review, memory_after
from attempts.transitions import deleting, staff
from attempts.transitions.personal.schedule_catch_up import catch_up_schedules
from attempts.transitions.starting import Pace
from tests.attempts.candidate import EACH, TOTAL, Candidate, a_guest, after, new_user
from tests.factories import interview_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

texts = st.sampled_from(["Something true.", "Something true.", "", " \n"])
points = st.tuples(st.booleans(), st.booleans())
any_index = st.integers(0, 9)
FIELDS = [
    *("question_id", "due_at", "stability", "difficulty", "answers"),
    *("answered_at", "share", "answered_before_at", "share_before"),
]


def replay(owner: Owner) -> list[dict]:
    """What is due when, from nothing but the answers, in the plainest words."""
    reviews = defaultdict(list)
    for attempt in Attempt.objects.owned_by(owner).finished().prefetch_related("answers__version"):
        for answer in attempt.answers.all():
            was_reached = answer.opened_at is not None or answer.time_spent > timedelta()
            blank = Decimal() if was_reached else None
            share = answer.share if answer.text.strip() else blank
            if share is not None:
                review = (attempt.finished_at, answer.pk, share)
                reviews[answer.version.question_id].append(review)
    return [_row(question, sorted(reviews[question])) for question in sorted(reviews)]


def _row(question_id: int, reviews: list[tuple]) -> dict:
    memory = memory_after([Review(at, share) for at, _, share in reviews])
    last, before = reviews[-1], reviews[-2] if len(reviews) > 1 else (None, None, None)
    values = (question_id, memory.due_at, memory.stability, memory.difficulty, len(reviews))
    return dict(zip(FIELDS, (*values, last[0], last[2], before[0], before[2]), strict=True))


def stored(owner: Owner) -> list[dict]:
    return list(Schedule.objects.owned_by(owner).order_by("question").values(*FIELDS))


class ScheduleMachine(RuleBasedStateMachine):
    interviews = []

    @initialize()
    def arrive(self):
        self.now = 0.0
        self.user = new_user()
        self.guest, self.account = a_guest(), Owner(user_id=self.user.pk)
        for is_guest in (True, False):
            self.take(is_guest, 0, "Something true.", "", 0)

    def teardown(self):
        if hasattr(self, "guest"):
            for owner in (self.guest, self.account):
                deleting.delete_all(owner)

    def owner(self, is_guest: bool) -> Owner:
        return self.guest if is_guest else self.account

    def attempt(self, index: int) -> Attempt | None:
        """Any attempt of the two that ended and was not discarded."""
        both = self.guest.condition() | self.account.condition()
        attempts = list(Attempt.objects.filter(both).finished().order_by("started_at"))
        return attempts[index % len(attempts)] if attempts else None

    def answer(self, index: int, position: int) -> Answer | None:
        attempt = self.attempt(index)
        return attempt and attempt.answers.filter(position=1 + position % 2).first()

    def try_to(self, act, *arguments, **options) -> None:
        """Errors that the views expect change nothing."""
        self.now += 1
        try:
            act(*arguments, now=after(self.now), **options)
        except (IllegalTransition, ObjectDoesNotExist):
            return

    # --- what happens -----------------------------------------------------------------------

    @rule(
        is_guest=st.booleans(), which=any_index, first=texts, second=texts, days=st.integers(0, 9)
    )
    def take(self, is_guest, which, first, second, days):
        """An interview of two questions, perhaps stopped at the first one."""
        self.now += days * 86_400 + 60
        owner = self.owner(is_guest)
        interview = self.interviews[which % len(self.interviews)]
        attempt = transitions.start(owner, interview, Pace(), now=after(self.now))
        candidate = Candidate(owner, attempt.pk)
        candidate.save(1, first, at=self.now + 1)
        if second:
            act = candidate.submit if attempt.forward_only else candidate.save
            act(1, first, at=self.now + 2, revision=bool(first), sequence=2)
            candidate.save(2, second, at=self.now + 3)
        candidate.finish(at=self.now + 4)
        self.now += 4

    @rule(index=any_index, position=any_index, covered=points)
    def suggest(self, index, position, covered):
        answer = self.answer(index, position)
        if answer and answer.is_answered:
            evidence = [{"confidence": 1.0, "text": None} for _ in covered]
            suggestion = Suggestion(list(covered), evidence, "test")
            transitions.store_suggestion(answer.pk, answer.revision, suggestion)

    @rule(index=any_index, position=any_index, ticks=points)
    def mark(self, index, position, ticks):
        if answer := self.answer(index, position):
            owner, pk = answer.attempt.owner, answer.attempt_id
            self.try_to(transitions.mark, owner, pk, answer.position, list(ticks))

    @rule(index=any_index, position=any_index, counted=st.sampled_from([(1, 1), (1, 0), (0, 1)]))
    def regrade(self, index, position, counted):
        answer = self.answer(index, position)
        if answer and answer.share is not None:
            points = [bool(point) for point in counted]
            how = {"instead_of": answer.share, "why": "Corrected."}
            self.try_to(staff.regrade, answer.attempt_id, answer.position, points, **how)

    @rule(index=any_index)
    def reopen(self, index):
        """Staff open it again; its owner finishes it at once or goes elsewhere."""
        if attempt := self.attempt(index):
            self.try_to(staff.reopen, attempt.pk, timedelta(minutes=5), why="Asked for.")

    @rule(
        is_guest=st.booleans(),
        seconds=st.sampled_from([1, 400]),
        act=st.sampled_from([transitions.finish, transitions.discard]),
    )
    def end_what_runs(self, is_guest, seconds, act):
        self.now += seconds
        running = Attempt.objects.owned_by(self.owner(is_guest)).running().first()
        if running:
            self.try_to(act, running.owner, running.pk)

    @rule(index=any_index)
    def delete(self, index):
        if attempt := self.attempt(index):
            deleting.delete(attempt.owner, attempt.pk)

    @rule(is_guest=st.booleans())
    def delete_all(self, is_guest):
        deleting.delete_all(self.owner(is_guest))

    @rule(which=any_index, goes_on=st.booleans(), discards=st.booleans())
    def claim(self, which, goes_on, discards):
        """The guest's attempts move; another guest comes."""
        self.take(True, which, "", "Something true.", 0)
        running = [
            Attempt.objects.owned_by(o).running().first() for o in (self.guest, self.account)
        ]
        kept = running[goes_on]
        choice = transitions.Choice(kept.pk, discards) if all(running) else None
        key, self.now = self.guest.guest_key, self.now + 1
        transitions.claim(key, self.user, now=after(self.now), choice=choice)
        self.guest = a_guest()

    # --- what always holds ------------------------------------------------------------------

    @invariant()
    def what_is_stored_is_the_replay(self):
        if hasattr(self, "guest"):
            for owner in (self.guest, self.account):
                assert stored(owner) == replay(owner)

    @invariant()
    def a_catch_up_stores_the_same(self):
        if not hasattr(self, "guest"):
            return
        before = [stored(owner) for owner in (self.guest, self.account)]
        ScheduleCatchUp.objects.all().delete()
        assert catch_up_schedules() == 0
        some = Schedule.objects.order_by("question")[:2].values("pk")
        Schedule.objects.filter(pk__in=list(some.values_list("pk", flat=True))).delete()
        ScheduleCatchUp.objects.all().delete()
        catch_up_schedules()
        assert [stored(owner) for owner in (self.guest, self.account)] == before


def test_stored_schedules_are_the_replay_of_the_answers_whatever_happens():
    first, second = interview_of(2, timing=TOTAL), interview_of(2, timing=EACH)
    shared = interview_of(1, timing=TOTAL)
    slot = first.slots.first()
    shared.slots.create(position=2, question=slot.question, seconds=60)
    ScheduleMachine.interviews = [first, second, shared]
    run_state_machine_as_test(
        ScheduleMachine,
        settings=settings(
            max_examples=12,
            stateful_step_count=20,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink it takes minutes
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
