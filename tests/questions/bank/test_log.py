"""The log of what the seed writes, and the account that it names."""

from dataclasses import replace

import pytest
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.management import CommandError, call_command

from questions.bank.log import COMMAND_LINE, command_line_account
from questions.bank.seed import seed_bank
from questions.formats import FormatError, SlotRecord
from questions.models import Question, Topic
from tests.factories import START, UserFactory
from tests.questions.bank.small_bank import BANK, QUESTIONS, with_question

pytestmark = pytest.mark.django_db


def logged() -> list[tuple[str, int, str]]:
    return [
        (entry.content_type.model, entry.action_flag, entry.object_repr)
        for entry in LogEntry.objects.order_by("pk")
    ]


def test_a_seed_logs_every_row_that_it_writes_and_no_other():
    seed_bank(BANK, now=START)
    assert logged() == [
        ("topic", ADDITION, "Data"),
        ("topic", ADDITION, "Models"),
        ("question", ADDITION, "question-of-data"),
        ("question", ADDITION, "question-of-models"),
        ("interview", ADDITION, "Both"),
    ]
    assert {entry.user.username for entry in LogEntry.objects.all()} == {COMMAND_LINE}
    LogEntry.objects.all().delete()
    seed_bank(BANK, now=START)
    assert logged() == []
    seed_bank(with_question(answer="Another."), now=START)
    assert logged() == [("question", CHANGE, "question-of-data")]


def test_the_seed_names_whoever_it_is_told(tmp_path):
    user = UserFactory(email="ada@example.org")
    call_command("seed_questions", user="ADA@example.org")
    assert set(LogEntry.objects.values_list("user", flat=True)) == {user.pk}
    with pytest.raises(CommandError, match="There is no account 'nobody'"):
        call_command("seed_questions", user="nobody")


def test_a_seed_that_is_refused_logs_nothing():
    lost = replace(BANK.interviews[0], slots=(SlotRecord(question="none"),))
    with pytest.raises(FormatError):
        seed_bank(replace(BANK, interviews=(lost,)), now=START)
    assert logged() == []


def test_nobody_can_log_in_with_the_account_of_commands(client):
    account = command_line_account()
    assert command_line_account() == account
    assert (account.is_active, account.has_usable_password()) == (False, False)
    assert (account.is_staff, account.is_superuser, account.email) == (False, False, "")


# --- renamed rows ------------------------------------------------------------------------------


def test_a_seed_finds_a_topic_that_was_renamed():
    seed_bank(BANK, now=START)
    Topic.objects.filter(slug="data").update(slug="all-data")
    report = seed_bank(with_question(uid=QUESTIONS[0].uid, answer="Another."), now=START)
    assert report["topic", "kept as edited"] == 1
    assert Topic.objects.count() == 2


def test_two_questions_of_the_seed_swap_their_slugs():
    seed_bank(BANK, now=START)
    first, second = QUESTIONS
    swapped = (replace(first, slug=second.slug), replace(second, slug=first.slug))
    seed_bank(replace(BANK, questions=swapped), now=START)
    assert Question.objects.get(uid=first.uid).slug == second.slug
    assert Question.objects.get(uid=second.uid).slug == first.slug
