"""New versions of questions."""

import threading

import pytest
from django.db import IntegrityError, connection

from questions.bank.versions import new_version, save_texts
from questions.models import Question, content_hash
from tests.factories import START, QuestionFactory, UserFactory, published_question

pytestmark = pytest.mark.django_db


def test_changed_texts_become_the_next_version():
    question, author = published_question(), UserFactory()
    texts = question.current_version.texts() | {"answer": "Better."}
    version = save_texts(question, texts, now=START, author=author, change_note="It was wrong.")
    question.refresh_from_db()
    assert question.current_version == version
    assert (version.number, version.answer, version.author) == (2, "Better.", author)
    assert (version.change_note, version.created_at) == ("It was wrong.", START)
    assert question.versions.get(number=1).answer == "What is true."


def test_unchanged_texts_make_no_version():
    question = published_question()
    version = save_texts(question, question.current_version.texts(), now=START)
    assert version == question.current_version
    assert question.versions.count() == 1


def test_the_first_texts_are_version_1():
    question = QuestionFactory()
    texts = {
        "prompt": "Why?",
        "answer": "",
        "how_to_answer": "",
        "example_answer": "",
        "key_points": [],
    }
    assert save_texts(question, texts, now=START).number == 1
    assert question.current_version.number == 1


OF_BEFORE = {
    "prompt": "Why?",
    "answer": "So.",
    "how_to_answer": "",
    "example_answer": "I would.",
    "key_points": ["One.", "Ä two."],
}
HASH_OF_BEFORE = "67ca5fb8934b684c2eaeb2bebac73601e0f66d5ca1051fdee5ab5ceef958f001"
NOTHING_MORE = {"short_example": "", "follow_ups": [], "common_mistakes": [], "sources": []}
MORE = {
    "short_example": "Briefly.",
    "follow_ups": ["And then?", ""],
    "common_mistakes": ["Saying so."],
    "sources": ["Somebody: Something"],
}


def test_texts_without_what_came_later_have_the_hash_that_they_had():
    assert content_hash(OF_BEFORE) == content_hash(OF_BEFORE | NOTHING_MORE) == HASH_OF_BEFORE


def test_each_text_that_came_later_makes_another_version():
    question = QuestionFactory()
    save_texts(question, OF_BEFORE, now=START)
    hashes = set()
    for name, value in MORE.items():
        version = save_texts(question, OF_BEFORE | NOTHING_MORE | {name: value}, now=START)
        assert version.texts() == OF_BEFORE | NOTHING_MORE | {name: value}
        hashes.add(version.content_hash)
    same_words = {"common_mistakes": MORE["sources"]}, {"sources": MORE["sources"]}
    hashes |= {content_hash(OF_BEFORE | more) for more in same_words}
    assert len(hashes) == 5  # the same words in another place are another hash
    assert question.versions.count() == 5


@pytest.mark.parametrize("follow_ups", [["One?"], ["One?", "Two?", "Three?"]])
def test_the_database_refuses_follow_ups_that_are_out_of_step(follow_ups):
    with pytest.raises(IntegrityError, match="version_follow_ups_one_for_each_point"):
        save_texts(QuestionFactory(), OF_BEFORE | {"follow_ups": follow_ups}, now=START)


@pytest.mark.django_db(transaction=True)
def test_two_editors_at_once_get_two_numbers():
    question = published_question()
    texts = question.current_version.texts()
    ready, failures = threading.Barrier(2), []

    def edit(answer):
        try:
            ready.wait(timeout=10)
            save_texts(Question.objects.get(pk=question.pk), texts | {"answer": answer}, now=START)
        except Exception as error:  # it would be lost in its thread
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=edit, args=[text]) for text in ("Mine.", "Yours.")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert failures == []
    assert sorted(question.versions.values_list("number", flat=True)) == [1, 2, 3]
    question.refresh_from_db()
    assert question.current_version.number == 3


def test_a_version_that_is_not_saved_yet_has_its_texts_and_their_hash():
    question, author = published_question(), UserFactory()
    texts = question.current_version.texts() | {"answer": "Better.", "key_points": ("One.",)}
    version = new_version(question, texts, number=2, now=START, author=author, change_kind="typo")
    assert (version.pk, version.number, version.change_kind) == (None, 2, "typo")
    assert version.texts() == texts | {"key_points": ["One."]}
    assert version.content_hash == content_hash(texts)
    assert (version.question, version.author, version.created_at) == (question, author, START)
