"""How a line of the log looks: plain, for people, or JSON, for what collects logs."""

import logging
import time
from types import TracebackType

from pythonjsonlogger.json import JsonFormatter

from quizsite.logs import request_ids
from quizsite.logs.tracebacks import quiet_traceback

ExceptionInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)

NAMES = {"asctime": "time", "levelname": "level", "name": "logger", "exc_info": "exception"}
OF_A_REQUEST = ("method", "path", "route", "status", "bytes", "milliseconds")
OF_AN_ANSWER = ("answer", "engine", "milliseconds")
FIELDS = {*NAMES.values(), "message", "process", *OF_A_REQUEST, *OF_AN_ANSWER}
"""What a line may have, beside the id of its request. Anything else that a library adds could hold
what somebody sent."""


class PlainLines(logging.Formatter):
    """whole=True, on somebody's own machine: exceptions with all their words."""

    def __init__(self, *, whole: bool = False) -> None:
        super().__init__("{asctime} {levelname} {name}:{of_request} {message}", style="{")
        self.whole = whole

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        request_id = request_ids.current()
        record.of_request = f" [{request_id}]" if request_id else ""
        return super().formatMessage(record)

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another handler may have written all the words there
        return super().format(record)

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 - logging's name
        return super().formatException(ei) if self.whole else _quiet(ei)


class JsonLines(JsonFormatter):
    """One object a line, with FIELDS alone; the time is UTC."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self) -> None:
        super().__init__(
            ["asctime", "levelname", "name", "message", "process"], rename_fields=NAMES
        )

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None
        return super().format(record)

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 - logging's name
        return _quiet(ei)

    def process_log_record(self, log_data: dict[str, object]) -> dict[str, object]:
        line = {name: value for name, value in log_data.items() if name in FIELDS}
        if request_id := request_ids.current():
            line["request_id"] = request_id
        return line


def _quiet(ei: ExceptionInfo) -> str:
    return quiet_traceback(ei[1]) if ei[1] is not None else ""
