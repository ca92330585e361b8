"""What a seed adds, updates and leaves alone."""

import threading
from collections import Counter
from dataclasses import replace
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from questions.bank.seed import Outcome, seed_bank
from questions.bank.versions import save_texts
from questions.formats import Bank, FormatError, SlotRecord, TopicRecord
from questions.models import Interview, Question, Status, Topic
from tests.factories import (
    START,
    QuestionFactory,
    TopicFactory,
    published_question,
)
from tests.questions.bank.small_bank import BANK, QUESTIONS, state, with_question

pytestmark = pytest.mark.django_db


def test_an_empty_database_gets_everything():
    report = seed_bank(BANK, now=START)
    assert report == {
        ("topic", "added"): 2,
        ("question", "added"): 2,
        ("interview", "added"): 1,
    }
    question = Question.objects.get(slug="question-of-data")
    assert (question.topic.name, question.difficulty, question.seconds) == ("Data", 1, 90)
    assert (question.status, question.position) == (Status.PUBLISHED, 1)
    assert question.current_version.prompt == "What about data?"
    assert question.current_version.key_points == ["One idea.", "Another idea."]
    fixed, rule = Interview.objects.get(slug="both").slots.all()
    assert (fixed.question, fixed.seconds) == (question, 60)
    assert (rule.topic.slug, rule.difficulty_from, rule.difficulty_to) == ("models", 1, 2)


def test_seeding_twice_changes_nothing():
    seed_bank(BANK, now=START)
    before = state()
    assert set(seed_bank(BANK, now=START)) == {
        (kind, "unchanged") for kind in ("topic", "question", "interview")
    }
    assert state() == before


def test_an_untouched_row_is_brought_up_to_date():
    seed_bank(BANK, now=START)
    report = seed_bank(with_question(answer="Better.", difficulty=3, topic="models"), now=START)
    assert report["question", "updated"] == 1
    question = Question.objects.get(slug="question-of-data")
    assert (question.difficulty, question.topic.slug) == (3, "models")
    assert (question.current_version.number, question.current_version.answer) == (2, "Better.")
    assert question.versions.get(number=1).answer == "This."


def test_a_change_outside_the_texts_makes_no_version():
    seed_bank(BANK, now=START)
    seed_bank(with_question(seconds=120), now=START)
    question = Question.objects.get(slug="question-of-data")
    assert (question.seconds, question.versions.count()) == (120, 1)


@pytest.mark.parametrize("bank", [BANK, with_question(answer="Better.")], ids=["same", "newer"])
@pytest.mark.parametrize("edited", ["texts", "difficulty", "slug"])
def test_an_editors_question_is_kept(bank, edited):
    seed_bank(BANK, now=START)
    question = Question.objects.get(slug="question-of-data")
    if edited == "texts":
        save_texts(question, question.current_version.texts() | {"answer": "Mine."}, now=START)
    else:
        setattr(question, edited, {"difficulty": 3, "slug": "mine"}[edited])
        question.save()
    before = state()
    report = seed_bank(replace(bank, interviews=()), now=START)
    assert (report["question", "kept as edited"], report["question", "unchanged"]) == (1, 1)
    assert state() == before


@pytest.mark.parametrize("name", ["Data", "All about data"], ids=["same", "newer"])
def test_an_editors_name_of_a_topic_is_kept(name):
    seed_bank(BANK, now=START)
    Topic.objects.filter(slug="data").update(name="My data")
    topics = (TopicRecord("data", name), BANK.topics[1])
    report = seed_bank(replace(BANK, topics=topics), now=START)
    assert report["topic", "kept as edited"] == 1
    assert Topic.objects.get(slug="data").name == "My data"


def test_an_interview_with_other_slots_is_kept():
    seed_bank(BANK, now=START)
    interview = Interview.objects.get()
    interview.slots.filter(position=2).update(count=2)
    newer = replace(BANK.interviews[0], description="Other words.")
    report = seed_bank(replace(BANK, interviews=(newer,)), now=START)
    assert report["interview", "kept as edited"] == 1
    interview.refresh_from_db()
    assert interview.description == "All there is."
    assert [slot.count for slot in interview.slots.all()] == [1, 2]


def test_an_editors_clocks_are_kept():
    seed_bank(BANK, now=START)
    Question.objects.filter(slug="question-of-data").update(seconds=100)
    Interview.objects.update(think_seconds=30)
    newer = replace(
        with_question(seconds=240), interviews=(replace(BANK.interviews[0], think_seconds=60),)
    )
    report = seed_bank(newer, now=START)
    assert report["question", "kept as edited"] == report["interview", "kept as edited"] == 1
    assert Question.objects.get(slug="question-of-data").seconds == 100
    assert Interview.objects.get().think_seconds == 30


def test_an_untouched_interview_gets_the_new_slots():
    seed_bank(BANK, now=START)
    newer = replace(BANK.interviews[0], slots=(SlotRecord(count=2, seconds=30),))
    report = seed_bank(replace(BANK, interviews=(newer,)), now=START)
    assert report["interview", "updated"] == 1
    (slot,) = Interview.objects.get().slots.all()
    assert (slot.count, slot.seconds, slot.question) == (2, 30, None)


