import pytest

from attempts.models import QuestionNote
from attempts.owners import Owner
from attempts.rules.my_questions.notes import fingerprint
from attempts.transitions.personal.notes import bookmark, show_prompt, write_note
from tests.factories import UserFactory, published_question
from tests.threads import together

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["user", "guest"])
def me(request):
    return Owner(user_id=UserFactory().pk) if request.param == "user" else Owner(guest_key="guest")


@pytest.fixture
def question():
    return published_question()


def kept(owner) -> list[tuple]:
    fields = ("note", "is_bookmarked", "shows_prompt")
    return list(QuestionNote.objects.owned_by(owner).values_list(*fields))


def write(owner, question, text, before="") -> str | None:
    return write_note(owner, question.pk, text, based_on=fingerprint(before))


def test_each_thing_is_kept_beside_the_others(me, question):
    bookmark(me, question.pk, is_bookmarked=True)
    assert write(me, question, "Mine.") is None
    show_prompt(me, question.pk, shows=True)
    other = Owner(guest_key="another")
    bookmark(other, question.pk, is_bookmarked=True)
    assert kept(me) == [("Mine.", True, True)]
    bookmark(me, question.pk, is_bookmarked=False)
    assert kept(me) == [("Mine.", False, True)]
    assert kept(other) == [("", True, False)]


def test_what_says_nothing_is_no_row(me, question):
    bookmark(me, question.pk, is_bookmarked=False)
    assert kept(me) == []
    write(me, question, "Mine.")
    write(me, question, "", "Mine.")
    assert kept(me) == []


@pytest.mark.parametrize(
    ("stored", "before", "text", "refused", "then"),
    [
        ("", "", "New.", None, "New."),
        ("Old.", "Old.", "New.", None, "New."),
        ("Old.", "Old.", "", None, ""),
        # Another page has stored another note since.
        ("Theirs.", "Old.", "Mine.", "Theirs.", "Theirs."),
        ("Theirs.", "", "Mine.", "Theirs.", "Theirs."),
        ("Theirs.", "Old.", "", "Theirs.", "Theirs."),
        # Sent twice, or written twice: the same words.
        ("Mine.", "Old.", "Mine.", None, "Mine."),
        # Where the other page removed it, no word is lost.
        ("", "Old.", "Mine.", None, "Mine."),
    ],
)
def test_no_note_is_replaced_unseen(me, question, stored, before, text, refused, then):
    if stored:
        write(me, question, stored)
    assert write(me, question, text, before) == refused
    assert kept(me) == ([(then, False, False)] if then else [])


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_two_at_once_take_turns():
    me = Owner(guest_key="guest")
    for number in range(8):
        question = published_question()
        if number % 2:
            bookmark(me, question.pk, is_bookmarked=True)
        results = together(
            lambda q=question: write(me, q, "One."),
            lambda q=question: write(me, q, "Two."),
            lambda q=question: bookmark(me, q.pk, is_bookmarked=False),
            lambda q=question: show_prompt(me, q.pk, shows=False),
        )
        row = QuestionNote.objects.owned_by(me).get(question=question)
        assert sorted(results[:2], key=str) == sorted([None, row.note], key=str)
        assert not row.is_bookmarked
