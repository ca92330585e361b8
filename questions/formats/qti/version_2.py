"""QTI 2.0 to 2.2 and 3: <assessmentItem>, one file for each question."""

import re
from collections.abc import Iterator
from html import unescape
from xml.etree.ElementTree import Element

from questions.formats.markup.item_texts import ItemTexts
from questions.formats.markup.losses import quoted
from questions.formats.qti.reading import Found, Source, html_within, name_of, named
from questions.formats.records import Item

ESSAY = "extendedtextinteraction"
FEEDBACK = ("feedbackblock", "feedbackinline")
"""Parts of the text that only show after an answer."""
_NOTES = ("scorer", "tutor", "author", "testconstructor")
"""Who sees a rubric that candidates don't see."""


def read(root: Element, source: Source, found: Found) -> None:
    """Add the question of a file whose root element is <assessmentItem>."""
    ident = root.get("identifier", "").strip()
    title = " ".join(root.get("title", "").split())
    kinds = [name_of(part) for part in root.iter() if name_of(part).endswith("interaction")]
    if found.is_copy(ident):
        found.left_out.append(source.left_out(root, title, ""))
    elif kinds == [ESSAY]:
        found.items.append(_item(root, title, ident, source))
    else:
        kind = next((kind for kind in kinds if kind != ESSAY), "composite" if kinds else "unknown")
        found.left_out.append(source.left_out(root, title, kind.removesuffix("interaction")))


def _item(root: Element, title: str, ident: str, source: Source) -> Item:
    texts = ItemTexts()
    body = next(named(root, "itembody"), Element("itemBody"))
    hidden = [html_within(part) for part in _taken_out(body)]
    modal = [html_within(part) for part in named(root, "modalfeedback")]
    feedback = list(dict.fromkeys(text for text in [*hidden, *modal] if text.strip()))
    rubrics = [part for part in named(body, "rubricblock") if _is_for_graders(part)]
    notes = "".join(f"<div>{html_within(part)}</div>" for part in rubrics)
    for part in rubrics:
        _clear(part)
    answer = [*_correct(root), *feedback]
    texts.not_taken += [f"feedback {quoted(text)}" for text in _words(answer[1:])]
    fields = {
        "prompt": texts.text("prompt", _prompt(body), "html"),
        "answer": texts.text("answer", "".join(answer[:1]), "html"),
        **(texts.notes(notes, "html") if notes else {}),
    }
    return source.item(root, title, ident, fields, texts)


def _correct(root: Element) -> Iterator[str]:
    """The answers that the file calls correct."""
    for response in named(root, "correctresponse"):
        for value in named(response, "value"):
            if (value.text or "").strip():
                yield f'<div style="white-space: pre-wrap">{html_within(value)}</div>'


def _words(texts: list[str]) -> Iterator[str]:
    for text in texts:
        yield " ".join(re.sub("<[^>]*>", " ", unescape(text)).split())


def _is_for_graders(rubric: Element) -> bool:
    views = rubric.get("view", "").lower().split()
    return bool(views) and all(view in _NOTES for view in views)


def _taken_out(body: Element) -> list[Element]:
    """The feedback in a text, each part of it emptied there; the copies that are left are whole."""
    parts = list(named(body, *FEEDBACK))
    copies = []
    for part in parts:
        copy = Element(part.tag, part.attrib)
        copy.text, copy[:] = part.text, list(part)
        copies.append(copy)
        _clear(part)
    return copies


def _clear(part: Element) -> None:
    """Empty an element, but not what stands behind it."""
    tail = part.tail
    part.clear()
    part.tail = tail


def _prompt(body: Element) -> str:
    """The text of a question without the form for its answer, whose own prompt is a paragraph."""
    for part in list(named(body, ESSAY)):
        prompts = [child for child in part if name_of(child) == "prompt"]
        _clear(part)
        part.tag = "div"
        part[:] = prompts
        for prompt in prompts:
            prompt.tag = "p" if not len(prompt) else "div"
    return html_within(body)
