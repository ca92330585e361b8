"""Two editors at one list with positions."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from questions.models import Interview, Topic
from tests.admin_pages import list_filled_in, messages_of, save
from tests.factories import InterviewFactory, TopicFactory

pytestmark = pytest.mark.django_db

LISTS = [
    (reverse("admin:questions_topic_changelist"), TopicFactory, Topic),
    (reverse("admin:questions_interview_changelist"), InterviewFactory, Interview),
]
each_list = pytest.mark.parametrize(
    ("url", "factory", "model"), LISTS, ids=["topics", "interviews"]
)


@pytest.fixture
def rows(factory):
    return [factory(position=position) for position in (1, 2, 3)]


def positions(model) -> list[int]:
    return list(model.objects.order_by("pk").values_list("position", flat=True))


def errors(response) -> list[list[str]]:
    """The fields with an error, row by row."""
    return [list(form.errors) for form in response.context["cl"].formset.forms]


@each_list
def test_the_older_list_does_not_undo_what_the_newer_one_moved(
    client, editor, other, rows, url, model
):
    mine = list_filled_in(client.get(url), **{"form-2-position": 9})
    other.post(url, list_filled_in(other.get(url), **{"form-0-position": 7}))
    assert client.post(url, mine).status_code == 302
    assert positions(model) == [7, 2, 9]


@each_list
def test_a_row_that_both_moved_is_told_and_nothing_is_stored(
    client, editor, other, rows, url, model
):
    changes = {"form-0-position": 5, "form-1-position": 6}
    mine = list_filled_in(client.get(url), **changes)
    other.post(url, list_filled_in(other.get(url), **{"form-0-position": 7}))
    told = client.post(url, mine)
    assert errors(told) == [["position"], [], []]
    assert positions(model) == [7, 2, 3]
    table = told.context["cl"]
    assert table.formset.forms[0]["position"].value() == "5"
    assert [form.instance for form in table.formset.forms] == table.result_list == rows
    assert client.post(url, list_filled_in(told)).status_code == 302
    assert positions(model) == [5, 6, 3]


@each_list
def test_a_third_change_is_told_again(client, editor, rows, url, model):
    mine = list_filled_in(client.get(url), **{"form-0-position": 5})
    for position in (7, 8):
        model.objects.filter(pk=rows[0].pk).update(position=position)
        mine = list_filled_in(client.post(url, mine))
    assert positions(model) == [8, 2, 3]
    client.post(url, mine)
    assert positions(model) == [5, 2, 3]


@each_list
def test_two_who_move_a_row_to_the_same_place_do_not_quarrel(
    client, editor, other, rows, url, model
):
    mine = list_filled_in(client.get(url), **{"form-0-position": 7})
    other.post(url, list_filled_in(other.get(url), **{"form-0-position": 7}))
    assert client.post(url, mine).status_code == 302
    assert positions(model) == [7, 2, 3]


@each_list
@pytest.mark.parametrize("shown", [None, "", "x", "9" * 400])
def test_a_list_that_does_not_say_what_it_showed_is_not_believed(
    client, editor, rows, url, model, shown
):
    data = list_filled_in(client.get(url), **{"form-0-position": 5})
    del data["initial-form-0-position"]
    if shown is not None:
        data["initial-form-0-position"] = shown
    assert errors(client.post(url, data))[0] == ["position"]
    assert positions(model) == [1, 2, 3]


@each_list
def test_a_list_with_a_row_that_is_gone_stores_nothing_and_says_so(
    client, editor, rows, url, model
):
    data = list_filled_in(client.get(url), **{"form-1-position": 9})
    rows[0].delete()
    told = client.post(url, data, follow=True)
    assert "somebody deleted" in messages_of(told)[0]
    assert positions(model) == [2, 3]
    client.post(url, list_filled_in(told, **{"form-0-position": 9}))
    assert positions(model) == [9, 3]


def test_the_form_of_a_row_and_the_list_see_each_other(client, editor, other):
    topic = TopicFactory(position=1, name="Data")
    url = LISTS[0][0]
    mine = list_filled_in(client.get(url), **{"form-0-position": 5})
    save(other, topic, name="Data, better", position=8)
    assert errors(client.post(url, mine)) == [["position"]]
    topic.refresh_from_db()
    assert (topic.name, topic.position) == ("Data, better", 8)


@pytest.mark.django_db(transaction=True)
def test_of_two_lists_at_the_same_moment_one_is_saved_and_one_is_told(client, editor):
    TopicFactory(position=1)
    url = LISTS[0][0]
    page = client.get(url)
    ready, said = threading.Barrier(2), []

    def post(position):
        try:
            own = Client()
            own.cookies = client.cookies
            data = list_filled_in(page, **{"form-0-position": position})
            ready.wait(timeout=10)
            said.append(own.post(url, data).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=post, args=[position]) for position in (5, 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(said) == [200, 302]
