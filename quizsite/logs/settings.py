"""Django's LOGGING, and the same for the server, whose first lines come before Django's."""

import logging
import os
import sys
import threading
from logging.config import dictConfig

Settings = dict[str, object]


def logging_settings() -> Settings:
    """LOG_JSON=1: JSON. LOG_LEVEL: from which level on. ACCESS_LOG=0: no line for each request."""
    is_own_machine = _is_on(os.environ.get("DEBUG"))
    formatter: Settings = {"()": "quizsite.logs.lines.PlainLines", "whole": is_own_machine}
    if _is_on(os.environ.get("LOG_JSON")):
        formatter = {"()": "quizsite.logs.lines.JsonLines"}
    access = _is_on(os.environ.get("ACCESS_LOG") or ("0" if is_own_machine else "1"))
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": formatter},
        "filters": {
            "no_secrets": {"()": "quizsite.logs.secret_addresses.HideSecretAddresses"},
            "no_static_files": {"()": "quizsite.logs.static_lines.HideStaticFiles"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "lines",
                "filters": ["no_secrets"],
            }
        },
        "loggers": {
            "quizsite.access": {"level": "INFO" if access else "WARNING"},
            # Statements hold what people write.
            "django.db.backends": {"level": "INFO"},
            # To the one handler of all lines, instead of handlers of their own.
            "django": {"handlers": [], "propagate": True},
            "django.server": {
                "handlers": [],
                "propagate": True,
                "filters": ["no_static_files"],
            },
            "gunicorn.error": {"handlers": [], "propagate": True},
        },
        "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL") or "INFO"},
    }


def configure(settings: Settings) -> None:
    """Django's LOGGING_CONFIG. What nobody catches is a line of the log, too."""
    dictConfig(settings)
    if not _is_on(os.environ.get("DEBUG")):
        sys.excepthook = _log_uncaught
        threading.excepthook = _log_uncaught_in_thread


def _log_uncaught(kind: type[BaseException], failure: BaseException, _: object) -> None:
    if not isinstance(failure, KeyboardInterrupt):
        logging.getLogger(__name__).critical("Nobody caught %s", kind.__name__, exc_info=failure)


def _log_uncaught_in_thread(told: threading.ExceptHookArgs) -> None:
    if told.exc_value is not None:
        _log_uncaught(told.exc_type, told.exc_value, None)


def _is_on(value: str | None) -> bool:
    return (value or "0").lower() not in ("0", "false", "no", "off")
