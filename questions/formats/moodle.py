"""Moodle XML: essay questions, read and written; every other kind is listed as left out.

https://docs.moodle.org/en/Moodle_XML_format. The answer is the general feedback; what helps a
grader (advice, key points, example answer) stands under headings in the notes for graders; the
rest is tags (topic:…, difficulty:…), the uid is the ID number, the slug is the name.
"""

import re
import uuid
from collections.abc import Iterable, Sequence
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder
from xml.sax.saxutils import escape

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from questions.formats import checks
from questions.formats.encoding import check_size
from questions.formats.html_text import MAX_HTML, to_markdown
from questions.formats.records import (
    SLUG,
    ExchangeFile,
    FormatError,
    Item,
    LeftOut,
    Mistake,
    StoredQuestion,
    TopicRecord,
)

MAX_DEPTH = 40
SECTIONS = {
    "how to answer": "how_to_answer",
    "key points": "key_points",
    "example answer": "example_answer",
}
TAGS = ("topic", "difficulty", "seconds", "status")

_HEADING = re.compile(rf"#{{1,6}} ({'|'.join(SECTIONS)})\s*", re.IGNORECASE)
_ESCAPED = re.compile(rf"\\+{_HEADING.pattern}", re.IGNORECASE)
_BULLET = re.compile(r"\A\s*(?:[-*+•]|\d{1,3}[.)])\s+")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


# --- writing --------------------------------------------------------------------------------


def write(topics: Sequence[TopicRecord], questions: Iterable[StoredQuestion]) -> bytes:
    """Control characters, which XML has none of, become the replacement character."""
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


def notes_of(question: StoredQuestion) -> str:
    """Advice, key points and example answer under headings; `sections_of` takes them apart."""
    sections = {
        "How to answer": _escape_headings(question.how_to_answer),
        "Key points": "\n".join(f"- {point}" for point in question.key_points),
        "Example answer": _escape_headings(question.example_answer),
    }
    return "\n\n".join(f"### {name}\n\n{text}" for name, text in sections.items() if text)


def _escape_headings(text: str) -> str:
    """A line of the text that looks like one of our headings gets a backslash in front."""
    lines = text.split("\n")
    return "\n".join(
        f"\\{line}" if _HEADING.fullmatch(line) or _ESCAPED.fullmatch(line) else line
        for line in lines
    )


# --- reading --------------------------------------------------------------------------------


def read(data: bytes) -> ExchangeFile:
    """The essay questions of a Moodle XML file. Raises FormatError."""
    root = _parse(data)
    if root.tag != "quiz":
        raise FormatError(f"expected <quiz> at the top of the file, found <{root.tag[:40]}>")
    items: list[Item] = []
    left_out: list[LeftOut] = []
    category = ""
    for element in root:
        kind = element.get("type", "") if element.tag == "question" else f"<{element.tag[:40]}>"
        place = f"line {element.get(_LINE)}"
        if kind == "category":
            category = category_name(element.findtext("category/text") or "")
        elif kind == "essay":
            items.append(_item(place, element, category))
        else:
            name = " ".join((element.findtext("name/text") or "").split())[:80]
            why = f"{kind[:40]} question: this bank has open questions only"
            left_out.append(LeftOut(place, name, why))
    return ExchangeFile(checks.mark_twice(items), left_out=tuple(left_out))


_LINE = "{place}line"


class _Shallow(TreeBuilder):
    """Refuses deep nesting and keeps of each element the line on which it begins."""

    depth = 0
    parser: Any = None

    def start(self, tag: str, attrs: dict[Any, Any], /) -> Element:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise FormatError(f"not readable as XML: nests over {MAX_DEPTH} deep")
        if self.depth == 2:
            attrs = {**attrs, _LINE: str(self.parser.parser.CurrentLineNumber)}
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self.depth -= 1
        return super().end(tag)


