"""Members of staff, and what the admin's log says of what they did."""

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User

from questions import roles
from tests.factories import UserFactory


def member(role: str) -> User:
    """A member of staff with a role of questions.roles."""
    roles.make_groups()
    user = UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


def log_of(candidate):
    entries = LogEntry.objects.filter(object_id=str(candidate.pk))
    return [(entry.user_id, entry.get_change_message()) for entry in entries]
