import pytest

from tests.factories import published_question

pytestmark = pytest.mark.django_db


def test_the_pages_are_there(client):
    question = published_question()
    for address in ("/questions/", f"/questions/{question.pk}/"):
        assert client.get(address).status_code == 200
