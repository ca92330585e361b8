"""YAML and JSON texts to plain values, safely: no tags, no aliases, no deep nesting."""

import json
from typing import Any

import yaml

from questions.formats.records import FormatError

MAX_DEPTH = 20
"""A bank nests six deep. libyaml's reader recurses in C and would crash at some ten thousand."""

# libyaml is ten times as fast where it was compiled in; both read the same.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _StrictLoader(_Loader):  # type: ignore[misc]
    """Refuses what YAML drops silently: the first of two equal keys."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    line = key.start_mark.line + 1
                    raise FormatError(f"line {line}: {key.value[:50]!r} comes twice in one entry")
                seen.add(key.value)
        return super().construct_mapping(node, deep)  # type: ignore[no-any-return]


def load(text: str) -> Any:
    """The document in a text. Raises FormatError."""
    # PyYAML reads JSON but for characters outside the BMP, which JSON may write as two escapes.
    is_json = text.lstrip().startswith("{")
    try:
        return _load_json(text) if is_json else _load_yaml(text)
    except FormatError:
        raise
    except (yaml.YAMLError, ValueError, RecursionError, TypeError) as error:
        name = "JSON" if is_json else "YAML"
        raise FormatError(f"not readable as {name}: {error}") from None


def _load_json(text: str) -> Any:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        values = dict(pairs)
        if len(values) < len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise FormatError(f"{twice[:50]!r} comes twice in one entry")
        return values

    return json.loads(text, object_pairs_hook=once)


def _load_yaml(text: str) -> Any:
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
