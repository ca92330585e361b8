"""The groups of staff, as the seed makes them."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from questions import roles

pytestmark = pytest.mark.django_db


def names_of(group) -> set[str]:
    found = group.permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in found}


def test_the_seed_makes_the_groups(capsys):
    call_command("seed_questions")
    assert "group Editor added" in capsys.readouterr().out
    editor, examiner = Group.objects.get(name="Editor"), Group.objects.get(name="Examiner")
    assert names_of(editor) < names_of(examiner)
    assert {name.split(".")[0] for name in names_of(examiner)} == {"questions", "attempts"}


def test_editors_see_neither_attempts_nor_answers_nor_people():
    roles.make_groups()
    seen = names_of(Group.objects.get(name="Editor"))
    assert not {n for n in seen if n.startswith("auth.") or n.endswith(("attempt", "answer"))}


@pytest.mark.parametrize("name", sorted(set(roles.EXAMINER)))
def test_every_permission_that_a_role_names_exists(name):
    app, codename = name.split(".")
    if codename.endswith("_report"):
        pytest.importorskip("attempts.views.reports")
    assert Permission.objects.filter(content_type__app_label=app, codename=codename).exists()


def test_a_group_stays_as_it_was_left_and_the_seed_says_what_it_lacks(capsys):
    roles.make_groups()
    editor = Group.objects.get(name="Editor")
    editor.permissions.remove(Permission.objects.get(codename="delete_question"))
    call_command("seed_questions")
    assert "group Editor lacks questions.delete_question" in capsys.readouterr().out
    assert "questions.delete_question" not in names_of(editor)
