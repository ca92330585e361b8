"""Moodle XML: essay questions, read and written. Questions of other kinds are left out, by name.

https://docs.moodle.org/en/Moodle_XML_format. The answer is the general feedback. All other
texts are in the notes for graders. The uid is the ID number and the slug is the name; the rest is
in tags (topic:…, difficulty:…, foreign_id:…).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from questions.formats.documents import LINE
from questions.formats.fields import COLUMNS, SLUG
from questions.formats.markup.grader_notes import notes_of
from questions.formats.markup.item_texts import ItemTexts
from questions.formats.markup.losses import quoted
from questions.formats.moodle import words
from questions.formats.records import (
    ExchangeFile,
    Item,
    LeftOut,
    StoredQuestion,
    TopicRecord,
)
from questions.formats.rows import item, with_repeats_marked

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


# --- writing --------------------------------------------------------------------------------


def write(topics: Sequence[TopicRecord], questions: Iterable[StoredQuestion]) -> bytes:
    """Control characters, which XML cannot hold, become the replacement character."""
    names = {topic.slug: topic.name for topic in topics}
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n']
    topic = None
    for question in questions:
        if question.topic != topic:
            topic = question.topic
            path = names.get(topic, topic).replace("/", "//")
            parts.append(
                f'<question type="category"><category>{_text(f"$course$/top/{path}")}'
                "</category></question>\n"
            )
        parts.append(_essay(question))
    return "".join([*parts, "</quiz>\n"]).encode()


def _essay(question: StoredQuestion) -> str:
    settings = [f"{name}:{getattr(question, name)}" for name in words.TAGS]
    ids = [f"{words.FOREIGN_ID}:{foreign_id}" for foreign_id in question.foreign_ids]
    tags = "".join(f"<tag>{_text(tag)}</tag>" for tag in settings + ids)
    return (
        '<question type="essay">\n'
        f"<name>{_text(question.slug)}</name>\n"
        f'<questiontext format="markdown">{_text(question.prompt)}</questiontext>\n'
        f'<generalfeedback format="markdown">{_text(question.answer)}</generalfeedback>\n'
        "<defaultgrade>1</defaultgrade><penalty>0</penalty><hidden>0</hidden>\n"
        f"<idnumber>{question.uid}</idnumber>\n"
        "<responseformat>plain</responseformat><responserequired>1</responserequired>"
        "<responsefieldlines>15</responsefieldlines><attachments>0</attachments>"
        "<attachmentsrequired>0</attachmentsrequired>\n"
        f'<graderinfo format="markdown">{_text(notes_of(question))}</graderinfo>\n'
        '<responsetemplate format="plain_text"><text></text></responsetemplate>\n'
        f"<tags>{tags}</tags>\n</question>\n"
    )


def _text(text: str) -> str:
    writable = _NO_XML.sub("\ufffd", text)
    return f"<text>{escape(writable)}</text>"


# --- reading --------------------------------------------------------------------------------

STYLES = {"plain_text": "plain", "moodle_auto_format": "moodle", "markdown": "markdown"}
"""Our names of Moodle's text formats; any other is HTML."""
DETAILS = {
    "responsetemplate/text": "response template",
    "hint/text": "hint",
    "minwordlimit": "minimum of words",
    "maxwordlimit": "maximum of words",
}


def read(root: Element) -> ExchangeFile:
    """The essay questions of a Moodle course, whose root element is <quiz>."""
    items: list[Item] = []
    left_out: list[LeftOut] = []
    category = ""
    for element in root:
        kind = element.get("type", "") if element.tag == "question" else f"<{element.tag[:40]}>"
        if kind == "category":
            category = element.findtext("category/text") or ""
        elif kind == "essay":
            items.append(_item(element, category))
        else:
            why = f"{kind[:40]} question: this bank has open questions only"
            left_out.append(LeftOut(f"line {element.get(LINE)}", _name(element)[:80], why))
    return ExchangeFile(with_repeats_marked(items), left_out=tuple(left_out), system=words.SYSTEM)


def _name(element: Element) -> str:
    return " ".join((element.findtext("name/text") or "").split())


def _item(element: Element, category: str) -> Item:
    id_number = (element.findtext("idnumber") or "").strip()
    uid, name = words.uid_in(id_number), _name(element)
    texts = ItemTexts(is_ours=bool(uid))
    topic, path = words.topic_in(category)
    settings, tags = words.settings_in(
        part.text or "" for part in element.iterfind("tags/tag/text")
    )
    raw: dict[str, object] = {
        "slug": name if SLUG.fullmatch(name) else "",
        "topic_name": topic,
        **settings,
        "prompt": texts.text("prompt", *_source(element, "questiontext")),
        "answer": texts.text("answer", *_source(element, "generalfeedback")),
        **texts.notes(*_source(element, "graderinfo")),
        "uid": uid,
    }
    if not uid:
        # From another system. Where it says nothing it must not empty what an editor wrote here,
        # and its names ("Question 2") are not slugs.
        raw = {field: text for field, text in raw.items() if text or field == "prompt"}
        raw.pop("slug", None)
    not_taken = [*([path] if path else []), *tags, *_details(element), *texts.not_taken]
    place = f"line {element.get(LINE)}"
    foreign_id = "" if uid else id_number
    raw = texts.without_unread(raw)
    return item(place, raw, texts.mistakes, COLUMNS, not_taken, foreign_id, name)


def _source(element: Element, path: str) -> tuple[str, str, list[str]]:
    """A text, its format, and what of it is no text."""
    part = element.find(path)
    if part is None:
        return "", "html", []
    style = STYLES.get(part.get("format", ""), "html")
    files = ["file"] if part.find("file") is not None else []
    return part.findtext("text") or "", style, files


def _details(element: Element) -> Iterator[str]:
    """What the essay has and no question here has."""
    for path, what in DETAILS.items():
        text = re.sub("<[^>]*>", " ", element.findtext(path) or "").strip()
        if text not in ("", "0"):
            yield f"{what} {quoted(unescape(text))}"
    if element.findtext("attachments", "0").strip() not in ("", "0"):
        yield "answers as attached files"
