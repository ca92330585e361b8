"""What gunicorn writes to its log, and when it warns."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from gunicorn.config import Config

from quizsite.gunicorn_conf import access_log_format, is_open, logger_class, on_starting


@pytest.mark.parametrize(
    "path",
    ["/accounts/password/reset/key/SECRET/", "/accounts/confirm-email/SECRET/", "/shared/SECRET/"],
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


@pytest.mark.parametrize(
    ("bind", "others_reach_it"),
    [
        ("127.0.0.1:8000", False),
        ("[::1]:8000", False),
        ("localhost:8000", False),
        ("unix:/run/site.sock", False),
        ("fd://3", False),
        ("0.0.0.0:8000", True),
        ("[::]:8000", True),
        (":8000", True),
        ("192.168.1.2:8000", True),
        ("example.org:8000", True),
    ],
)
@pytest.mark.parametrize("behind_proxy", [None, "0", "1"])
def test_it_warns_where_slow_clients_reach_it(monkeypatch, bind, others_reach_it, behind_proxy):
    config, said = Config(), []
    config.set("bind", [bind])
    monkeypatch.delenv("BEHIND_PROXY", raising=False)
    if behind_proxy is not None:
        monkeypatch.setenv("BEHIND_PROXY", behind_proxy)
    on_starting(SimpleNamespace(cfg=config, log=SimpleNamespace(warning=said.append)))
    assert bool(said) is (others_reach_it and behind_proxy != "1")
    assert [is_open(address) for address in config.address] == [others_reach_it]
