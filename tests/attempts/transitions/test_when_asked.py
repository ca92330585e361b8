"""What a question is worth follows from its ticks and those of its follow-ups, whatever changes."""

from datetime import timedelta
from decimal import Decimal

import pytest

from attempts import transitions
from attempts.models import Answer, KeptText, SaidHere, Schedule
from attempts.owners import Owner
from attempts.rules.lifecycle import IllegalTransition
from attempts.rules.save_verdicts import Save
from attempts.transitions import staff
from attempts.transitions.scheduling import reschedule
from tests.attempts.candidate import after
from tests.attempts.follow_ups import (
    WHEN_ASKED,
    asked_back,
    attempt_with_room,
    follow_up,
    marks,
    question,
)
from tests.attempts.marking.answers import suggestion

pytestmark = pytest.mark.django_db


def mark(answer: Answer, made: str, when_asked: str | None = None) -> None:
    asked = None if when_asked is None else marks(when_asked)
    transitions.mark(owner_of(answer), answer.attempt_id, answer.position, marks(made), asked,
                     now=after(900))  # fmt: skip


def owner_of(answer: Answer) -> Owner:
    return answer.attempt.owner


def state_of(answer: Answer) -> tuple:
    """The share of the question, the score of its attempt, the ticks of the follow-ups."""
    answer = Answer.objects.get(pk=answer.pk)
    ticks = [each.confirmed for each in answer.follow_ups.all()]
    return answer.share, answer.attempt.score, ticks


def found(answer: Answer, made: str) -> None:
    transitions.store_suggestion(answer.pk, answer.revision, suggestion(marks(made)))


@pytest.mark.parametrize(
    ("made", "when_asked", "share", "ticks"),
    [
        ("1000", "0100", "0.375", ["0100"]),
        ("1000", "0000", "0.25", ["0000"]),
        ("0000", "1111", "0.5", ["1111"]),
        ("1111", "0000", "1", ["0100"]),  # what does not count stays
        ("0100", "1000", "0.375", ["1100"]),
        ("1000", None, "0.375", [None]),  # a page from before there was an answer to ask of
        ("0000", None, "0.125", [None]),
    ],
)
def test_each_of_three_kinds_can_be_corrected(made, when_asked, share, ticks):
    answer = asked_back("1000", "0100")
    mark(answer, made, when_asked)
    expected = [None if each is None else marks(each) for each in ticks]
    assert state_of(answer) == (Decimal(share), 100 * Decimal(share), expected)
    assert Answer.objects.get(pk=answer.pk).confirmed == marks(made)
    assert not Answer.objects.exclude(follows=None).exclude(share=None).exists()


def test_made_and_made_when_asked_and_missed_and_back():
    answer = asked_back("1000", "0100")
    shares = []
    for made, when_asked in (("0000", "1100"), ("0000", "0000"), ("1100", "0000"),
                             ("1000", "0100")):  # fmt: skip
        mark(answer, made, when_asked)
        shares.append(str(state_of(answer)[0]))
    assert shares == ["0.2500", "0.0000", "0.5000", "0.3750"]


def test_the_tick_goes_to_the_follow_up_that_asked():
    answer = question(attempt_with_room())
    first, second = follow_up(answer, "0000", point=1), follow_up(answer, "0000", point=3)
    mark(answer, "1000", "0001")
    first.refresh_from_db(), second.refresh_from_db()
    assert (first.confirmed, second.confirmed) == (marks("0000"), marks("0001"))


def test_a_follow_up_without_an_answer_gets_no_tick():
    answer = question(attempt_with_room())
    blank, written = follow_up(answer, "", point=1, text=" \n"), follow_up(answer, "0000", point=3)
    mark(answer, "1000", "0100")
    blank.refresh_from_db(), written.refresh_from_db()
    assert (blank.confirmed, written.confirmed) == (None, marks("0100"))
    assert state_of(answer)[0] == Decimal("0.375")


