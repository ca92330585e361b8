"""Keeps the secret parts of addresses out of the logs: emailed keys, links to shared results."""

import logging
import re

from quizsite.logs.tracebacks import words_of

SECRET_PARTS = re.compile(r"(/reset/key/|/confirm-email/|/shared/)[^/\s]+")


def without_secrets(text: str) -> str:
    return SECRET_PARTS.sub(r"\1...", text)


class HideSecretAddresses(logging.Filter):
    """Django logs the path of a request that failed or was refused. An exception that is put into
    a message says only what quotes nobody."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _shown(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(map(_shown, record.args))
        return True


def _shown(part: object) -> object:
    if isinstance(part, str):
        return without_secrets(part)
    return words_of(part) if isinstance(part, BaseException) else part
