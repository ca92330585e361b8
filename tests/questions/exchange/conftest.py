import pytest

from tests.factories import TopicFactory


@pytest.fixture
def data():
    return TopicFactory(slug="data", name="Data")