def test_where_no_follow_up_was_answered_nothing_is_made_when_asked():
    answer = question(attempt_with_room())
    follow_up(answer, "", point=1)
    mark(answer, "1000", "0100")
    assert state_of(answer) == (Decimal("0.25"), Decimal(25), [None])


def test_one_that_no_engine_has_read_stays_to_be_checked():
    answer = question(attempt_with_room())
    follow_up(answer, "", text="Not read yet.")
    mark(answer, "1000", "0000")
    assert state_of(answer) == (Decimal("0.25"), Decimal(25), [None])
    found(answer.follow_ups.get(), "0100")
    assert state_of(answer)[0] == Decimal("0.375")


def test_a_follow_up_is_marked_with_its_question_only():
    answer = asked_back("1000", "0100")
    with pytest.raises(IllegalTransition):
        mark(answer.follow_ups.get(), "1000")
    assert state_of(answer)[2] == [None]


@pytest.mark.parametrize("when_asked", ["", "1", "11111"])
def test_there_is_one_tick_for_each_point_when_asked(when_asked):
    answer = asked_back("1000", "0100")
    with pytest.raises(ValueError, match="key point"):
        transitions.mark(owner_of(answer), answer.attempt_id, 1, marks("1000"),
                         marks(when_asked) or [], now=after(900))  # fmt: skip


def test_accepting_all_accepts_what_was_found_when_asked():
    answer = asked_back("1000", "0100", "")
    found(answer.follow_ups.first(), "0100")
    transitions.confirm(owner_of(answer), answer.attempt_id, now=after(900))
    assert state_of(answer) == (Decimal("0.375"), Decimal("37.5"), [marks("0100"), None])


def test_what_an_engine_finds_in_a_follow_up_counts():
    answer = question(attempt_with_room())
    later = follow_up(answer, "", text=WHEN_ASKED)
    found(later, "1100")
    assert state_of(answer) == (Decimal("0.375"), Decimal("37.5"), [None])
    found(later, "0000")  # a rescore
    assert state_of(answer)[0] == Decimal("0.25")


def test_what_is_found_while_the_attempt_runs_counts_at_its_end():
    answer = question(attempt_with_room())
    later = follow_up(answer, "", text=WHEN_ASKED)
    attempt = answer.attempt
    attempt.state, attempt.finished_at, attempt.finish_reason = "running", None, ""
    attempt.untimed, attempt.deadline_at, attempt.limit = True, None, None
    attempt.save()
    found(later, "0100")
    assert state_of(answer)[:2] == (Decimal("0.375"), None)
    transitions.finish(owner_of(answer), attempt.pk, now=after(900))
    assert state_of(answer)[1] == Decimal("37.5")


def test_ticks_of_the_candidate_stay_whatever_an_engine_says_later():
    answer = asked_back("1000", "0100")
    mark(answer, "1000", "0000")
    found(answer.follow_ups.get(), "1111")
    found(answer, "1111")
    assert state_of(answer) == (Decimal("0.25"), Decimal(25), [marks("0000")])


def test_a_late_text_of_a_follow_up_takes_its_points_away_until_it_is_read():
    answer = asked_back("1000", "0100")
    found(answer.follow_ups.get(), "0100")
    assert state_of(answer)[0] == Decimal("0.375")
    closed_at = answer.attempt.finished_at
    Answer.objects.exclude(follows=None).update(closed_by="deadline", closed_at=closed_at)
    sent = Save("Quite other words.", 0, "late", 1)
    saved = transitions.save(owner_of(answer), answer.attempt_id, 2, sent,
                             now=closed_at + timedelta(seconds=5))  # fmt: skip
    assert saved.answer.text == "Quite other words."
    assert state_of(answer) == (Decimal("0.25"), Decimal(25), [None])
    found(Answer.objects.get(follows=answer), "1100")
    assert state_of(answer)[:2] == (Decimal("0.375"), Decimal("37.5"))


