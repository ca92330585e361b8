"""An attempt under anything that two pages, the sweep and the clock can do to it, in any order."""

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ObjectDoesNotExist
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from attempts import transitions
from attempts.models import Answer, AtDeadline, Attempt, KeptText, Schedule
from attempts.rules import lifecycle, totals
from attempts.rules.lifecycle import IllegalTransition
from attempts.rules.save_verdicts import GRACE, Save, Verdict
from attempts.rules.words import word_count
from attempts.transitions import scheduling
from attempts.transitions.starting import Pace
from tests.attempts.candidate import EACH, TOTAL, a_guest, after
from tests.attempts.interviewer import ASKED, found
from tests.factories import interview_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# Which of the answers: 0 is the one that is open.
places = st.sampled_from([0, 0, 0, 1, 1, 2, 2, 3, 4, 5])
writers = st.sampled_from(["laptop", "phone", ""])
texts = st.sampled_from(["", " \n", "a", "ab", "abc", "new", "new", "new"])
seconds = st.sampled_from([0, 0.5, 7, 40, 130, 400])
# The page's knowledge: up to date, as of its last reply, or a save from before once more.
kinds = st.sampled_from(["fresh", "fresh", "known", "known", "known", "again"])


automatic_or_not = st.sampled_from([{"automatic": True}, {"automatic": True, "at_bell": True}, {}])
chosen_or_not = st.sampled_from([{"automatic": True}, {}, {"chosen": True}])
typing = st.tuples(writers, texts, kinds, automatic_or_not | chosen_or_not)
latest_or_any = st.sampled_from([-1, -1, -1, -1, 0])
several_saves = st.lists(typing, min_size=1, max_size=5)
points = st.sampled_from([None, 0, 0, 1])
around_the_bell = st.sampled_from([-1, 0, 1, 14, 15, 15.5, 40, 59, 61])


@dataclass(frozen=True)
class Sent:
    """A text that arrived without an error, and what became of it."""

    answer: int
    save: Save
    verdict: Verdict


