"""What the elements and styles of HTML look like, as far as a text can say it."""

import re

from questions.formats.markup.blocks import Mark
from questions.formats.markup.html.tree import Element

MARKS: dict[str, Mark] = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), "italic"),
    **dict.fromkeys(("s", "strike", "del"), "struck"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
}
NAMED = {
    **dict.fromkeys(("u", "ins"), "underlining of"),
    **{"mark": "highlighting of", "small": "the small type of", "big": "the large type of"},
    **{"ruby": "the reading aids of", "details": "the fold around"},
}
"""Elements whose look no Markdown has. Their words stay."""
LOST = frozenset(
    "img picture video audio svg math canvas map object embed applet iframe script".split()  # noqa: SIM905
    + "input select textarea button meter progress".split()  # noqa: SIM905
)
"""Elements that say what no text can."""
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = frozenset(
    "address article aside body center details dialog dir div dl dd dt fieldset figcaption figure"  # noqa: SIM905
    " footer form header hgroup legend main menu nav p section summary title search".split()
)
INLINE = frozenset(
    "a abbr acronym bdi bdo data font label nobr q rb rp rt rtc span sub sup time wbr col colgroup"  # noqa: SIM905
    " optgroup option output link meta base area param source track blink marquee".split()
)
_KNOWN = {
    *(*MARKS, *NAMED, *LOST, *HEADINGS, *BLOCKS, *INLINE, "br", "hr", "pre", "listing"),
    *("ul", "ol", "li", "blockquote", "table", "caption", "thead", "tbody", "tfoot", "tr"),
    *("td", "th"),
}
HIDING_CLASSES = {
    "sr-only",
    "visually-hidden",
    "accesshide",
    "d-none",
    "hidden",
    "screenreader-only",
}

_DECLARATION = re.compile(r"([-a-z]+)\s*:\s*([^;]+)")
_PLAIN_COLOURS = {
    *("black", "#000", "#000000", "rgb(0,0,0)", "inherit", "initial", "windowtext", "currentcolor"),
    *("rgb(0,0,0,1)", "rgba(0,0,0,1)", "unset", "auto", "white", "#fff", "#ffffff", "transparent"),
    *("rgb(255,255,255)", "rgba(0,0,0,0)", "none"),
}
Style = dict[str, str]


def is_known(tag: str) -> bool:
    """Whether it is an element of HTML, or one such as o:p that programs add without a look."""
    return tag in _KNOWN or ":" in tag or "-" in tag


def style_of(element: Element) -> Style:
    """The declarations of the style attribute, in lower case."""
    return {k: v.strip().removesuffix("!important").strip()
            for k, v in _DECLARATION.findall(element.says("style"))}  # fmt: skip


def is_hidden(element: Element, style: Style) -> bool:
    return (
        style.get("display") == "none"
        or style.get("visibility") in ("hidden", "collapse")
        or "hidden" in element.attributes
        or bool(HIDING_CLASSES.intersection(element.says("class").split()))
    )


def marks_of(element: Element, style: Style, marks: frozenset[Mark]) -> frozenset[Mark]:
    """The marks of an element's words. marks: those of the words around it."""
    own = MARKS.get(element.tag)
    weight, slant = style.get("font-weight", ""), style.get("font-style", "")
    lines = style.get("text-decoration", "") + style.get("text-decoration-line", "")
    if own:
        marks |= {own}
    if weight in ("normal", "lighter") or weight in ("100", "200", "300", "400", "500"):
        marks -= {"bold"}
    elif weight in ("bold", "bolder", "600", "700", "800", "900"):
        marks |= {"bold"}
    if slant == "normal":
        marks -= {"italic"}
    elif slant in ("italic", "oblique"):
        marks |= {"italic"}
    return marks | {"struck"} if "line-through" in lines else marks


def shift_of(element: Element, style: Style) -> str:
    """sup, sub or ""."""
    if element.tag in ("sup", "sub"):
        return element.tag
    return {"super": "sup", "sub": "sub"}.get(style.get("vertical-align", ""), "")


def looks_of(element: Element, style: Style) -> list[str]:
    """What the words of an element look like beyond their marks."""
    looks = [NAMED[element.tag]] if element.tag in NAMED else []
    lines = style.get("text-decoration", "") + style.get("text-decoration-line", "")
    if "underline" in lines and element.tag != "a":
        looks.append("underlining of")
    if _is_colour(style.get("color", "")) or _is_colour(element.says("color")):
        looks.append("the colour of")
    if "multilang" in element.says("class").split():
        looks.append("the choice of a language (all are shown)")
    background = style.get("background-color", "") or style.get("background", "")
    if _is_colour(background):
        looks.append("highlighting of")
    return looks


def _is_colour(value: str) -> bool:
    return bool(value) and re.sub(r"\s", "", value) not in _PLAIN_COLOURS
