"""A file is made for one request of a person at a time."""

import pytest
from django.db import transaction

from attempts.owners import Owner
from attempts.transitions.personal.turns import has_turn
from tests.factories import UserFactory
from tests.plain_browser import logged_in
from tests.threads import Threads

DOWNLOAD = "/attempts/download/"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_second_download_is_refused_while_the_first_is_made():
    user, other = UserFactory(), UserFactory()
    client, of_other = logged_in(user), logged_in(other)

    def status(client):
        response = client.get(DOWNLOAD)
        response.close()
        return response.status_code

    with Threads(1) as threads:
        with transaction.atomic():
            assert has_turn(Owner(user_id=user.pk), "download")
            refused = threads.begin(lambda: client.get(DOWNLOAD)).result(timeout=20)
            allowed = threads.begin(lambda: status(of_other)).result(timeout=20)
        again = threads.begin(lambda: status(client)).result(timeout=20)
    assert (refused.status_code, allowed, again) == (429, 200, 200)
    assert int(refused.headers["Retry-After"]) > 0
    assert "no-store" in refused.headers["Cache-Control"]
