"""What a seed does with phrasings: they hold back no texts, and an editor's are not lost."""

import hashlib
from dataclasses import astuple

import pytest

from questions.bank.seed import Outcome, seed_bank
from questions.bank.seed_outcomes import COVERED
from questions.bank.versions import save_texts
from questions.formats import PhrasingRecord
from questions.models import Question, QuestionVersion
from tests.factories import START
from tests.questions.bank.small_bank import BANK, state, with_question

pytestmark = pytest.mark.django_db

ONE = (PhrasingRecord(("a",), ("r",)), PhrasingRecord())
TWO = (PhrasingRecord(("b",)), PhrasingRecord(("c",)))


def kept_by(slug="question-of-data") -> dict:
    return Question.objects.get(slug=slug).phrasings


def test_phrasings_are_written_and_brought_up_to_date_without_a_version():
    seed_bank(with_question(phrasings=ONE), now=START)
    assert kept_by() == {"One idea.": {"accept": ["a"], "reject": ["r"]}}
    before = state()
    assert seed_bank(with_question(phrasings=ONE), now=START)["question", "unchanged"] == 2
    assert state() == before
    assert seed_bank(with_question(phrasings=TWO), now=START)["question", "updated"] == 1
    assert kept_by() == {
        "One idea.": {"accept": ["b"], "reject": []},
        "Another idea.": {"accept": ["c"], "reject": []},
    }
    assert seed_bank(with_question(phrasings=()), now=START)["question", "updated"] == 1
    assert (kept_by(), QuestionVersion.objects.count()) == ({}, 2)


def test_a_row_that_the_seed_wrote_before_there_were_phrasings_is_known_as_untouched():
    seed_bank(BANK, now=START)
    question = Question.objects.get(slug="question-of-data")
    # As the seed hashed this question when it had no phrasings.
    old = (
        "(UUID('00000000-0000-0000-0000-000000000001'), 'question-of-data', 'data', 1, 90,"
        " 'What about data?', 'This.', 'So.', 'I would do this.', ('One idea.', 'Another idea.'))"
    )
    assert question.seed_hash == hashlib.sha256(old.encode()).hexdigest()
    assert seed_bank(with_question(phrasings=ONE), now=START)["question", "updated"] == 1
    assert kept_by()


def test_a_row_from_when_the_hash_covered_phrasings_is_known_as_untouched():
    seed_bank(with_question(phrasings=ONE), now=START)
    question = Question.objects.filter(slug="question-of-data")
    record = with_question(phrasings=ONE).questions[0]
    texts = [getattr(record, name) for name in COVERED]
    values = repr((*texts, tuple(map(astuple, ONE))))
    old = {"seed_hash": hashlib.sha256(values.encode()).hexdigest(), "phrasings_hash": ""}
    question.update(**old)
    newer = with_question(phrasings=TWO, answer="Better.")
    assert seed_bank(newer, now=START)["question", "updated"] == 1
    assert question.get().current_version.answer == "Better."
    assert kept_by()["One idea."] == {"accept": ["b"], "reject": []}


MINE = {"One idea.": {"accept": ["a", "mine"], "reject": []}}


def edited(**values) -> None:
    """An editor adds a phrasing and removes another one."""
    seed_bank(with_question(phrasings=ONE), now=START)
    Question.objects.filter(slug="question-of-data").update(phrasings=MINE, **values)


@pytest.mark.parametrize("phrasings", [ONE, TWO, (), None])
def test_an_editors_phrasings_hold_back_no_texts(phrasings):
    edited()
    newer = with_question(answer="Better.", phrasings=phrasings)
    assert seed_bank(newer, now=START)["question", "updated"] == 1
    assert Question.objects.get(slug="question-of-data").current_version.answer == "Better."
    assert set(MINE["One idea."]["accept"]) <= set(kept_by()["One idea."]["accept"])


def test_an_editors_phrasings_stay_while_the_file_says_the_same():
    edited()
    before = state()
    assert seed_bank(with_question(phrasings=ONE), now=START)["question", "unchanged"] == 2
    assert state() == before


def test_new_phrasings_are_added_to_an_editors_under_neither_kind_twice():
    edited()
    newer = (PhrasingRecord(("A", "b"), ("r", "Mine", "s")), PhrasingRecord(("c",)))
    assert seed_bank(with_question(phrasings=newer), now=START)["question", "updated"] == 1
    merged = {
        "One idea.": {"accept": ["a", "mine", "b"], "reject": ["r", "s"]},
        "Another idea.": {"accept": ["c"], "reject": []},
    }
    assert kept_by() == merged
    for again in (newer, ()):
        seed_bank(with_question(phrasings=again), now=START)
        assert kept_by() == merged


def test_new_phrasings_reach_a_question_whose_texts_an_editor_changed():
    seed_bank(with_question(phrasings=ONE), now=START)
    question = Question.objects.get(slug="question-of-data")
    save_texts(question, question.current_version.texts() | {"answer": "Mine."}, now=START)
    newer = with_question(answer="Better.", phrasings=TWO)
    report = seed_bank(newer, now=START)
    assert report["question", Outcome.KEPT_WITH_PHRASINGS] == 1
    assert Question.objects.get(pk=question.pk).current_version.answer == "Mine."
    assert kept_by()["One idea."] == {"accept": ["b"], "reject": []}
    assert seed_bank(newer, now=START)["question", Outcome.KEPT] == 1


def test_a_reworded_point_gets_its_phrasings_and_the_editors_stay_under_the_old_words():
    edited()
    reworded = with_question(key_points=("One better idea.", "Another idea."), phrasings=ONE)
    assert seed_bank(reworded, now=START)["question", "updated"] == 1
    assert kept_by() == MINE | {"One better idea.": {"accept": ["a"], "reject": ["r"]}}


def test_a_file_without_phrasings_leaves_them():
    seed_bank(with_question(phrasings=ONE), now=START)
    before = state()
    assert seed_bank(BANK, now=START)["question", "unchanged"] == 2
    assert state() == before
    reworded = with_question(key_points=("One better idea.", "Another idea."))
    for outcome in ("updated", "unchanged"):
        assert seed_bank(reworded, now=START)["question", outcome]
    assert kept_by() == {"One idea.": {"accept": ["a"], "reject": ["r"]}}
    again = with_question(key_points=reworded.questions[0].key_points, phrasings=TWO)
    assert seed_bank(again, now=START)["question", "updated"] == 1
    assert set(kept_by()) == {"One idea.", "One better idea.", "Another idea."}
