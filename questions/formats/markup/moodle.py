"""Moodle XML: essay questions, read and written. Questions of other kinds are left out, by name.

https://docs.moodle.org/en/Moodle_XML_format. The answer is the general feedback. Advice, key
points, phrasings and example answer are in the notes for graders. The uid is the ID number and the
slug is the name; the rest is in tags (topic:…, difficulty:…).
"""

import re
import uuid
from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from questions.formats.documents import LINE, load_xml
from questions.formats.fields import COLUMNS, SLUG
from questions.formats.markup.grader_notes import fields_of, notes_of
from questions.formats.markup.html_text import MAX_HTML, markdown_of
from questions.formats.records import (
    ExchangeFile,
    FormatError,
    Item,
    LeftOut,
    Mistake,
    StoredQuestion,
    TopicRecord,
)
from questions.formats.rows import item, with_repeats_marked

TAGS = ("topic", "difficulty", "seconds", "status")

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
    tags = "".join(f"<tag>{_text(f'{name}:{getattr(question, name)}')}</tag>" for name in TAGS)
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


def read(data: bytes) -> ExchangeFile:
    """The essay questions of a Moodle course. Raises FormatError."""
    root = load_xml(data)
    if root.tag != "quiz":
        raise FormatError(f"expected <quiz> at the top of the file, not <{root.tag[:40]}>")
    items: list[Item] = []
    left_out: list[LeftOut] = []
    category = ""
    for element in root:
        kind = element.get("type", "") if element.tag == "question" else f"<{element.tag[:40]}>"
        place = f"line {element.get(LINE)}"
        if kind == "category":
            category = category_name(element.findtext("category/text") or "")
        elif kind == "essay":
            items.append(_item(place, element, category))
        else:
            why = f"{kind[:40]} question: this bank has open questions only"
            left_out.append(LeftOut(place, _name(element)[:80], why))
    return ExchangeFile(with_repeats_marked(items), left_out=tuple(left_out))


def _name(element: Element) -> str:
    return " ".join((element.findtext("name/text") or "").split())


def category_name(path: str) -> str:
    """The last part of a category's path; a slash inside a name is written twice."""
    parts = re.split(r"(?<!/)/(?!/)", path.strip())
    name = parts[-1].replace("//", "/").strip()
    return "" if len(parts) < 2 or name == "top" else name


def _item(place: str, element: Element, category: str) -> Item:
    mistakes: list[Mistake] = []

    def read_text(path: str, field: str) -> str:
        part = element.find(path)
        if part is None:
            return ""
        text, mistake = _markdown(part, field)
        mistakes.extend([mistake] if mistake else [])
        return text

    name = _name(element)
    raw: dict[str, object] = {
        "slug": name if SLUG.fullmatch(name) else "",
        "topic_name": category,
        **settings_in_tags(part.text or "" for part in element.iterfind("tags/tag/text")),
        "prompt": read_text("questiontext", "prompt"),
        "answer": read_text("generalfeedback", "answer"),
        **fields_of(read_text("graderinfo", "how_to_answer")),
        "uid": uid_in(element.findtext("idnumber") or ""),
    }
    if not raw["uid"]:
        # From another system. Where it says nothing it must not empty what an editor wrote here,
        # and its names ("Question 2") are not slugs.
        raw = {field: text for field, text in raw.items() if text or field == "prompt"}
        raw.pop("slug", None)
    return item(place, raw, mistakes, COLUMNS)


def _markdown(part: Element, field: str) -> tuple[str, Mistake | None]:
    """A text as Markdown, and the mistake if something of it is lost."""
    text = part.findtext("text") or ""
    if len(text) > MAX_HTML:
        return "", Mistake(field, f"has more than {MAX_HTML:,} characters", "Shorten it.")
    style = part.get("format", "html")
    is_html = style in ("html", "moodle_auto_format") and re.search(r"<[a-zA-Z/!]|&[#\w]+;", text)
    lost = {"file"} if part.find("file") is not None else set()
    return markdown_of(text, field, is_html=bool(is_html), lost=lost)


def settings_in_tags(tags: Iterable[str]) -> dict[str, str]:
    """The fields in tags such as difficulty:2. Tags of other kinds mean nothing to this bank."""
    pairs = (tag.strip().partition(":") for tag in tags)
    return {name.lower(): value.strip() for name, _, value in pairs if name.lower() in TAGS}


def uid_in(id_number: str) -> str:
    """The uid in an ID number; "" if it is the number of another system."""
    try:
        return str(uuid.UUID(id_number.strip()))
    except ValueError:
        return ""
