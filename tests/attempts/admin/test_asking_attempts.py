"""The admin's list of attempts, filtered by the question that they asked."""

import pytest
from django.urls import reverse

from attempts.admin.question import asking_attempts
from questions.bank import versions
from tests.attempts.admin.staff import member
from tests.factories import START, AnswerFactory, AttemptFactory, VersionFactory

pytestmark = pytest.mark.django_db

LIST = reverse("admin:attempts_attempt_changelist")


@pytest.fixture
def staff(client):
    client.force_login(member("Examiner"))
    return client


def asked(version, times=1):
    """Attempts that asked it, oldest first."""
    attempts = [AttemptFactory(finished=True) for _ in range(times)]
    for attempt in attempts:
        AnswerFactory(attempt=attempt, version=version)
    return attempts


def listed(staff, question) -> set:
    page = staff.get(LIST, {"answers__version__question": question})
    assert page.status_code == 200
    return set(page.context["cl"].queryset.values_list("pk", flat=True))


def keys(attempts) -> set:
    return {attempt.pk for attempt in attempts}


def test_attempts_that_asked_any_version_of_the_question_are_listed(staff):
    first = VersionFactory()
    before = asked(first)
    texts = first.texts() | {"key_points": ["Another idea."]}
    versions.save_texts(first.question, texts, now=START, change_note="It was wrong.")
    after = asked(first.question.current_version)
    assert first.question.versions.count() == 2
    asked(VersionFactory())
    assert listed(staff, first.question_id) == keys(before + after)


def test_of_each_version_the_newest_are_listed(staff, monkeypatch):
    monkeypatch.setattr(asking_attempts, "MOST_OF_EACH", 2)
    version = VersionFactory()
    attempts = asked(version, times=3)
    assert listed(staff, version.question_id) == keys(attempts[1:])


def test_follow_ups_push_no_attempt_out(staff, monkeypatch):
    monkeypatch.setattr(asking_attempts, "MOST_OF_EACH", 2)
    version = VersionFactory()
    attempts = asked(version, times=2)
    asked_first = attempts[-1].answers.get()
    for point in range(2):
        AnswerFactory(attempt=attempts[-1], version=version, follows=asked_first, asked_point=point)
    assert listed(staff, version.question_id) == keys(attempts)


@pytest.mark.parametrize("value", ["0", "", "none", "-1", "9" * 40, "1 OR 1=1", "\u0663"])
def test_what_names_no_question_lists_nothing(staff, value):
    asked(VersionFactory())
    assert listed(staff, value) == set()


def test_it_is_offered_only_where_an_address_names_a_question(staff):
    (attempt,) = asked(VersionFactory(question__slug="named-by-the-address"))
    question = attempt.answers.get().version.question_id
    assert "named-by-the-address" not in staff.get(LIST).content.decode()
    page = staff.get(LIST, {"answers__version__question": question})
    assert "named-by-the-address" in page.content.decode()
