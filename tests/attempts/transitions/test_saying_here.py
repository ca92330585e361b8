"""The candidate shows which words make a point that no engine found."""

import pytest
from django.db import IntegrityError, transaction

from attempts import transitions
from attempts.models import Attempt, SaidHere, Suggestion
from attempts.rules.lifecycle import IllegalTransition
from attempts.rules.save_verdicts import Save
from attempts.transitions import NotShown, staff
from tests.attempts.candidate import a_guest, after
from tests.attempts.marking.answers import TEXT, answered, owner_of, suggestion
from tests.factories import AnswerFactory

pytestmark = pytest.mark.django_db

TEA = "I like tea."


def checked(covered=(True, False), **fields):
    """An answer of a finished attempt, in which an engine found the first point only."""
    answer = answered(**fields)
    transitions.store_suggestion(answer.pk, answer.revision, suggestion(list(covered)))
    answer.refresh_from_db()
    return answer


def say_here(answer, point=1, words=TEA, *, ticks=(True, True), owner=None, at=900):
    owner = owner or owner_of(answer)
    return transitions.say_here(
        owner, answer.attempt_id, answer.position, list(ticks), point, words, now=after(at)
    )


def shown() -> list[tuple[int, str]]:
    return list(SaidHere.objects.values_list("point", "words"))


def test_one_press_ticks_and_shows():
    answer = checked()
    say_here(answer)
    said = SaidHere.objects.get()
    assert (said.answer, said.question) == (answer, answer.version.question)
    assert (said.key_point, said.words) == (answer.version.key_points[1], TEA)
    assert said.created_at == after(900)
    answer.refresh_from_db()
    assert answer.confirmed == [True, True]
    assert Attempt.objects.get().score == 100


def test_the_last_words_replace_the_earlier_ones():
    answer = checked(covered=(False, False))
    say_here(answer)
    say_here(answer, point=0)
    say_here(answer, words="tea", at=901)
    assert shown() == [(0, TEA), (1, "tea")]


@pytest.mark.parametrize(
    "words", ["I like coffee.", "i like tea.", "", " ", "tea.I", TEXT + " ", "\ud800"]
)
def test_words_that_the_answer_does_not_have_are_refused(words):
    answer = checked()
    with pytest.raises(NotShown):
        say_here(answer, words=words)
    answer.refresh_from_db()
    assert (answer.confirmed, shown()) == (None, [])


def test_words_have_a_greatest_length():
    answer = checked(text="x" * 301)
    say_here(answer, words="x" * 300)
    with pytest.raises(NotShown):
        say_here(answer, words="x" * 301)


@pytest.mark.parametrize(
    ("point", "ticks"),
    [(0, (True, True)), (1, (True, False)), (2, (True, True)), (-1, (True,) * 2)],
)  # found by the engine; not ticked; not there
def test_only_a_point_that_is_ticked_and_was_not_found_can_be_shown(point, ticks):
    answer = checked()
    with pytest.raises(NotShown):
        say_here(answer, point, ticks=ticks)
    assert shown() == []


def test_a_point_that_was_withdrawn_cannot_be_shown():
    answer = checked()
    share = answer.share
    staff.regrade(
        answer.attempt_id, answer.position, [True, False], instead_of=share, why="x", now=after(800)
    )
    with pytest.raises(NotShown):
        say_here(answer)


def test_without_a_suggestion_there_is_nothing_to_correct():
    with pytest.raises(NotShown):
        say_here(answered())


def test_a_stranger_and_a_running_attempt_are_refused():
    answer = checked()
    with pytest.raises(Attempt.DoesNotExist):
        say_here(answer, owner=a_guest())
    staff.reopen(answer.attempt_id, after(60) - after(0), why="x", now=after(800))
    with pytest.raises(IllegalTransition):
        say_here(answer, at=801)
    assert shown() == []


def test_the_words_go_with_the_tick_and_no_others_do():
    answer = checked(covered=(False, False))
    say_here(answer, point=0)
    say_here(answer, point=1)
    mine = owner_of(answer), answer.attempt_id, answer.position
    transitions.mark(*mine, [True, True], now=after(901))
    assert [point for point, _ in shown()] == [0, 1]
    transitions.mark(*mine, [False, True], now=after(902))
    assert [point for point, _ in shown()] == [1]


def test_the_words_go_when_an_engine_finds_the_point_itself_and_no_others_do():
    answer, other = checked(covered=(False, False)), checked()
    say_here(answer, point=0)
    say_here(answer, point=1)
    say_here(other)
    transitions.store_suggestion(answer.pk, answer.revision, Suggestion(None, None, "test-2"))
    transitions.store_suggestion(answer.pk, 99, suggestion([True, True], "test-2"))
    assert len(shown()) == 3
    transitions.store_suggestion(answer.pk, answer.revision, suggestion([False, True], "test-3"))
    words = SaidHere.objects.order_by("pk").values_list("answer", "point")
    assert list(words) == [(answer.pk, 0), (other.pk, 1)]
    answer.refresh_from_db()
    assert answer.confirmed == [True, True]


def test_the_words_go_with_a_text_that_is_replaced():
    answer, other = checked(), checked()
    say_here(answer)
    say_here(other)
    staff.reopen(answer.attempt_id, after(60) - after(0), why="x", now=after(800))
    sent = Save("New.", answer.revision, "w", 1)
    transitions.save(owner_of(answer), answer.attempt_id, answer.position, sent, now=after(801))
    assert list(SaidHere.objects.values_list("answer", flat=True)) == [other.pk]


def test_the_words_go_with_an_attempt_that_is_discarded():
    answer, other = checked(), checked()
    say_here(answer)
    say_here(other)
    staff.reopen(answer.attempt_id, after(60) - after(0), why="x", now=after(800))
    transitions.discard(owner_of(answer), answer.attempt_id, now=after(801))
    assert list(SaidHere.objects.values_list("answer", flat=True)) == [other.pk]
    other.attempt.delete()
    assert shown() == []


def test_the_database_refuses_empty_words():
    answer = AnswerFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        SaidHere.objects.create(
            answer=answer, question=answer.version.question, point=0, words="", created_at=after(0)
        )
