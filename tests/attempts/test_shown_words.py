"""What editors learn from the words that candidates show, and what they decide."""

from datetime import UTC, datetime

import pytest

from attempts import shown_words
from attempts.models import WordsDecision
from attempts.models.words_decision import WordsVerdict
from attempts.shown_words import decide, offer_again, words_of
from questions.rules.phrasings import WrongStatement
from tests.attempts.said import said
from tests.factories import START, UserFactory, VersionFactory, published_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def question():
    return published_question()


def offered(question, point=0):
    question.refresh_from_db()
    return [(words.text, words.people) for words in words_of(question).offered[point].words]


def first(question):
    question.refresh_from_db()
    point = words_of(question).offered[0]
    return point.key_point, point.words[0]


def test_people_are_counted_and_not_attempts(question):
    ann = UserFactory()
    for person in ({"user": ann}, {"user": ann}, *({"user": None, "guest_key": k} for k in "aab")):
        said(question, "it is so", **person)
    said(question, "and so")
    assert offered(question) == [("it is so", 3), ("and so", 1)]


def test_other_questions_have_other_words(question):
    said(published_question(), "elsewhere")
    said(question, "second", point=1)
    assert offered(question) == []
    assert offered(question, 1) == [("second", 1)]


def test_an_old_version_with_the_same_point_at_another_place_counts(question):
    points = ["Gone.", "the first  IDEA."]
    old = VersionFactory(question=question, number=7, key_points=points)
    said(question, "early", version=old, point=1)
    said(question, "about what is gone", version=old, point=0)
    said(question, "Early")
    assert offered(question) == [("Early", 2)]
    assert offered(question, 1) == []


def test_the_month_is_told_of_two(question):
    for month in (4, 5):
        said(question, "it is so", at=datetime(2026, month, 9, tzinfo=UTC))
    assert first(question)[1].last_month.month == 5


@pytest.mark.parametrize("kind", ["accept", "reject"])
def test_a_decision_makes_a_phrasing(question, kind):
    said(question, "it is so")
    changes = decide(question, *first(question), WordsVerdict(kind), now=START)
    assert [(change.kind, change.added) for change in changes] == [(kind, ("it is so",))]
    assert offered(question) == []
    assert question.phrasings[question.current_version.key_points[0]][kind] == ["it is so"]


def test_what_is_a_phrasing_already_is_not_offered(question):
    said(question, "it is so")
    question.phrasings = {"THE first idea.": {"accept": [], "reject": ["It is  SO"]}}
    question.save()
    assert offered(question) == []


@pytest.mark.parametrize("verdict", WordsVerdict)
def test_what_was_decided_is_not_offered_again(question, verdict):
    said(question, "it is so")
    decide(question, *first(question), verdict, now=START)
    question.phrasings = {}  # an editor removes it in the form
    question.save()
    said(question, "IT is so")
    assert offered(question) == []


def test_what_is_refused_is_not_decided(question):
    said(question, "it is so")
    key_point, words = first(question)
    question.phrasings = {key_point: {"accept": [], "reject": ["it is so"]}}
    question.save()
    with pytest.raises(WrongStatement):
        decide(question, key_point, words, WordsVerdict.ACCEPT, now=START)
    assert not WordsDecision.objects.exists()


def test_what_was_put_aside_can_be_offered_again(question):
    said(question, "it is so")
    said(question, "kept")
    said(question, "other point", point=1)
    decide(question, *first(question), WordsVerdict.ASIDE, now=START)
    aside = words_of(question).aside
    assert [[words.text for words in point.words] for point in aside] == [["it is so"], []]
    assert offered(question) == [("kept", 1)]
    offer_again(question, aside[0].words[0])
    assert offered(question) == [("it is so", 1), ("kept", 1)]
    assert [point.words for point in words_of(question).aside] == [[], []]


def test_words_are_gone_with_the_attempt_also_those_that_were_decided(question):
    row = said(question, "it is so")
    decide(question, *first(question), WordsVerdict.ASIDE, now=START)
    row.answer.attempt.user.delete()
    assert [point.words for point in words_of(question).aside] == [[], []]
    assert "so" not in str(WordsDecision.objects.values_list().get())


def test_only_the_newest_are_read(question, monkeypatch):
    monkeypatch.setattr(shown_words, "MOST_READ", 1)
    for words in ("old", "new"):
        said(question, words)
    assert offered(question) == [("new", 1)]