class AttemptMachine(RuleBasedStateMachine):
    interviews = {}

    @initialize(timing=st.sampled_from([TOTAL, EACH]), overtime=st.booleans())
    def arrive(self, timing, overtime):
        self.owner, self.now = a_guest(), 0.0
        self.pace = Pace(at_deadline=("hand_in", "overtime")[overtime])
        self.interview = self.interviews[timing]
        self.attempts = []  # their keys, the newest last
        self.sequence = 0
        self.known = {}  # (writer, answer): revision in its last reply
        self.sent: list[Sent] = []
        self.was_answer = {}  # answer: every text that it ever had
        self.before = {}  # answer or attempt: its row at the last check
        self.start(0)
        # What was done last: an attempt reopened, an answer emptied by a person, an attempt
        # settled.
        self.reopened, self.emptied, self.touched = False, None, None

    def teardown(self):
        if hasattr(self, "owner"):
            Attempt.objects.owned_by(self.owner).delete()

    # --- what happens -----------------------------------------------------------------------

    def do(self, act, *arguments, which=-1, **options):
        """One transition on one of the attempts; errors that the views expect change nothing."""
        pk = self.attempts[which % len(self.attempts)]
        self.reopened, self.emptied, self.touched = False, None, None
        try:
            done = act(self.owner, pk, *arguments, now=after(self.now), **options)
        except (IllegalTransition, ObjectDoesNotExist):
            return None
        self.touched = pk
        return done

    def position(self, place, which=-1):
        """Of one of the attempt's answers, to a question or to a follow-up."""
        pk = self.attempts[which % len(self.attempts)]
        answers = list(Answer.objects.filter(attempt=pk))
        is_open = [answer for answer in answers if answer.clock().is_open]
        if place == 0 and is_open:
            return is_open[0].position
        return answers[(place - 1) % len(answers)].position

    def write(self, act, position, writer, text, kind, *arguments, which, point=None, **how):
        pk = self.attempts[which % len(self.attempts)]
        answer = Answer.objects.get(attempt=pk, position=position)
        save = self.save_of(answer, writer, text, kind, **how)
        asks = {} if point is None else {"follow_up": found(save.text, point)}
        saved = self.do(act, position, save, *arguments, which=which, **asks)
        if saved is None:
            return
        self.known[writer, answer.pk] = saved.answer.revision
        unseen = answer.revision != save.revision and answer.writer != save.writer
        self.sent.append(Sent(answer.pk, save, saved.verdict))
        if saved.verdict == Verdict.ACCEPTED:
            self.emptied = None if save.automatic or save.text.strip() else answer.pk
            closed_at = saved.answer.closed_at
            if act is transitions.save and closed_at is not None:
                assert after(self.now) <= closed_at + GRACE
                assert saved.answer.closed_by == "deadline"
            if unseen and answer.is_answered:
                assert answer.kept_texts.filter(text=answer.text).exists()

    def save_of(self, answer, writer, text, kind, **how) -> Save:
        mine = [s.save for s in self.sent if (s.answer, s.save.writer) == (answer.pk, writer)]
        if kind == "again" and mine:
            return replace(mine[len(mine) // 2])
        if kind == "fresh":
            self.known[writer, answer.pk] = answer.revision
        self.sequence += 1
        text = f"new {self.sequence}" if text == "new" else text
        revision = self.known.get((writer, answer.pk), 0)
        return Save(text, revision, writer, self.sequence if writer else 0, **how)

    def rest(self, seconds):
        self.now += seconds
        self.reopened, self.emptied, self.touched = False, None, None

    @rule(seconds=seconds)
    def start(self, seconds):
        """Start an attempt after a rest, unless one is running already."""
        self.rest(seconds)
        attempt = transitions.start(self.owner, self.interview, self.pace, now=after(self.now))
        self.touched = attempt.pk
        if attempt.pk not in self.attempts:
            self.attempts.append(attempt.pk)

    @rule(place=places, saves=several_saves, which=latest_or_any)
    def type(self, place, saves, which):
        position = self.position(place, which)
        for writer, text, kind, how in saves:
            self.write(transitions.save, position, writer, text, kind, which=which, **how)
            self.everything_holds()

    @rule(place=places, saves=several_saves, offset=around_the_bell)
    def type_around_the_bell(self, place, saves, offset):
        attempt = Attempt.objects.get(pk=self.attempts[-1])
        bell = lifecycle.bell_at(attempt.clock(attempt.answers.all()))
        if attempt.is_running and bell is not None:
            self.rest(max(0.0, (bell - after(self.now)).total_seconds() + offset))
            self.type(place, saves, -1)

    @rule(
        act=st.sampled_from([transitions.submit, transitions.skip]),
        place=places,
        save=typing,
        which=latest_or_any,
        seconds=seconds,
        point=points,
    )
    def go_on(self, act, place, save, which, seconds, point):
        """point: that is missing in the text, so that it is asked for if it is submitted."""
        self.rest(seconds)
        writer, text, kind, how = save
        point = point if act is transitions.submit else None
        position = self.position(place, which)
        before = set(Answer.objects.filter(attempt__in=self.attempts).values_list("pk", flat=True))
        self.write(act, position, writer, text, kind, which=which, point=point, **how)
        new = Answer.objects.filter(attempt__in=self.attempts).exclude(pk__in=before)
        assert new.count() <= (point is not None)
        for asked in new:
            left = Answer.objects.get(attempt=asked.attempt, position=position)
            assert (left.closed_by, left.closed_at) == ("submitted", asked.opened_at)
            assert (asked.position, asked.asked_point) == (position + 1, point)
            assert after(self.now) < left.bell_at

    @rule(place=places, save=typing, to=places, flagged=st.booleans())
    def go_elsewhere(self, place, save, to, flagged):
        writer, text, kind, how = save
        position, to = self.position(place), self.position(to)
        self.write(transitions.move, position, writer, text, kind, to, which=-1, **how)
        self.everything_holds()
        self.do(transitions.flag, to, flagged)

    @rule(
        act=st.sampled_from([transitions.settle, transitions.finish, transitions.discard]),
        which=latest_or_any,
    )
    def settle_or_leave(self, act, which):
        self.do(act, which=which)

    @rule(seconds=seconds)
    def sweep(self, seconds):
        self.rest(seconds)
        transitions.finish_overdue(now=after(self.now))
        if self.pace.at_deadline == AtDeadline.HAND_IN:
            assert not Attempt.objects.owned_by(self.owner).overdue(after(self.now)).exists()

    @rule(seconds=seconds)
    def look(self, seconds):
        """Load the room: a page shows the open question."""
        self.rest(seconds)
        self.do(transitions.settle)
        attempt = Attempt.objects.get(pk=self.attempts[-1])
        current = next((a for a in attempt.answers.all() if a.clock().is_open), None)
        if current is not None:
            self.do(transitions.show, current.position)

    @rule(place=places, which=latest_or_any)
    def add_time(self, place, which):
        position = self.position(place, which)
        self.reopened = self.do(transitions.add_time, position, which=which) is not None

    @rule(place=places, which=latest_or_any, lost=seconds)
    def give_back(self, place, which, lost):
        position = self.position(place, which)
        span = timedelta(seconds=lost)
        given = self.do(transitions.give_back_outage, position, span, which=which)
        self.reopened = given is not None

    @rule(place=places, which=latest_or_any, ticks=st.tuples(st.booleans(), st.booleans()))
    def mark(self, place, which, ticks):
        position = self.position(place, which)
        pk = self.attempts[which % len(self.attempts)]
        if Answer.objects.to_questions().filter(attempt=pk, position=position).exists():
            self.do(transitions.mark, position, list(ticks), which=which)

    # --- what always holds ------------------------------------------------------------------

    @invariant()
    def everything_holds(self):
        attempts = list(Attempt.objects.owned_by(self.owner).prefetch_related("answers"))
        assert sum(attempt.is_running for attempt in attempts) <= 1
        for attempt in attempts:
            answers = list(attempt.answers.all())
            self.attempt_holds(attempt, answers)
            for answer in answers:
                self.answer_holds(answer)
                self.was_answer.setdefault(answer.pk, set()).add(answer.text)
                self.pace_holds(answer)
            self.before |= {row.pk: row for row in [attempt, *answers]}
        self.no_text_is_lost()
        self.days_follow_from_the_answers(attempts)

    def days_follow_from_the_answers(self, attempts):
        """When a question is due is what replaying every answer gives."""
        rows = Schedule.objects.owned_by(self.owner)
        stored = list(rows.values().order_by("question"))
        asked = [answer.version.question_id for a in attempts for answer in a.answers.all()]
        scheduling.reschedule(self.owner, asked)
        without_id = [{**row, "id": None} for row in stored]
        assert [{**row, "id": None} for row in rows.values().order_by("question")] == without_id

    def attempt_holds(self, attempt, answers):
        is_open = [answer for answer in answers if answer.clock().is_open]
        assert len(is_open) == attempt.is_running
        if attempt.is_running and attempt.pk == self.touched and attempt.at_deadline == "hand_in":
            end = is_open[0].opened_at + is_open[0].limit if attempt.forward_only else None
            assert after(self.now) < (end or attempt.deadline_at)
        if attempt.finish_reason == "deadline" and attempt.at_deadline == "hand_in":
            assert attempt.finished_at == attempt.deadline_at
        was = self.before.get(attempt.pk)
        if was is not None and not was.is_running and not self.reopened:
            assert (attempt.state, attempt.finished_at) == (was.state, was.finished_at)
        self.score_holds(attempt, [answer for answer in answers if not answer.is_follow_up])
        if attempt.forward_only:
            self.order_holds(attempt, answers)

    def order_holds(self, attempt, answers):
        """One after another, each question with its follow-ups behind it; and the deadline."""
        questions = [answer for answer in answers if not answer.is_follow_up]
        assert len(questions) == 3
        for number, question in enumerate(questions, start=1):
            asked = [answer for answer in answers if answer.follows_id == question.pk]
            first = 1 + (number - 1) * (1 + attempt.follow_ups)
            places = [answer.position for answer in [question, *asked]]
            assert places == list(range(first, first + len(places)))
            assert len(asked) <= attempt.follow_ups
            assert len({answer.asked_point for answer in asked}) == len(asked)
            for before in [question, *asked][: len(asked)]:
                assert before.closed_by == "submitted", "nothing is asked after a skip or the bell"
                assert before.is_answered or self.emptied == before.pk
        if not attempt.is_running:
            return
        place = next(i for i, answer in enumerate(answers) if answer.clock().is_open)
        current, waiting = answers[place], answers[place + 1 :]
        assert all(answer.closed_at for answer in answers[:place])
        assert not any(answer.opened_at or answer.closed_at for answer in waiting)
        left = sum((answer.limit - answer.time_spent for answer in waiting), timedelta())
        assert attempt.deadline_at == current.opened_at + current.limit + left

    def score_holds(self, attempt, answers):
        written = [answer for answer in answers if answer.is_answered]
        scored = [answer for answer in written if answer.share is not None]
        if attempt.is_running or attempt.state == "discarded" or (written and not scored):
            assert attempt.score is None
        else:
            met = sum(Decimal(sum(answer.ticks)) for answer in scored)
            assert attempt.score == totals.total_percent([met / (2 * len(answers))])

    def answer_holds(self, answer):
        was = self.before.get(answer.pk)
        if was is None:
            return
        if was.closed_at is not None and not self.reopened:
            assert answer.closed_at == was.closed_at
        assert answer.revision == was.revision + (answer.text != was.text)
        if was.is_answered and not answer.is_answered:
            assert self.emptied == answer.pk
        assert answer.time_spent >= timedelta()
        self.look_holds(was, answer)

    def pace_holds(self, answer):
        """First words and the longest pause fit into the time that the question was open."""
        times = (answer.first_word_after, answer.last_word_after, answer.longest_pause)
        first, last, pause = times
        if first is None:
            assert times == (None, None, None)
            assert not any(word_count(text).number for text in self.was_answer[answer.pk])
        else:
            assert timedelta() <= first <= first + (pause or timedelta()) <= last
            assert last <= answer.open_for(after(self.now))

    def look_holds(self, was, answer):
        """With per-question timing, what a question was shown for is never given back."""
        if not answer.attempt.forward_only or was.shown_at is None:
            return
        assert answer.shown_at == was.shown_at
        if answer.limit == was.limit:  # it got no time of its own
            assert self.used(answer) >= self.used(was)

    def used(self, answer):
        """What the question has used of its time, as far as the rows say."""
        if answer.opened_at is None:
            return answer.time_spent
        return min((answer.closed_at or after(self.now)) - answer.opened_at, answer.limit)

    def no_text_is_lost(self):
        mine = KeptText.objects.filter(answer__attempt__in=self.attempts)
        kept = list(mine.values_list("answer", "text"))
        for sent in self.sent:
            text = sent.save.text
            if not text.strip() or text in self.was_answer[sent.answer]:
                continue
            if sent.verdict == Verdict.ALREADY:
                assert self.was_overtaken(sent)
            else:
                assert any(a == sent.answer and t.startswith(text) for a, t in kept), sent

    def was_overtaken(self, sent: Sent) -> bool:
        """Whether the same page sent something newer that arrived earlier."""
        return any(
            other.save.writer == sent.save.writer and other.save.sequence > sent.save.sequence
            for other in self.sent
            if other.answer == sent.answer
        )


def test_an_attempt_stays_sound_whatever_happens_to_it():
    asking = {"follow_ups": 2, "follow_up_seconds": 40, "texts": {"follow_ups": ASKED}}
    AttemptMachine.interviews = {
        TOTAL: interview_of(3, timing=TOTAL),
        EACH: interview_of(3, timing=EACH, **asking),
    }
    run_state_machine_as_test(
        AttemptMachine,
        settings=settings(
            max_examples=20,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
