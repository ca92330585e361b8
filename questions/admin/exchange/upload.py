"""The uploaded file between preview and import.

Each editor has at most one, compressed in the cache for an hour. A new upload replaces it.
"""

import secrets
import zlib
from dataclasses import asdict, dataclass, replace

from django.contrib.auth.models import User
from django.core.cache import cache

from questions.exchange.plan import ImportFile
from questions.formats import NO_CHOICE, Choice, read_file
from questions.models import Topic

SECONDS = 60 * 60


@dataclass(frozen=True)
class Upload:
    """A file as it was uploaded, and what its editor said about it."""

    token: str
    name: str
    data: bytes
    topic: int | None
    choice: Choice = NO_CHOICE


def keep(user: User, name: str, data: bytes, topic: Topic | None) -> str:
    """Keep a file, with the topic for its questions that name none. Returns its token."""
    token = secrets.token_urlsafe(12)
    _store(user, Upload(token, name, data, topic.pk if topic else None))
    return token


def choose(user: User, kept: Upload, choice: Choice) -> None:
    """Keep what the editor said of the columns of a file."""
    _store(user, replace(kept, choice=choice))


def _store(user: User, upload: Upload) -> None:
    values = asdict(upload) | {"data": zlib.compress(upload.data)}
    cache.set(key_of(user), values, SECONDS)


def kept_file(user: User, token: str) -> Upload | None:
    """The file with this token as it was uploaded, unless it is gone."""
    values = cache.get(key_of(user))
    if not values or values["token"] != token:
        return None
    data, choice = zlib.decompress(values["data"]), Choice(**values["choice"])
    return Upload(**{**values, "data": data, "choice": choice})


def find(user: User, token: str) -> ImportFile | None:
    """The file with this token, unless it is gone. It may add topics if its editor may.

    Raises UnclearColumns if the editor has to say first what its columns hold.
    """
    kept = kept_file(user, token)
    if kept is None:
        return None
    return ImportFile(
        name=kept.name,
        content=read_file(kept.name, kept.data, kept.choice),
        fallback_topic=Topic.objects.filter(pk=kept.topic).first() if kept.topic else None,
        may_add_topics=user.has_perm("questions.add_topic"),
    )


def forget(user: User) -> None:
    cache.delete(key_of(user))


def key_of(user: User) -> str:
    return f"questions-import-{user.pk}"
