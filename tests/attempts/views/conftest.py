"""Tests of pages take the person with an account from here."""

import pytest

from attempts.owners import Owner
from tests.factories import UserFactory
from tests.plain_browser import logged_in


@pytest.fixture
def user():
    return UserFactory()


@pytest.fixture
def me(user):
    return Owner(user_id=user.pk)


@pytest.fixture
def mine(user):
    """The person's client, which is logged in."""
    return logged_in(user)
