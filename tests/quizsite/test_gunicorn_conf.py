"""When gunicorn warns."""

from types import SimpleNamespace

import pytest
from gunicorn.config import Config

from quizsite.gunicorn_conf import is_open, on_starting


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