def test_a_retired_question_stays_retired():
    seed_bank(BANK, now=START)
    Question.objects.filter(slug="question-of-data").update(status=Status.RETIRED.value)
    seed_bank(with_question(answer="Better."), now=START)
    assert Question.objects.get(slug="question-of-data").status == Status.RETIRED


def test_a_new_question_that_asks_what_a_published_one_asks_stays_a_draft():
    published_question(prompt="what about  DATA?")
    report = seed_bank(BANK, now=START)
    assert (report["question", Outcome.ADDED_AS_DRAFT], report["question", Outcome.ADDED]) == (1, 1)
    assert Question.objects.get(slug="question-of-data").status == Status.DRAFT
    assert set(seed_bank(BANK, now=START)) == {
        (kind, Outcome.UNCHANGED) for kind in ("topic", "question", "interview")
    }


def test_of_two_questions_of_a_file_that_ask_the_same_one_is_published():
    alike = replace(QUESTIONS[1], prompt=QUESTIONS[0].prompt)
    seed_bank(replace(BANK, questions=(QUESTIONS[0], alike)), now=START)
    assert [question.slug for question in Question.objects.published()] == [QUESTIONS[0].slug]


def test_a_published_question_is_not_brought_to_ask_what_another_asks():
    seed_bank(BANK, now=START)
    published_question(prompt="Another?")
    before = state()
    report = seed_bank(with_question(prompt="another?"), now=START)
    assert report["question", Outcome.HELD_BACK] == 1
    assert state() == before
    Question.objects.filter(slug="question-of-data").update(status=Status.RETIRED.value)
    assert seed_bank(with_question(prompt="another?"), now=START)["question", Outcome.UPDATED] == 1


def test_a_prompt_that_one_question_gives_up_another_may_take():
    seed_bank(BANK, now=START)
    first, second = QUESTIONS
    changed = (replace(first, prompt="Something new?"), replace(second, prompt=first.prompt))
    report = seed_bank(replace(BANK, questions=changed), now=START)
    assert report["question", Outcome.UPDATED] == 2


def test_what_the_file_no_longer_has_stays():
    seed_bank(BANK, now=START)
    assert seed_bank(Bank(), now=START) == Counter()
    assert Question.objects.count() == 2


@pytest.mark.parametrize(
    ("bank", "message"),
    [
        (with_question(topic="nowhere"), "there is no topic 'nowhere'"),
        (
            replace(
                BANK,
                interviews=(
                    replace(BANK.interviews[0], slots=(SlotRecord(question="unheard-of"),)),
                ),
            ),
            "there is no question 'unheard-of'",
        ),
    ],
)
def test_a_broken_reference_writes_nothing(bank, message):
    with pytest.raises(FormatError, match=message):
        seed_bank(bank, now=START)
    assert state() == [[]] * 5


def test_a_name_that_is_taken_writes_nothing():
    TopicFactory(slug="mine", name="Data")
    before = state()
    with pytest.raises(FormatError, match="another topic is called 'Data' already"):
        seed_bank(BANK, now=START)
    assert state() == before


def test_a_slug_that_is_taken_writes_nothing():
    QuestionFactory(slug="question-of-data")
    before = state()
    with pytest.raises(FormatError, match="another question has the slug 'question-of-data'"):
        seed_bank(BANK, now=START)
    assert state() == before


def test_the_command_names_the_file_and_the_place(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("topics: [{slug: data}]")
    with pytest.raises(
        CommandError, match=r"mine.yaml: Topics, entry 1: name is missing.*Nothing was written"
    ):
        call_command("seed_questions", path)


def test_the_statements_do_not_grow_with_the_number_of_new_or_known_questions():
    def statements(bank):
        with CaptureQueriesContext(connection) as queries:
            seed_bank(bank, now=START)
        return len(queries)

    def bank_of(first, count):
        alike = [
            replace(QUESTIONS[0], uid=UUID(int=n), slug=f"q{n}", prompt=f"What is {n}?")
            for n in range(first, first + count)
        ]
        return replace(BANK, questions=tuple(alike), interviews=())

    statements(bank_of(100, 1))  # writes the topics
    assert statements(bank_of(200, 2)) == statements(bank_of(300, 9))
    assert statements(bank_of(200, 2)) == statements(bank_of(300, 9))


@pytest.mark.django_db(transaction=True)
def test_servers_that_start_at_once_seed_one_after_the_other():
    ready, reports = threading.Barrier(2), []

    def seed():
        ready.wait(timeout=10)
        try:
            reports.append(seed_bank(BANK, now=START))
        except Exception as error:  # it would be lost in its thread
            reports.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=seed) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert [
        report["question", "added"] + report["question", "unchanged"] for report in reports
    ] == [
        2,
        2,
    ]
    assert Question.objects.count() == 2
