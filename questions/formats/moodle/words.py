"""What Moodle's formats have in common: categories, tags and ID numbers."""

import re
import uuid
from collections.abc import Iterable

TAGS = ("topic", "difficulty", "seconds", "status")
"""The tags that say a field of this bank, as difficulty:2."""
FOREIGN_ID = "foreign_id"
"""The tag of an id in another system, as foreign_id:Canvas: 12. There may be several."""
SYSTEM = "Moodle"

_CONTEXT = re.compile(r"\$\w+\$")


def topic_in(path: str) -> tuple[str, str]:
    """The topic that a category's path names, and what of the path falls; each "" if nothing.

    The topic is the last part. A slash inside a name is written twice.
    """
    parts = [part.replace("//", "/").strip() for part in re.split(r"(?<!/)/(?!/)", path.strip())]
    if parts and _CONTEXT.fullmatch(parts[0]):
        parts.pop(0)
    if parts and parts[0] == "top":
        parts.pop(0)
    parts = [part for part in parts if part]
    if len(parts) < 2:
        return "".join(parts), ""
    return parts[-1], f"category {' / '.join(parts)} (the topic is its last part)"


def settings_in(tags: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """The fields in tags such as difficulty:2, and the tags that mean nothing to this bank."""
    fields: dict[str, str] = {}
    ids: list[str] = []
    others: list[str] = []
    for tag in filter(None, map(str.strip, tags)):
        name, colon, value = (part.strip() for part in tag.partition(":"))
        if colon and name.lower() in TAGS:
            fields[name.lower()] = value
        elif colon and name.lower() == FOREIGN_ID:
            ids.append(value)
        else:
            others.append(f"tag {tag}")
    return fields | ({"foreign_ids": "\n".join(ids)} if ids else {}), others


def uid_in(id_number: str) -> str:
    """The uid in an ID number; "" if it is the number of another system."""
    try:
        return str(uuid.UUID(id_number.strip()))
    except ValueError:
        return ""
