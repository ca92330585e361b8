"""Lines of the log, made of records as the site and its libraries log them."""

import json
import logging
import logging.config
import re

import pytest

from quizsite.logs import request_ids
from quizsite.logs.settings import logging_settings

SECRET = "planted-answer"


@pytest.fixture
def logged(monkeypatch, capsys):
    """Logs by the settings for these variables; returns what stands on the console then."""
    before = logging.config.dictConfig
    monkeypatch.delenv("DEBUG", raising=False)

    def log(act, **variables) -> list[str]:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        settings = logging_settings()
        handler = logging.StreamHandler()
        made = logging.config.DictConfigurator({})
        formatter = made.configure_formatter(dict(settings["formatters"]["lines"]))
        handler.setFormatter(formatter)
        handler.addFilter(made.configure_filter(dict(settings["filters"]["no_secrets"])))
        logger = logging.Logger("planted")
        logger.addHandler(handler)
        act(logger)
        return capsys.readouterr().err.splitlines()

    yield log
    assert logging.config.dictConfig is before


def test_a_line_of_json_has_what_it_should_and_the_requests_id(logged):
    request_ids.begin("abcdef-123456")
    (line,) = logged(lambda log: log.warning("%d saved", 3), LOG_JSON="1")
    told = json.loads(line)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", told.pop("time"))
    assert told.pop("process") > 0
    assert told == {
        "level": "WARNING",
        "logger": "planted",
        "message": "3 saved",
        "request_id": "abcdef-123456",
    }


@pytest.mark.parametrize("as_json", ["0", "1"])
def test_what_libraries_add_to_a_record_is_left_out(logged, as_json):
    extra = {"request": f"<GET /?q={SECRET}>", "params": [SECRET], "status": 404}
    (line,) = logged(lambda log: log.warning("no", extra=extra), LOG_JSON=as_json)
    assert SECRET not in line
    assert ("404" in line) == (as_json == "1")


@pytest.mark.parametrize("as_json", ["0", "1"])
def test_exceptions_say_where_and_quote_nobody(logged, as_json):
    def act(log):
        try:
            raise ValueError("planted" + "-answer")
        except ValueError as error:
            log.exception("%s failed", "This")
            log.warning("It failed: %s", error)
            log.error(error)

    lines = logged(act, LOG_JSON=as_json)
    assert SECRET not in "".join(lines)
    assert "test_lines.py" in "".join(lines)
    if as_json == "1":
        assert [json.loads(line)["level"] for line in lines] == ["ERROR", "WARNING", "ERROR"]


def test_on_ones_own_machine_exceptions_have_their_words(logged):
    def act(log):
        try:
            raise ValueError("what is wrong")
        except ValueError:
            log.exception("failed")

    assert "what is wrong" in logged(act, DEBUG="1")[-1]


def test_a_text_of_several_lines_is_one_line_of_json(logged):
    (line,) = logged(lambda log: log.info("one\ntwo \ud800"), LOG_JSON="1")
    assert json.loads(line)["message"].startswith("one\ntwo")


@pytest.mark.parametrize(
    ("variables", "level"),
    [({}, "INFO"), ({"DEBUG": "1"}, "WARNING"), ({"ACCESS_LOG": "0"}, "WARNING"),
     ({"DEBUG": "1", "ACCESS_LOG": "1"}, "INFO")],
)  # fmt: skip
def test_requests_have_lines_except_on_ones_own_machine(monkeypatch, variables, level):
    for name in ("DEBUG", "ACCESS_LOG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert logging_settings()["loggers"]["quizsite.access"]["level"] == level


def test_statements_are_never_logged(monkeypatch):
    monkeypatch.setenv("LOG_LEVEL", "DEBUG")
    assert logging_settings()["loggers"]["django.db.backends"]["level"] == "INFO"
