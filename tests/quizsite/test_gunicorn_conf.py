"""What gunicorn writes to its access log."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from gunicorn.config import Config

from quizsite.gunicorn_conf import access_log_format, logger_class


@pytest.mark.parametrize(
    "path",
    ["/accounts/password/reset/key/SECRET/", "/accounts/confirm-email/SECRET/"],
)
def test_one_time_keys_stay_out_of_the_access_log(path):
    environ = {
        **{"REQUEST_METHOD": "GET", "RAW_URI": f"{path}?next=SECRET", "PATH_INFO": path},
        **{"SERVER_PROTOCOL": "HTTP/1.1", "QUERY_STRING": "next=SECRET"},
    }
    response = SimpleNamespace(status="200 OK", sent=0, headers=[])
    request = SimpleNamespace(headers=[])
    atoms = logger_class(Config()).atoms(response, request, environ, timedelta(seconds=1))
    line = access_log_format % atoms
    assert "SECRET" not in line
    assert path.split("SECRET")[0] in line
