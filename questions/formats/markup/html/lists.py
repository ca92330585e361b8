"""Lists of HTML: their items, and the numbers that Markdown can say."""

from collections.abc import Callable, Sequence

from questions.formats.markup.blocks import Block, Listing
from questions.formats.markup.html import elements
from questions.formats.markup.html.tree import Element
from questions.formats.markup.losses import Losses

ItemReader = Callable[[Sequence[Element | str]], list[Block]]


def list_of(element: Element, read: ItemReader, losses: Losses) -> Listing | None:
    """The list that an element is; None if it is empty.

    What stands in it outside of its items belongs to the item before it.
    """
    listing = Listing(start=_start_of(element, losses) if element.tag == "ol" else None)
    for children in _in_items(element):
        if isinstance(children, Element):
            _name_number(children, listing, losses)
            listing.items.append(read([children]))
        elif blocks := read(children):
            if not listing.items:
                listing.items.append([])
            listing.items[-1].extend(blocks)
    return listing if any(listing.items) else None


def _in_items(element: Element) -> list[Element | list[Element | str]]:
    """The items of a list, and in their order what stands between them."""
    parts: list[Element | list[Element | str]] = []
    for child in element.children:
        if isinstance(child, Element) and child.tag == "li":
            parts.append(child)
        elif parts and isinstance(last := parts[-1], list):
            last.append(child)
        else:
            parts.append([child])
    return parts


def _start_of(element: Element, losses: Losses) -> int:
    style = elements.style_of(element)
    kind = style.get("list-style-type", style.get("list-style", element.attributes.get("type", "")))
    if kind.split(" ")[0] not in ("1", "decimal", ""):
        losses.name(f"the numbers of a list of the type “{kind[:20]}”")
    if "reversed" in element.attributes:
        losses.name("the reversed numbers of a list")
    start = element.says("start") or "1"
    if _is_number(start):
        return int(start)
    losses.name("the first number of a list", start)
    return 1


def _name_number(item: Element, listing: Listing, losses: Losses) -> None:
    value = item.says("value")
    if not value or listing.start is None:
        return
    if not listing.items and _is_number(value):
        listing.start = int(value)
    elif value != str(listing.start + len(listing.items)):
        losses.name("the number of an item of a list", value)


def _is_number(text: str) -> bool:
    """Whether Markdown can begin a list with it."""
    return text.isascii() and text.isdigit() and len(text) < 9
