"""QTI 1.2: <questestinterop> with items, alone, in an assessment or in a bank of objects."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import escape
from xml.etree.ElementTree import Element

from questions.formats.markup.item_texts import ItemTexts
from questions.formats.markup.losses import quoted
from questions.formats.qti.reading import Found, Source, html_within, name_of, named
from questions.formats.records import Item

ESSAYS = {"essay_question", "essay", "long answer", "short essay", "cc.essay.v0p1"}
LABELS = ("question_type", "cc_profile", "qmd_itemtype", "bbmd_questiontype")
"""The metadata that says what kind of question it is: of Canvas, Common Cartridge and others."""
CHOICES = ("response_lid", "response_grp", "response_num", "response_xy")
STYLES = {"text/plain": "plain", "": "plain", "plain_text": "plain"}
"""Those of our styles that are not HTML, by what QTI and Blackboard call them."""
ANSWERS = ("general_fb", "general", "correct_fb", "correct")
"""The ids of feedback that is the answer, the best one first."""
MEDIA = ("matimage", "mataudio", "matvideo", "matapplet", "matapplication", "matemtext")


def read(root: Element, source: Source, found: Found) -> None:
    """Add the questions of a file whose root element is <questestinterop>."""
    for element, where in _items(root, source):
        ident = element.get("ident", "").strip()
        title = " ".join(element.get("title", "").split())
        if found.is_copy(ident):
            found.left_out.append(where.left_out(element, title, ""))
        elif kind := _other_kind(element):
            found.left_out.append(where.left_out(element, title, kind))
        else:
            found.items.append(_item(element, title, ident, where))


def _items(element: Element, source: Source) -> Iterator[tuple[Element, Source]]:
    for child in element:
        name = name_of(child)
        if name == "item":
            yield child, source
        elif name == "objectbank":
            bank = _metadata(child, inside="qtimetadata").get("bank_title", "")
            yield from _items(child, replace(source, topic=bank or child.get("title", "")))
        elif name in ("assessment", "section"):
            title = child.get("title", "").strip()
            label = "quiz" if name == "assessment" else "section"
            names = [f"{label} {quoted(title)}"] if title else []
            inner = replace(source, not_taken=[*source.not_taken, *names])
            yield from _items(child, inner)


def _metadata(element: Element, inside: str) -> dict[str, str]:
    """The fields of the metadata right below an element."""
    fields: dict[str, str] = {}
    for part in element:
        if name_of(part) in (inside, "itemmetadata"):
            for entry in named(part, "qtimetadatafield"):
                texts = {name_of(child): (child.text or "").strip() for child in entry}
                fields[texts.get("fieldlabel", "").lower()] = texts.get("fieldentry", "")
            for entry in named(part, *LABELS):
                fields.setdefault(name_of(entry), (entry.text or "").strip())
    return fields


def _other_kind(element: Element) -> str:
    """The kind of a question that is not an essay; else ""."""
    metadata = _metadata(element, inside="qtimetadata")
    kinds = [metadata[label] for label in LABELS if metadata.get(label)]
    if kinds:
        return "" if any(kind.lower() in ESSAYS for kind in kinds) else kinds[0]
    if choice := next(named(element, *CHOICES), None):
        return name_of(choice)
    if any(True for _ in named(element, "varequal", "varsubstring")):
        return "short-answer"
    return "" if any(True for _ in named(element, "response_str")) else "unknown"


def _item(element: Element, title: str, ident: str, where: Source) -> Item:
    texts = ItemTexts()
    feedback = {
        part.get("ident", "").lower(): part for part in element if name_of(part) == "itemfeedback"
    }
    solutions = list(named(element, "solution"))
    first = next((name for name in ANSWERS if name in feedback), next(iter(feedback), ""))
    answers = solutions or [feedback.pop(name) for name in [first] if name]
    fields = {
        "prompt": texts.text("prompt", *_source(_children(element, "presentation"))),
        "answer": texts.text("answer", *_source(answers)),
    }
    for part in _children(element, "rubric"):
        if part.get("view", "").lower() in ("scorer", "tutor"):
            fields |= texts.notes(*_source([part]))
    others = [*([] if solutions else feedback.values()), *named(element, "hint")]
    for text in filter(None, (" ".join("".join(other.itertext()).split()) for other in others)):
        texts.not_taken.append(f"feedback {quoted(re.sub('<[^>]*>', ' ', text))}")
    return where.item(element, title, ident, fields, texts)


def _children(element: Element, name: str) -> list[Element]:
    return [part for part in element if name_of(part) == name]


def _source(parents: Iterable[Element]) -> tuple[str, str, list[str]]:
    """The text in the material of some elements, its style, and what of it is no text."""
    parts: list[tuple[str, str]] = []
    lost: list[str] = []
    for material in (part for parent in parents for part in _materials(parent)):
        if name_of(material) in MEDIA:
            lost.append(name_of(material))
            continue
        kind = (material.get("texttype") or material.get("type") or "").lower()
        has_elements = len(material) > 0
        text = html_within(material) if has_elements else material.text or ""
        parts.append((text, "html" if has_elements else STYLES.get(kind, "html")))
    if len(parts) == 1:
        return *parts[0], lost
    return "".join(_as_html(*part) for part in parts), "html", lost


def _as_html(text: str, style: str) -> str:
    if style == "plain":
        return f'<div style="white-space: pre-wrap">{escape(text)}</div>'
    return f"<div>{text}</div>"


def _materials(element: Element) -> Iterator[Element]:
    """The texts and media below an element, apart from those of the answer's form."""
    for child in element:
        name = name_of(child)
        if name in ("mattext", "mat_formattedtext", *MEDIA):
            yield child
        elif not name.startswith(("response_", "render_")):
            yield from _materials(child)
