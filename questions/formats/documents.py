"""YAML, JSON and XML documents, read safely: no tags, aliases, entities or deep nesting."""

import json
from collections import Counter
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

import yaml
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from questions.formats.encoding import check_size
from questions.formats.records import FormatError

MAX_DEPTH = 20
"""A bank nests six deep. libyaml recurses in C and would crash at some ten thousand."""
SECTIONS = ("topics", "questions", "interviews")

# libyaml, if it was compiled in, is ten times as fast; both read the same.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _StrictLoader(_Loader):  # type: ignore[misc]  # PyYAML has no types
    """Refuses two equal keys in one entry, because YAML would silently drop the first."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        seen = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    line = key.start_mark.line + 1
                    raise FormatError(f"line {line}: {key.value[:50]!r} comes twice in one entry")
                seen.add(key.value)
        return super().construct_mapping(node, deep)  # type: ignore[no-any-return]


def sections_of(text: str) -> dict[str, list[dict[str, object]]]:
    """The entries of each of SECTIONS in a YAML or JSON text. Raises FormatError."""
    return sections_in(load(text))


def sections_in(document: object) -> dict[str, list[dict[str, object]]]:
    """The entries of each of SECTIONS in a document. Raises FormatError."""
    if not isinstance(document, dict):
        raise FormatError("expected topics, questions and interviews at the top of the file")
    if unknown := set(document) - set(SECTIONS):
        names = ", ".join(sorted(str(name)[:50] for name in unknown))
        known = ", ".join(SECTIONS)
        raise FormatError(f"unknown at the top of the file: {names}. A bank has {known}")
    return {name: entries_of(document.get(name), name) for name in SECTIONS}


def entries_of(value: object, name: str) -> list[dict[str, object]]:
    """The entries of a list; none if there is no value."""
    entries = [] if value is None else value
    if not isinstance(entries, list):
        raise FormatError(f"{name}: expected a list of entries")
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict):
            raise FormatError(f"{name}, entry {number}: expected fields and their values")
    return entries


def load(text: str) -> object:
    """The document in a text. Raises FormatError."""
    # PyYAML can't read characters outside the BMP that JSON writes as two escapes.
    is_json = text.lstrip().startswith("{")
    try:
        if text.lstrip().startswith("["):
            return _load_list(text)
        return _load_json(text) if is_json else _load_yaml(text)
    except FormatError:
        raise
    except (yaml.YAMLError, ValueError, RecursionError, TypeError) as error:
        name = "JSON" if is_json else "YAML"
        raise FormatError(f"not readable as {name}: {error}") from None


def _load_list(text: str) -> object:
    """A list in brackets, which YAML has too."""
    try:
        return _load_json(text)
    except (ValueError, RecursionError) as error:
        if isinstance(error, FormatError):
            raise
        return _load_yaml(text)


def load_lines(text: str) -> list[object]:
    """The documents of JSON Lines, one a line. Raises FormatError."""
    documents = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                documents.append(_load_json(line))
            except FormatError as error:
                raise FormatError(f"line {number}: {error}") from None
            except (ValueError, RecursionError) as error:
                raise FormatError(f"line {number}: not readable as JSON: {error}") from None
    return documents


def _load_json(text: str) -> object:
    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        values = dict(pairs)
        if len(values) < len(pairs):
            times = Counter(key for key, _ in pairs)
            twice = next(key for key, count in times.items() if count > 1)
            raise FormatError(f"{twice[:50]!r} comes twice in one entry")
        return values

    return json.loads(text, object_pairs_hook=once)


def _load_yaml(text: str) -> object:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        line = event.start_mark.line + 1 if event.start_mark else 0
        if depth > MAX_DEPTH:
            raise FormatError(f"not readable as YAML: line {line} nests over {MAX_DEPTH} deep")
        if isinstance(event, yaml.AliasEvent):
            raise FormatError(f"not readable as YAML: line {line} has an alias; write it out")
    return yaml.load(text, Loader=_StrictLoader)  # noqa: S506 - it is a safe loader


# --- XML -----------------------------------------------------------------------------------

MAX_XML_DEPTH = 40
LINES_DEPTH = 5
"""Questions of Moodle are at depth 2, those of QTI down to 5."""
LINE = "{place}line"
"""The attribute for an element's line. No file can have an attribute of this name."""


class _ShallowTreeBuilder(TreeBuilder):
    """Refuses deep nesting, and keeps the lines on which the elements near the root begin."""

    depth = 0
    parser: DefusedXMLParser

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self.depth += 1
        if self.depth > MAX_XML_DEPTH:
            raise FormatError(f"not readable as XML: it nests more than {MAX_XML_DEPTH} deep")
        if self.depth <= LINES_DEPTH:
            attrs = {**attrs, LINE: str(self.parser.parser.CurrentLineNumber)}
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self.depth -= 1
        return super().end(tag)


def load_xml(data: bytes) -> Element:
    """The root element. It and those near it have their lines in the attribute LINE.

    Raises FormatError.
    """
    check_size(len(data))
    builder = _ShallowTreeBuilder()
    parser = builder.parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    try:
        parser.feed(data)
        root: Element = parser.close()
    except DefusedXmlException:
        raise FormatError(
            "the XML declares a document type or entities, which a question bank does not need."
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
