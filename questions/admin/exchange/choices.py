"""What an editor chooses on the preview. It goes along in the address, and with the agreement."""

from django.contrib.auth.models import User
from django.http import QueryDict

from questions.exchange.plan import Choices

WRITING_INTERVIEWS = [
    f"questions.{verb}_{model}"
    for model in ("interview", "slot")
    for verb in ("add", "change", "delete")
    if (model, verb) != ("interview", "delete")
]


def choices_of(data: QueryDict) -> Choices:
    return Choices(
        add_topics=frozenset(data.getlist("add_topic")),
        add_all_topics=bool(data.get("add_all_topics")),
        as_in_file=bool(data.get("as_in_file")),
        source=data.get("source", "").strip(),
    )


def pairs_of(choices: Choices) -> list[tuple[str, str]]:
    """The choices as names and values, for an address or hidden fields."""
    pairs = [("add_topic", name) for name in sorted(choices.add_topics)]
    pairs += [("add_all_topics", "1")] if choices.add_all_topics else []
    pairs += [("as_in_file", "1")] if choices.as_in_file else []
    return pairs + ([("source", choices.source)] if choices.source else [])


def may_write_interviews(user: User) -> bool:
    return user.has_perms(WRITING_INTERVIEWS)
