"""A site with one server has nothing of all this."""

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse

from quizsite.database.replica.own_writes import OwnWrites


def test_its_requests_are_not_marked():
    with pytest.raises(MiddlewareNotUsed):
        OwnWrites(lambda request: HttpResponse())
