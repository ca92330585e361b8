"""Every URL under the admin, visited by everybody who must not get in."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.urls import URLPattern, get_resolver, reverse

from attempts.models import AddedTime, Answer, Attempt, KeptText
from questions import roles
from questions.models import Interview, Question, QuestionVersion, Slot, Topic
from tests.factories import AnswerFactory, UserFactory, interview_of

pytestmark = pytest.mark.django_db

OPEN = {"login", "logout", "jsi18n"}
"""Reached without a right: the way in, the way out, and Django's own words for its scripts."""
FOR_ALL_STAFF = {"index", "password_change", "password_change_done"}
"""Shown to any member of staff; it only shows what concerns themselves."""


def patterns(resolver, namespace="", route=""):
    for entry in resolver.url_patterns:
        path = route + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield namespace, path, entry.name
        else:
            yield from patterns(entry, entry.namespace or namespace, path)


ADMIN = [(path, name) for space, path, name in patterns(get_resolver()) if space == "admin"]


@pytest.fixture
def row():
    """One row of everything, so that no URL is a 404 because a row is missing."""
    Group.objects.create(name="Somebody")
    interview = interview_of(1)
    question = interview.slots.get().question
    return AnswerFactory(version=question.current_version, written=True, text="Very private.")


def urls(row):
    """Each URL of the admin, filled in with what exists, or with 1. (name, url)"""
    question = row.version.question
    keys = {
        "questions_question": question.pk,
        "questions_topic": question.topic_id,
        "questions_interview": Interview.objects.first().pk,
        "attempts_attempt": row.attempt_id,
        "attempts_answer": row.pk,
        "auth_user": row.attempt.user_id,
        "auth_group": Group.objects.first().pk,
    }
    for path, name in ADMIN:
        if name is None:  # Django's redirects of old addresses, and the one that catches all
            continue
        key = next((k for start, k in keys.items() if name.startswith(start)), 1)
        if name == "attempts_attempt_regrade":
            key = question.pk

        def fill(match, key=key):
            name = match[0].strip("<>").rpartition(":")[2]
            special = {"number": 1, "app_label": "questions", "content_type_id": 1, "token": "x"}
            return str(special.get(name, key))

        filled = "admin/questions/" if name == "app_list" else re.sub(r"<[^>]+>", fill, path)
        yield name, "/" + filled


def everything():
    models = (Topic, Question, QuestionVersion, Interview, Slot)
    models += (Attempt, Answer, KeptText, AddedTime, User, Group, LogEntry)
    return [list(model.objects.order_by("pk").values()) for model in models]


def statuses(client, row, wanted):
    data = {"post": "yes", "action": "retire", "_selected_action": row.version.question_id}
    data |= {"minutes": 5, "why": "x", "change_note": "x", "current": 1, "text": "x"}
    found = {}
    for name, url in urls(row):
        if wanted(name):
            for verb in (client.get, client.post):
                response = verb(url, data)
                gone = response.headers.get("Location") == reverse("admin:index")
                found[name, verb.__name__] = 404 if gone else response.status_code
    return found


def test_the_walk_knows_the_pages_that_are_ours():
    names = {name for _, name in ADMIN}
    for name in (
        *(
            "questions_question_markdown",
            "questions_question_compare",
            "questions_question_restore",
        ),
        *("questions_question_duplicate", "questions_question_as_candidate"),
        *("questions_interview_fill", "questions_interview_draw", "questions_interview_copy"),
        *("attempts_attempt_add_minutes", "attempts_attempt_reopen", "attempts_attempt_discard"),
        "attempts_attempt_regrade",
    ):
        assert name in names


@pytest.mark.parametrize("who", ["nobody", "candidate"])
def test_who_is_not_staff_is_sent_to_the_log_in_everywhere(client, row, who):
    if who == "candidate":
        client.force_login(UserFactory())
    before = everything()
    found = statuses(client, row, lambda name: name not in OPEN)
    assert {key: status for key, status in found.items() if status != 302} == {}
    assert everything() == before


def test_staff_without_rights_is_refused_everywhere_and_changes_nothing(client, row):
    client.force_login(UserFactory(is_staff=True))
    before = everything()
    found = statuses(client, row, lambda name: name not in OPEN | FOR_ALL_STAFF)
    lax = {key: status for key, status in found.items() if status not in (403, 404, 405)}
    assert lax == {}
    assert everything() == before


def test_editors_reach_no_attempt_no_answer_and_no_person(client, row):
    roles.make_groups()
    editor = UserFactory(is_staff=True)
    editor.groups.add(Group.objects.get(name="Editor"))
    client.force_login(editor)
    before = everything()
    for name, url in urls(row):
        if name.startswith(("attempts_attempt", "attempts_answer", "auth_")):
            assert client.get(url).status_code == 403, name
            assert client.post(url, {"why": "x", "minutes": 5}).status_code == 403, name
    assert everything() == before
    pages = [
        url for name, url in urls(row) if name.startswith("questions_") and "delete" not in name
    ]
    for url in pages:
        assert "Very private." not in client.get(url).content.decode()


def test_examiners_see_attempts_and_answers_but_no_accounts(client, row):
    roles.make_groups()
    examiner = UserFactory(is_staff=True)
    examiner.groups.add(Group.objects.get(name="Examiner"))
    client.force_login(examiner)
    url = reverse("admin:attempts_attempt_change", args=[row.attempt_id])
    assert "Very private." in client.get(url).content.decode()
    for name, url in urls(row):
        if name.startswith("auth_"):
            assert client.get(url).status_code == 403, name


@pytest.mark.parametrize(
    ("model", "field"), [("slot", "question"), ("slot", "topic"), ("attempt", "user")]
)
def test_autocomplete_tells_nothing_to_who_may_not_look(client, row, model, field):
    client.force_login(UserFactory(is_staff=True))
    app = "attempts" if model == "attempt" else "questions"
    data = {"app_label": app, "model_name": model, "field_name": field, "term": ""}
    assert client.get(reverse("admin:autocomplete"), data).status_code == 403


@pytest.mark.parametrize("action", ["publish", "retire", "set_topic", "set_difficulty"])
def test_bulk_actions_are_refused_to_who_may_only_look(client, row, action):
    reader = UserFactory(is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename="view_question"))
    client.force_login(reader)
    before = everything()
    data = {"action": action, "_selected_action": row.version.question_id, "difficulty": 3}
    client.post(reverse("admin:questions_question_changelist"), data)
    assert everything() == before


@pytest.mark.parametrize("model", ["question", "topic", "interview"])
def test_nothing_of_the_bank_is_deleted_in_bulk(client, row, model):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    before = everything()
    pk = {"question": Question, "topic": Topic, "interview": Interview}[model].objects.first().pk
    data = {"action": "delete_selected", "_selected_action": pk, "post": "yes"}
    url = reverse(f"admin:questions_{model}_changelist")
    client.post(url, data)
    assert "delete_selected" not in client.get(url).content.decode()
    assert everything() == before