def _parse(data: bytes) -> Element:
    check_size(data)
    builder = _Shallow()
    parser = builder.parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    try:
        parser.feed(data)
        root: Element = parser.close()
    except DefusedXmlException:
        raise FormatError(
            "the XML declares a document type or entities, which a question bank needs none of."
            " Remove the declaration"
        ) from None
    except ParseError as error:
        line, column = error.position
        raise FormatError(
            f"line {line}, column {column + 1}: not readable as XML: {error}"
        ) from None
    except (LookupError, ValueError) as error:
        if isinstance(error, FormatError):
            raise
        raise FormatError(
            f"not readable as XML: {error}. Save it as UTF-8 and declare that"
        ) from None
    return root


def category_name(path: str) -> str:
    """The last part of a category's path; a slash inside a name is written twice."""
    parts = re.split(r"(?<!/)/(?!/)", path.strip())
    name = parts[-1].replace("//", "/").strip()
    return "" if len(parts) < 2 or name == "top" else name


def _item(place: str, element: Element, category: str) -> Item:
    mistakes: list[Mistake] = []

    def read(path: str, field: str) -> str:
        part = element.find(path)
        if part is None:
            return ""
        text, wrong = _markdown(part, field)
        mistakes.extend(wrong)
        return text

    name = " ".join((element.findtext("name/text") or "").split())
    tags = [tag.strip() for tag in (part.text or "" for part in element.iterfind("tags/tag/text"))]
    raw: dict[str, Any] = {
        "slug": name if SLUG.fullmatch(name) else "",
        "topic_name": category,
        **_tagged(tags),
        "prompt": read("questiontext", "prompt"),
        "answer": read("generalfeedback", "answer"),
        **sections_of(read("graderinfo", "how_to_answer")),
        "uid": _uid(element.findtext("idnumber") or ""),
    }
    if not raw["uid"]:
        # Another system's: where it says nothing it must not empty what an editor wrote here.
        # And its names ("Question 2") are no slugs.
        raw = {field: text for field, text in raw.items() if text or field == "prompt"}
        raw.pop("slug", None)
    return checks.item(place, raw, mistakes)


def _markdown(part: Element, field: str) -> tuple[str, list[Mistake]]:
    """A text as Markdown, and what of it would be lost."""
    text = part.findtext("text") or ""
    if len(text) > MAX_HTML:
        return "", [Mistake(field, f"has over {MAX_HTML:,} characters", "Shorten it.")]
    lost = {"file"} if part.find("file") is not None else set()
    style = part.get("format", "html")
    if style in ("html", "moodle_auto_format") and re.search(r"<[a-zA-Z/!]|&[#\w]+;", text):
        try:
            text, more = to_markdown(text)
        except checks.Wrong as wrong:
            return "", [Mistake(field, *wrong.mistake)]
        lost |= more
    if not lost:
        return text, []
    names = ", ".join(sorted(lost))
    fix = "Say in words what it shows, in the system it comes from, and export it again."
    return text, [Mistake(field, f"has what this bank can't hold: {names}", fix)]


def _tagged(tags: Iterable[str]) -> dict[str, str]:
    """What tags like difficulty:2 say; other tags say nothing to this bank."""
    pairs = (tag.partition(":") for tag in tags)
    return {name.lower(): value.strip() for name, _, value in pairs if name.lower() in TAGS}


def _uid(idnumber: str) -> str:
    """An ID number that is no UUID is another system's own."""
    try:
        return str(uuid.UUID(idnumber.strip()))
    except ValueError:
        return ""


def sections_of(notes: str) -> dict[str, str]:
    """The grader's notes by field; what stands under no heading of ours is advice."""
    lines: dict[str, list[str]] = {field: [] for field in SECTIONS.values()}
    field = "how_to_answer"
    for line in notes.replace("\r\n", "\n").split("\n"):
        if heading := _HEADING.fullmatch(line):
            field = SECTIONS[heading[1].casefold()]
        elif field == "key_points":
            lines[field].append(_BULLET.sub("", line))
        else:
            lines[field].append(line[1:] if _ESCAPED.fullmatch(line) else line)
    return {field: "\n".join(found).strip() for field, found in lines.items()}
