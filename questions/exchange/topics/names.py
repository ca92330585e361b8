"""When two names are those of one topic."""

import hashlib

from questions.rules.texts import folded


def topic_key(named: str) -> str:
    """Equal for names of one topic: “Machine learning” and “machine-learning”."""
    return folded(named.replace("-", " ").replace("_", " "))


def topic_token(named: str) -> str:
    """A short name of a topic for an address, which cannot be long."""
    return hashlib.sha256(topic_key(named).encode()).hexdigest()[:12]


def one_line(name: str) -> str:
    """A name as files are read."""
    return " ".join(name.split())


def name_from_slug(slug: str) -> str:
    """The name of a topic that a row names by a slug, or by a name in the place of one."""
    name = slug.replace("-", " ").replace("_", " ").strip() or slug
    is_written = slug != slug.lower() or " " in slug  # as people write a name
    return name if is_written else name[:1].upper() + name[1:]
