"""The topics that the bank has."""

from questions.exchange.topics.names import topic_key
from questions.models import Topic


class StoredTopics:
    """names, keys: by slug. by_name: slugs by topic_key. slugs: present ones by those of any time.

    A former slug of several topics is the slug of none.
    """

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.keys: dict[str, int] = {}
        self.by_name: dict[str, str] = {}
        self.former: dict[str, list[str]] = {}
        columns = ("pk", "slug", "name", "former_slugs")
        for pk, slug, name, had in Topic.objects.values_list(*columns):
            self.names[slug], self.keys[slug], self.by_name[topic_key(name)] = name, pk, slug
            for old in had:
                self.former.setdefault(old, []).append(slug)
        self.slugs = {old: slugs[0] for old, slugs in self.former.items() if len(slugs) == 1}
        self.slugs |= {slug: slug for slug in self.names}
