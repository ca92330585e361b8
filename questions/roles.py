"""The groups of staff: editors look after the content, examiners also after attempts.

Permissions are given by name, because those on attempts belong to an app that this one must not
import.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission

EDITOR = (
    *(f"questions.{verb}_{model}" for model in ("topic", "question", "interview", "slot")
      for verb in ("view", "add", "change", "delete")),
    "questions.view_questionversion",
    "attempts.view_report",
    "attempts.change_report",
)  # fmt: skip
EXAMINER = (
    *EDITOR,
    "attempts.view_attempt",
    "attempts.change_attempt",  # the actions on it: more time, reopening, discarding, regrading
    "attempts.view_addedtime",
    "attempts.view_answer",
    "attempts.view_kepttext",
)
ROLES = {"Editor": EDITOR, "Examiner": EXAMINER}


@dataclass(frozen=True)
class RoleReport:
    """What became of one group. missing: permissions that somebody took away from it."""

    name: str
    added: bool
    missing: tuple[str, ...] = ()


def make_groups() -> list[RoleReport]:
    """Make the groups that do not exist yet. Existing ones stay as they are."""
    reports = []
    for name, permissions in ROLES.items():
        group, added = Group.objects.get_or_create(name=name)
        if added:
            group.permissions.set(_find(permissions))
        has = {p.pk for p in group.permissions.all()}
        missing = [p for p in _find(permissions) if p.pk not in has]
        reports.append(RoleReport(name, added, tuple(_name(p) for p in missing)))
    return reports


def _find(names: Iterable[str]) -> list[Permission]:
    wanted = set(names)
    of_the_site = Permission.objects.filter(content_type__app_label__in=["questions", "attempts"])
    return [p for p in of_the_site.select_related("content_type") if _name(p) in wanted]


def _name(permission: Permission) -> str:
    return f"{permission.content_type.app_label}.{permission.codename}"
