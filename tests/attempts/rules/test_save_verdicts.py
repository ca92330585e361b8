from datetime import UTC, datetime, timedelta

import pytest

from attempts.rules.lifecycle import QuestionClock
from attempts.rules.save_verdicts import GRACE, Save, Stored, Verdict, judge_save, takes_text

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def after(seconds):
    return START + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("closed_at", "by_clock", "now", "counts"),
    [
        (None, False, after(10**6), True),
        (after(60), True, after(60), True),
        (after(60), True, after(60) + GRACE - MICROSECOND, True),
        (after(60), True, after(60) + GRACE, True),
        (after(60), True, after(60) + GRACE + MICROSECOND, False),
        (after(60), True, after(59), True),
        (after(60), False, after(60), False),
        (after(60), False, after(59), False),
    ],
)
def test_text_counts_while_open_and_within_the_grace_of_the_bell(closed_at, by_clock, now, counts):
    question = QuestionClock(opened_at=START, closed_at=closed_at)
    assert takes_text(question, forward_only=True, by_clock=by_clock, now=now) is counts


def test_only_with_one_clock_for_all_does_an_unopened_question_take_text():
    question, now = QuestionClock(), after(1)
    assert takes_text(question, forward_only=False, by_clock=False, now=now)
    assert not takes_text(question, forward_only=True, by_clock=False, now=now)


STORED = Stored(text="stored", revision=4, writer="me", sequence=7)
BLANK = Stored(text=" \n", revision=4, writer="me", sequence=7)
NAMELESS = Stored(text="stored", revision=4, writer="", sequence=0)
UNTOUCHED = Stored(text="", revision=0, writer="", sequence=0)


def by_me(text="new", revision=4, sequence=8, **how):
    return Save(text, revision, "me", sequence, **how)


def by_another(text="new", revision=4, sequence=1, **how):
    return Save(text, revision, "another", sequence, **how)


@pytest.mark.parametrize(
    ("stored", "save", "while_open", "when_closed"),
    [
        # the first text
        (UNTOUCHED, by_another(revision=0), Verdict.ACCEPTED, Verdict.LATE),
        (UNTOUCHED, by_another(text="", revision=0), Verdict.ALREADY, Verdict.ALREADY),
        # the same writer goes on; its acknowledgement may have been lost
        (STORED, by_me(), Verdict.ACCEPTED, Verdict.LATE),
        (STORED, by_me(revision=3), Verdict.ACCEPTED, Verdict.LATE),
        (STORED, by_me(sequence=7), Verdict.ACCEPTED, Verdict.LATE),
        (STORED, by_me(text="stored", revision=3, sequence=7), Verdict.ALREADY, Verdict.ALREADY),
        # an older save of the same writer comes late, or again
        (STORED, by_me(sequence=6), Verdict.ALREADY, Verdict.ALREADY),
        (STORED, by_me(sequence=6, chosen=True), Verdict.ALREADY, Verdict.ALREADY),
        # another writer, who has seen the stored text
        (STORED, by_another(), Verdict.ACCEPTED, Verdict.LATE),
        (STORED, by_another(text=""), Verdict.ACCEPTED, Verdict.LATE),
        # another writer, who has not
        (STORED, by_another(revision=3), Verdict.CONFLICT, Verdict.LATE),
        (STORED, by_another(revision=5), Verdict.CONFLICT, Verdict.LATE),
        (STORED, by_another(text="", revision=3), Verdict.CONFLICT, Verdict.LATE),
        (STORED, by_another(text="stored", revision=3), Verdict.ALREADY, Verdict.ALREADY),
        (STORED, by_another(revision=3, chosen=True), Verdict.ACCEPTED, Verdict.LATE),
        # nobody knows whether a nameless writer is the same one
        (NAMELESS, Save("new", 4, "", 0), Verdict.ACCEPTED, Verdict.LATE),
        (NAMELESS, Save("new", 3, "", 0), Verdict.CONFLICT, Verdict.LATE),
        # nothing is lost where there is nothing but blanks
        (BLANK, by_another(revision=3), Verdict.ACCEPTED, Verdict.LATE),
        # nobody pressed a button
        (STORED, by_me(text="", automatic=True), Verdict.NOT_EMPTIED, Verdict.NOT_EMPTIED),
        (STORED, by_me(text=" \t\n", automatic=True), Verdict.NOT_EMPTIED, Verdict.NOT_EMPTIED),
        (STORED, by_me(text="", automatic=True, chosen=True), *[Verdict.NOT_EMPTIED] * 2),
        (STORED, by_another(text="", automatic=True), *[Verdict.NOT_EMPTIED] * 2),
        (STORED, by_another(text="", revision=0, automatic=True), *[Verdict.NOT_EMPTIED] * 2),
        (BLANK, by_me(text="", automatic=True), Verdict.ACCEPTED, Verdict.LATE),
        (STORED, by_me(automatic=True), Verdict.ACCEPTED, Verdict.LATE),
        # somebody did
        (STORED, by_me(text=""), Verdict.ACCEPTED, Verdict.LATE),
    ],
)
def test_what_a_save_is_worth(stored, save, while_open, when_closed):
    assert judge_save(stored, save, counts=True) is while_open
    assert judge_save(stored, save, counts=False) is when_closed
