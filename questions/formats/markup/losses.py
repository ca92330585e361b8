"""What of a text its Markdown does not say. Nothing of it is left unsaid to the editor."""

from dataclasses import dataclass, field

MAX_WORDS = 40
MAX_EXAMPLES = 3


def quoted(text: str) -> str:
    """A text in quotation marks, on one line and short."""
    words = " ".join(text.split())
    return f"“{words if len(words) <= MAX_WORDS else words[: MAX_WORDS - 1].rstrip() + '…'}”"


@dataclass
class Losses:
    """elements: what a text has and no Markdown can say: the text is not whole without it.

    unknown_tags: tags that a browser does not know and so hides, such as that of List<Row>.
    named: what only its look loses, with the words that it is about.
    """

    elements: set[str] = field(default_factory=set)
    unknown_tags: set[str] = field(default_factory=set)
    named: dict[str, list[str]] = field(default_factory=dict)

    def name(self, what: str, words: str = "") -> None:
        examples = self.named.setdefault(what, [])
        if words.strip():
            examples.append(quoted(words))

    def sentences(self) -> tuple[str, ...]:
        return tuple(_sentence(what, list(dict.fromkeys(ex))) for what, ex in self.named.items())


def _sentence(what: str, examples: list[str]) -> str:
    if not examples:
        return what
    more = len(examples) - MAX_EXAMPLES
    shown = ", ".join(examples[:MAX_EXAMPLES])
    return f"{what} {shown} and {more} more" if more > 0 else f"{what} {shown}"
