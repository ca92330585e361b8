"""Questions with follow-ups in any order of what a candidate, the sweep and the clock do.

Shorter and denser than the machine of all transitions, so that every run asks many follow-ups.
"""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attempts import transitions
from attempts.models import Answer, Attempt
from attempts.rules import totals
from attempts.rules.save_verdicts import Save
from attempts.transitions.starting import Pace
from tests.attempts.candidate import EACH, a_guest, after
from tests.attempts.interviewer import ASKED, found
from tests.factories import interview_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

QUESTIONS = 2
acts = st.sampled_from(["submit"] * 6 + ["skip", "save", "sweep", "submit again"])
steps = st.lists(
    st.tuples(acts, st.sampled_from([0, 1]), st.sampled_from([1, 5, 30, 61])),
    min_size=2,
    max_size=9,
)
ticks = st.lists(st.booleans(), min_size=2, max_size=2)


def rows_of(pk) -> list[Answer]:
    return list(Answer.objects.filter(attempt=pk).select_related("attempt", "version"))


def act_on(owner, pk, act, point, at, number):
    """What is done to the question or follow-up that is open; "submit again": to the one before."""
    rows = rows_of(pk)
    place = next((i for i, row in enumerate(rows) if row.clock().is_open), None)
    if place is None or act == "sweep":
        transitions.finish_overdue(now=after(at))
        return
    row = rows[max(0, place - 1) if act == "submit again" else place]
    text = f"text {number}"
    save, asks = Save(text, row.revision, "laptop", number), {"follow_up": found(text, point)}
    if act == "save":
        transitions.save(owner, pk, row.position, save, now=after(at))
    elif act == "skip":
        transitions.skip(owner, pk, row.position, save, now=after(at))
    else:
        transitions.submit(owner, pk, row.position, save, now=after(at), **asks)


def order_holds(pk, most):
    rows = rows_of(pk)
    questions = [row for row in rows if not row.is_follow_up]
    assert len(questions) == QUESTIONS
    for number, question in enumerate(questions):
        asked = [row for row in rows if row.follows_id == question.pk]
        first = 1 + number * (1 + most)
        places = [row.position for row in (question, *asked)]
        assert places == list(range(first, first + len(places)))
        assert len(asked) <= most
        assert len({row.asked_point for row in asked}) == len(asked)
        for before, follow_up in zip((question, *asked), asked, strict=False):
            assert before.closed_by == "submitted"
            assert before.is_answered
            assert before.text_at_deadline is None, "nothing is asked in overtime"
            bell = before.opened_at + before.limit
            assert before.closed_at < bell
            assert follow_up.opened_at in (None, before.closed_at)
    return rows


def clock_holds(attempt, rows):
    is_open = [row for row in rows if row.clock().is_open]
    assert len(is_open) == attempt.is_running
    if attempt.is_running:
        current = is_open[0]
        left = sum((row.limit for row in rows if row.opened_at is None), timedelta())
        assert attempt.deadline_at == current.opened_at + current.limit + left


def shares_hold(pk):
    for question in Answer.objects.filter(attempt=pk, follows=None):
        own = question.ticks
        if not own or not question.is_answered:
            assert question.share is None
            continue
        asked = [row.ticks for row in question.follow_ups.order_by("position") if row.ticks]
        made = [any(each) for each in zip(*asked, strict=True)] if asked else None
        assert question.share == totals.share(own, None, made)


def worth_holds(data, owner, pk, at):
    """Suggestions and ticks come in any order; a late text takes its own away."""
    rows = [row for row in rows_of(pk) if row.is_answered]
    for row in data.draw(st.permutations(rows), label="read"):
        suggestion = found(row.text, covered=data.draw(ticks)).suggestion
        assert transitions.store_suggestion(row.pk, row.revision, suggestion)
        shares_hold(pk)
    for row in [row for row in rows if not row.is_follow_up]:
        if data.draw(st.booleans(), label="marked"):
            own, when_asked = data.draw(ticks), data.draw(st.none() | ticks)
            transitions.mark(owner, pk, row.position, own, when_asked, now=after(at))
            shares_hold(pk)
    for row in [row for row in rows_of(pk) if row.closed_by == "deadline"]:
        save = Save(f"{row.text} late", row.revision, "laptop", 900)
        moment = (row.closed_at - after(0)).total_seconds() + 1
        transitions.save(owner, pk, row.position, save, now=after(moment))
        shares_hold(pk)


@pytest.mark.parametrize("at_deadline", ["hand_in", "overtime"])
@pytest.mark.parametrize("most", [1, 2])
def test_follow_ups_stay_sound_in_any_order(most, at_deadline):
    terms = {"follow_ups": most, "follow_up_seconds": 40, "texts": {"follow_ups": ASKED}}
    interview = interview_of(QUESTIONS, timing=EACH, **terms)

    @settings(
        max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(steps=steps, data=st.data())
    def runs(steps, data):
        owner, at = a_guest(), 0
        pace = Pace(at_deadline=at_deadline)
        pk = transitions.start(owner, interview, pace, now=after(0)).pk
        for number, (act, point, seconds) in enumerate(steps, start=1):
            at += seconds
            act_on(owner, pk, act, point, at, number)
            rows = order_holds(pk, most)
            clock_holds(rows[0].attempt, rows)
        if data.draw(st.booleans(), label="at the bell"):
            transitions.finish_overdue(now=after(at + 10_000))
        else:
            transitions.finish(owner, pk, now=after(at + 1))
        if Attempt.objects.get(pk=pk).is_finished:
            worth_holds(data, owner, pk, at + 10_001)
        Attempt.objects.filter(pk=pk).delete()

    runs()
