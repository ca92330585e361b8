"""Keeps the secret parts of addresses out of the logs: emailed keys, links to shared results."""

import logging
import re

SECRET_PARTS = re.compile(r"(/reset/key/|/confirm-email/|/shared/)[^/\s]+")


def without_secrets(text: str) -> str:
    return SECRET_PARTS.sub(r"\1...", text)


class HideSecretAddresses(logging.Filter):
    """Django logs the path of a request that failed or was refused."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(
                without_secrets(each) if isinstance(each, str) else each for each in record.args
            )
        return True
