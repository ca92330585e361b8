"""Two people at one account, group or email address in the admin."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from tests.admin_pages import errors_of, filled_in, save, url_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def one(client):
    client.force_login(UserFactory(username="one", is_staff=True, is_superuser=True))
    return client


@pytest.fixture
def other():
    client = Client()
    client.force_login(UserFactory(username="other", is_staff=True, is_superuser=True))
    return client


def differences_of(response) -> list[tuple]:
    form = response.context["adminform"].form
    return [(d.name, d.saved, d.yours) for d in form.differences]


def test_a_right_that_was_taken_away_meanwhile_is_not_given_back(one, other):
    user = UserFactory(is_staff=True)
    mine = filled_in(one.get(url_of("change", user)), first_name="Ada")
    save(other, user, is_staff="", is_active="")
    told = one.post(url_of("change", user), mine)
    assert sorted(differences_of(told)) == [
        ("is_active", "False", None),
        ("is_staff", "False", None),
    ]
    one.post(url_of("change", user), {k: v for k, v in filled_in(told).items() if v is not False})
    user.refresh_from_db()
    assert (user.first_name, user.is_staff, user.is_active) == ("Ada", False, False)


def test_groups_that_somebody_else_changed_stay(one, other):
    first, second = (Group.objects.create(name=name) for name in ("First", "Second"))
    user = UserFactory()
    user.groups.set([first])
    mine = filled_in(one.get(url_of("change", user)), last_name="Lovelace")
    save(other, user, groups=[second.pk])
    told = one.post(url_of("change", user), mine)
    assert differences_of(told) == [("groups", "Second", None)]
    one.post(url_of("change", user), filled_in(told))
    user.refresh_from_db()
    assert (user.last_name, list(user.groups.all())) == ("Lovelace", [second])


def test_a_log_in_meanwhile_is_no_change(one):
    user = UserFactory()
    mine = filled_in(one.get(url_of("change", user)), first_name="Ada")
    Client().force_login(user)
    assert one.post(url_of("change", user), mine).status_code == 302


def test_rights_of_a_group_that_somebody_else_took_are_not_given_back(one, other):
    view, change = Permission.objects.filter(codename__in=["view_topic", "change_topic"])
    group = Group.objects.create(name="Readers")
    group.permissions.set([view, change])
    mine = filled_in(one.get(url_of("change", group)), name="Those who read")
    save(other, group, permissions=[view.pk])
    told = one.post(url_of("change", group), mine)
    assert [(name, yours) for name, _, yours in differences_of(told)] == [("permissions", None)]
    one.post(url_of("change", group), filled_in(told))
    group.refresh_from_db()
    assert (group.name, list(group.permissions.all())) == ("Those who read", [view])


def test_an_address_that_was_verified_meanwhile_stays_verified(one):
    user = UserFactory()
    address = EmailAddress.objects.create(user=user, email="a@example.org", primary=True)
    mine = filled_in(one.get(url_of("change", address)), email="b@example.org")
    EmailAddress.objects.update(verified=True)
    told = one.post(url_of("change", address), mine)
    assert differences_of(told) == [("verified", "True", None)]
    address.refresh_from_db()
    assert (address.email, address.verified) == ("a@example.org", True)


def test_of_two_new_passwords_the_second_is_told_of_the_first(one, other):
    user = UserFactory()
    url = reverse("admin:auth_user_password_change", args=[user.pk])

    def typed(response, password):
        form = response.context["form"]
        new = {"password1": password, "password2": password, "usable_password": "true"}
        return {**new, "seen": form["seen"].value(), "set-password": "1"}

    mine = typed(one.get(url), "a perfectly new word 1")
    other.post(url, typed(other.get(url), "a perfectly new word 2"))
    told = one.post(url, mine)
    assert "__all__" in told.context["form"].errors
    assert User.objects.get(pk=user.pk).check_password("a perfectly new word 2")
    assert one.post(url, typed(told, "a perfectly new word 1")).status_code == 302
    assert User.objects.get(pk=user.pk).check_password("a perfectly new word 1")


@pytest.mark.parametrize("model", ["user", "group"])
def test_accounts_are_not_deleted_in_bulk(one, model):
    row = {"user": UserFactory, "group": lambda: Group.objects.create(name="X")}[model]()
    data = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}
    one.post(reverse(f"admin:auth_{model}_changelist"), data)
    assert type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("name", ["\u200b", "\u3164", "\u2800\u00ad"], ids=ascii)
def test_a_name_that_nobody_sees_is_none(one, name):
    response = one.post(reverse("admin:auth_group_add"), {"name": name})
    assert list(errors_of(response)) == ["name"]
    password = {"password1": "a perfectly new word", "password2": "a perfectly new word"}
    data = {"username": name, "usable_password": "true", **password}
    assert "username" in errors_of(one.post(reverse("admin:auth_user_add"), data))
    assert not Group.objects.exists()
