"""The pages of statistics, and what an editor reads there, for the tests of them."""

import re
from datetime import date

from django.contrib.auth.models import Permission
from django.urls import reverse

from attempts.models import CheckedSuggestions
from attempts.statistics.accuracy import COUNTS
from tests.factories import UserFactory

BANK = reverse("admin:attempts_questionstatistics_changelist")


def page_of(question) -> str:
    return reverse("admin:attempts_questionstatistics_question", args=[question.pk])


def member(*permissions):
    user = UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


def get(client, address=BANK, **query) -> str:
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def slugs(page: str) -> list[str]:
    """Prompts in the order of the table."""
    return re.findall(r"What is meant by number \d+\?", page[page.index('id="table-heading"') :])


def checked(question, month=3, **counts):
    values = dict.fromkeys(COUNTS, 0) | {"answers": 12} | counts
    return CheckedSuggestions.objects.create(
        question=question, month=date(2026, month, 1), engine="tested 1", **values
    )
