"""What the versions of QTI have in common: where questions are, and what becomes of their texts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from xml.etree.ElementTree import Element

from questions.formats.documents import LINE
from questions.formats.markup.html.tree import VOID
from questions.formats.markup.item_texts import ItemTexts
from questions.formats.records import Item, LeftOut
from questions.formats.rows import item


def name_of(element: Element) -> str:
    """An element's name without its namespace, the same for all versions of QTI."""
    name = element.tag.rpartition("}")[2].lower()
    return name.removeprefix("qti-").replace("-", "") if name.startswith("qti-") else name


def named(element: Element, *names: str) -> Iterator[Element]:
    """The elements with one of these names below an element, in their order."""
    return (part for part in element.iter() if name_of(part) in names)


def html_within(element: Element) -> str:
    """What is in an element, as HTML."""
    parts = [escape(element.text or "", quote=False)]
    for child in element:
        parts += [_html(child), escape(child.tail or "", quote=False)]
    return "".join(parts)


def _html(element: Element) -> str:
    name = name_of(element)
    values = ((key.rpartition("}")[2], value) for key, value in element.items() if key != LINE)
    attributes = "".join(f' {key}="{escape(value)}"' for key, value in values)
    end = "" if name in VOID else f"{html_within(element)}</{name}>"
    return f"<{name}{attributes}>{end}"


COPY = "the same question is in another file of the package"


@dataclass
class Found:
    """What the files of a package hold. here, before: the ids in this file and in earlier ones."""

    items: list[Item] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    here: set[str] = field(default_factory=set)
    before: set[str] = field(default_factory=set)

    def is_copy(self, ident: str) -> bool:
        """Whether an earlier file has a question of this id: packages of Canvas have copies."""
        self.here.add(ident)
        return bool(ident) and ident in self.before

    def end_file(self) -> None:
        self.before |= self.here


@dataclass
class Source:
    """Where a question is: in a file of a package, and in a bank there."""

    file: str = ""
    topic: str = ""
    not_taken: list[str] = field(default_factory=list)

    def place(self, element: Element) -> str:
        line = f"line {element.get(LINE)}" if element.get(LINE) else ""
        return ", ".join(filter(None, (self.file, line)))

    def left_out(self, element: Element, name: str, kind: str) -> LeftOut:
        """kind: of a question that is not open; "" if it is a copy."""
        why = f"{kind[:40]} question: this bank has open questions only" if kind else COPY
        return LeftOut(self.place(element), name[:80], why)

    def item(
        self, element: Element, title: str, ident: str, fields: dict[str, str], texts: ItemTexts
    ) -> Item:
        # Where the file says nothing it must not empty what an editor wrote here.
        raw: dict[str, object] = {
            name: text for name, text in fields.items() if text or name == "prompt"
        }
        if self.topic:
            raw["topic_name"] = self.topic
        not_taken = [*self.not_taken, *texts.not_taken]
        return item(
            self.place(element),
            texts.without_unread(raw),
            texts.mistakes,
            not_taken=not_taken,
            foreign_id=ident,
            title=title,
        )
