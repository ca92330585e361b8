"""Deleting a row that somebody else has just changed."""

import pytest

from tests.admin_pages import act, delete, messages_of, save, url_of
from tests.factories import (
    InterviewFactory,
    TopicFactory,
    UserFactory,
    interview_of,
    published_question,
)

pytestmark = pytest.mark.django_db


def renamed(other, row):
    save(other, row, name="Another name")


CHANGES = {
    "a question's text": (published_question, lambda o, row: save(o, row, answer="New words.")),
    "a question's status": (published_question, lambda o, row: act(o, "retire", row)),
    "a topic": (TopicFactory, renamed),
    "an interview": (lambda: interview_of(1), renamed),
    "a slot": (
        lambda: interview_of(2),
        lambda o, row: save(o, row, **{"slots-0-seconds": 75}),
    ),
    "a slot more or less": (
        lambda: interview_of(2),
        lambda o, row: save(o, row, **{"slots-1-DELETE": "on"}),
    ),
    "an account": (UserFactory, lambda o, row: save(o, row, first_name="Ada")),
}


@pytest.mark.parametrize(("make", "change"), CHANGES.values(), ids=CHANGES)
def test_what_somebody_changed_meanwhile_is_not_deleted_unseen(client, editor, other, make, change):
    row = make()
    page = client.get(url_of("delete", row))
    change(other, row)
    told = client.post(
        url_of("delete", row), {"post": "yes", "seen": page.context["seen"]}, follow=True
    )
    assert type(row).objects.filter(pk=row.pk).exists()
    assert "somebody changed this" in messages_of(told)[0]
    client.post(url_of("delete", row), {"post": "yes", "seen": told.context["seen"]})
    assert not type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("make", [published_question, TopicFactory, InterviewFactory, UserFactory])
@pytest.mark.parametrize("seen", [{}, {"seen": ""}, {"seen": "x"}])
def test_a_deletion_that_does_not_say_what_it_saw_is_not_believed(client, editor, make, seen):
    row = make()
    client.post(url_of("delete", row), {"post": "yes", **seen})
    assert type(row).objects.filter(pk=row.pk).exists()
    delete(client, row)
    assert not type(row).objects.filter(pk=row.pk).exists()


def test_a_log_in_meanwhile_is_no_change_of_an_account(client, editor):
    user = UserFactory()
    page = client.get(url_of("delete", user))
    type(client)().force_login(user)
    client.post(url_of("delete", user), {"post": "yes", "seen": page.context["seen"]})
    assert not type(user).objects.filter(pk=user.pk).exists()


def test_a_row_that_is_gone_is_told_to_be_gone(client, editor, other):
    topic = TopicFactory()
    page = client.get(url_of("delete", topic))
    delete(other, topic)
    data = {"post": "yes", "seen": page.context["seen"]}
    told = client.post(url_of("delete", topic), data, follow=True)
    assert "doesn’t exist" in messages_of(told)[0]


@pytest.mark.parametrize("key", ["x", "9" * 400, "0"])
def test_no_address_breaks_the_page(client, editor, key):
    for method in (client.get, client.post):
        assert method(f"/admin/questions/topic/{key}/delete/").status_code == 302
