"""Topics in the admin."""

import pytest
from django.urls import reverse

from tests.admin_pages import list_filled_in
from tests.factories import QuestionFactory, TopicFactory

pytestmark = pytest.mark.django_db


def test_topics_are_listed_with_their_questions_and_moved_in_the_list(client, editor):
    url = reverse("admin:questions_topic_changelist")
    topic = TopicFactory(name="Data")
    QuestionFactory(topic=topic)
    QuestionFactory(topic=topic)
    (row,) = client.get(url).context["cl"].result_list
    assert row.question_count == 2
    client.post(url, list_filled_in(client.get(url), **{"form-0-position": 42}))
    topic.refresh_from_db()
    assert topic.position == 42