def test_a_late_text_that_does_not_count_changes_nothing():
    answer = asked_back("1000", "0100")
    found(answer.follow_ups.get(), "0100")
    sent = Save("Much too late.", 0, "late", 1)
    transitions.save(owner_of(answer), answer.attempt_id, 2, sent, now=after(9000))
    assert state_of(answer)[0] == Decimal("0.375")
    assert KeptText.objects.get().answer.follows == answer


def test_a_late_text_of_the_question_waits_with_what_was_made_when_asked():
    answer = asked_back("1000", "0100")
    closed_at = answer.attempt.finished_at
    Answer.objects.filter(pk=answer.pk).update(closed_by="deadline", closed_at=closed_at)
    sent = Save("Quite other words.", 0, "late", 1)
    transitions.save(owner_of(answer), answer.attempt_id, 1, sent,
                     now=closed_at + timedelta(seconds=5))  # fmt: skip
    assert state_of(answer)[:2] == (None, None)
    found(Answer.objects.get(pk=answer.pk), "0000")
    assert state_of(answer)[:2] == (Decimal("0.125"), Decimal("12.5"))


def test_a_question_without_a_text_is_worth_nothing_and_can_be_marked_by_nobody():
    attempt = attempt_with_room()
    answer = question(attempt, "", text="")
    later = follow_up(answer, "0100")
    question(attempt, "1000", number=2, text="Something.")
    found(later, "1111")
    assert state_of(answer)[:2] == (None, Decimal("12.5"))
    with pytest.raises(IllegalTransition):
        mark(answer, "0000", "1000")


def test_a_regrade_counts_points_made_when_asked_too():
    answer = asked_back("1000", "0100")
    found(answer.follow_ups.get(), "0100")
    how = {"instead_of": Decimal("0.375"), "why": "It was wrong.", "now": after(900)}
    staff.regrade(answer.attempt_id, 1, marks("1100"), **how)
    assert state_of(answer)[:2] == (Decimal("0.75"), Decimal(75))
    mark(answer, "1000", "0001")  # the last one was withdrawn
    assert state_of(answer)[0] == Decimal("0.5")
    with pytest.raises(IllegalTransition):
        staff.regrade(answer.attempt_id, 2, marks("1100"), **how)


def test_only_the_question_is_due_again_and_by_its_whole_share():
    answer = question(attempt_with_room())
    follow_up(answer, "1100", point=1), follow_up(answer, "", point=3)
    found(answer.follow_ups.first(), "1101")
    schedule = Schedule.objects.get()
    assert (schedule.question_id, schedule.answers) == (answer.version.question_id, 1)
    assert schedule.share == Decimal("0.5")
    mark(answer, "1000", "0000")
    schedule.refresh_from_db()
    assert (schedule.answers, schedule.share) == (1, Decimal("0.25"))
    reschedule(owner_of(answer), [answer.version.question_id])
    assert Schedule.objects.get().answers == 1


def test_words_of_a_follow_up_are_shown_for_a_point_that_was_ticked_there():
    answer = asked_back("1000", "0100")
    words = WHEN_ASKED[:10]

    def show(position, point, said, when_asked="0101"):
        transitions.say_here(owner_of(answer), answer.attempt_id, position, marks("1000"), point,
                             said, marks(when_asked), now=after(900))  # fmt: skip

    show(2, 3, words)
    shown = SaidHere.objects.get()
    assert (shown.answer.position, shown.point, shown.words) == (2, 3, words)
    assert shown.key_point == "It alerts."
    for position, point, said in ((2, 1, words), (2, 2, words), (1, 3, words), (2, 3, "Other.")):
        with pytest.raises(transitions.NotShown):
            show(position, point, said)
    mark(answer, "1000", "0100")
    assert not SaidHere.objects.exists()
