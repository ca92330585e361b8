import logging

import pytest

from quizsite.logs.secret_addresses import HideSecretAddresses


@pytest.mark.parametrize("start", ["/shared/", "/accounts/confirm-email/", "/a/reset/key/"])
def test_the_secret_part_of_an_address_is_not_logged(start):
    args = (f"{start}SECRET/", 404)
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, "%s: %s", args, None)
    assert HideSecretAddresses().filter(record)
    assert record.getMessage() == f"{start}.../: 404"


def test_other_lines_stay_as_they_are():
    for args in (("/attempts/", 3), None, {"shared": "x"}):
        record = logging.LogRecord("x", logging.INFO, "", 1, "words", None, None)
        record.args = args
        assert HideSecretAddresses().filter(record)
        assert record.args == args


def test_the_site_s_log_hides_them(client, capsys, settings, db):
    (handler,) = [h for h in logging.getLogger().handlers if type(h) is logging.StreamHandler]
    assert any(isinstance(each, HideSecretAddresses) for each in handler.filters)
