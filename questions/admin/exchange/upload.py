"""The uploaded file between preview and import.

Each editor has at most one, compressed in the cache for an hour. A new upload replaces it.
"""

import secrets
import zlib

from django.contrib.auth.models import User
from django.core.cache import cache

from questions.exchange.plan import ImportFile
from questions.formats import read_file
from questions.models import Topic

SECONDS = 60 * 60


def keep(user: User, name: str, data: bytes, topic: Topic | None) -> str:
    """Keep a file, with the topic for its questions that name none. Returns its token."""
    token = secrets.token_urlsafe(12)
    upload = {
        "token": token,
        "name": name,
        "data": zlib.compress(data),
        "topic": topic.pk if topic else None,
    }
    cache.set(key_of(user), upload, SECONDS)
    return token


def find(user: User, token: str) -> ImportFile | None:
    """The file with this token, unless it is gone. It may add topics if its editor may."""
    upload = cache.get(key_of(user))
    if not upload or upload["token"] != token:
        return None
    return ImportFile(
        name=upload["name"],
        content=read_file(upload["name"], zlib.decompress(upload["data"])),
        fallback_topic=Topic.objects.filter(pk=upload["topic"]).first(),
        may_add_topics=user.has_perm("questions.add_topic"),
    )


def forget(user: User) -> None:
    cache.delete(key_of(user))


def key_of(user: User) -> str:
    return f"questions-import-{user.pk}"
