"""What is read as of one moment does not change while it is read."""

import pytest
from django.db import InternalError, connection
from django.http import HttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.test import RequestFactory

from questions.models import Topic
from quizsite.database.one_moment import as_of_one_moment, one_moment
from tests.factories import TopicFactory
from tests.threads import together


def rename_elsewhere(topic, name: str) -> None:
    together(lambda: Topic.objects.filter(pk=topic.pk).update(name=name))


def name_of(topic) -> str:
    return Topic.objects.values_list("name", flat=True).get(pk=topic.pk)


@pytest.mark.django_db(transaction=True)
def test_what_others_write_meanwhile_is_not_seen_until_it_ends():
    topic = TopicFactory(name="Before")
    with one_moment():
        assert name_of(topic) == "Before"
        rename_elsewhere(topic, "After")
        assert name_of(topic) == "Before"
    assert name_of(topic) == "After"


@pytest.mark.django_db(transaction=True)
def test_nothing_can_be_written():
    topic = TopicFactory()
    with pytest.raises(InternalError), one_moment():
        Topic.objects.filter(pk=topic.pk).update(name="Changed")


@pytest.mark.django_db
def test_within_a_transaction_it_does_nothing():
    with one_moment():
        TopicFactory(name="Written")
    assert Topic.objects.filter(name="Written").exists()


@pytest.mark.django_db(transaction=True)
def test_a_view_reads_its_template_s_rows_within_too():
    topic = TopicFactory(name="Before")
    template = engines["django"].from_string("{{ name }} {{ names.0 }}")

    @as_of_one_moment
    def view(request):
        names = Topic.objects.values_list("name", flat=True)
        context = {"name": name_of(topic), "names": names}
        rename_elsewhere(topic, "After")
        return TemplateResponse(request, template, context)

    assert view(RequestFactory().get("/")).content == b"Before Before"


@pytest.mark.django_db(transaction=True)
def test_a_post_may_write():
    @as_of_one_moment
    def view(request):
        TopicFactory()
        return HttpResponse(str(connection.in_atomic_block))

    assert view(RequestFactory().post("/")).content == b"False"
