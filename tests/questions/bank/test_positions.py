"""Where a new row goes."""

import pytest

from questions.bank.positions import next_position
from questions.models import Topic
from tests.factories import TopicFactory

pytestmark = pytest.mark.django_db


def test_a_new_row_comes_after_the_last():
    assert next_position(Topic) == 1
    TopicFactory(position=7)
    TopicFactory(position=3)
    assert next_position(Topic) == 8
