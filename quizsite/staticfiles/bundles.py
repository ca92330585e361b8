"""A page's scripts in one file, and its style sheets in another. Text in, text out.

The modules of static/js keep what browsers understand without a build step. A bundle puts those
that an entry imports into functions of their own, in the order in which they are needed, and the
entry below them, which exports what it exports. It understands the one way in which our scripts are
written, and refuses others:

    import { a, b as c } from "./other.js";        export function, class or const, by name
    import "../folder/other.js";                   no cycles; `await` outside of functions only in
                                                   the entry
    import(address)                                a bundle that is fetched later, by the address
                                                   that the page gives

Comments stay behind: they are for readers of the modules, and a fifth of what a page would fetch.
"""

import itertools
import posixpath
import re
from collections.abc import Callable, Iterator
from functools import partial

Read = Callable[[str], str]
"""The text of a static file, by its name."""

BUNDLES = {
    "bundles/page.js": "js/page/page.js",
    "bundles/room.js": "js/room/room.js",
    "bundles/result.js": "js/result/result.js",
    "bundles/before.js": "js/speaking/before.js",
    "bundles/microphone.js": "js/speaking/microphone.js",
    "bundles/pages.css": "css/pages.css",
}
"""Each bundle, and the file that it begins from."""

_IMPORT = re.compile(
    r'^import (?:\{([^{}]*)\} from )?"(\.{1,2}/(?:\.\./|[\w-]+/)*[\w-]+)\.js";$', re.MULTILINE
)
_EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)
_OTHER = re.compile(r"^\s*(?:import|export)\b.*|\bimport\s*(?:\.|\((?!address\))).*", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
_STYLE_COMMENT = re.compile(r"[ \t]*/\*.*?\*/\n?", re.DOTALL)
_STYLES = re.compile(r'^@import "([\w-]+\.css)";$', re.MULTILINE)


class BundleError(ValueError):
    """A script is written in a way that a bundle does not understand; the message names it."""


def bundle(name: str, read: Read) -> str:
    """The text of a bundle. Raises BundleError."""
    entry = BUNDLES[name]
    return _script(entry, read) if entry.endswith(".js") else _styles(entry, read)


def _styles(entry: str, read: Read) -> str:
    folder = entry.rpartition("/")[0]
    joined = _STYLES.sub(lambda match: read(f"{folder}/{match[1]}"), read(entry))
    return _STYLE_COMMENT.sub("", joined)


def _script(entry: str, read: Read) -> str:
    name = entry.removeprefix("js/").removesuffix(".js")
    *imported, last = _in_order(name, lambda module: read(f"js/{module}.js"), {})
    exported = ", ".join(_EXPORT.findall(last[1]))
    exports = [f"export {{ {exported} }};\n"] if exported else []
    return "\n".join([*itertools.starmap(_as_function, imported), _body(*last), *exports])


def _in_order(name: str, read: Read, done: dict[str, bool]) -> Iterator[tuple[str, str]]:
    """The name and text of each module that one imports, and of itself at last.

    A module's name is its path in static/js, such as "room/display".
    done: the modules that have been begun; False for those that are not finished.
    """
    if name in done:
        if not done[name]:
            raise BundleError(f"{name}.js imports itself through others")
        return
    done[name] = False
    text = read(name)
    for match in _IMPORT.finditer(text):
        yield from _in_order(_imported(name, match), read, done)
    done[name] = True
    yield name, text


def _imported(name: str, match: re.Match[str]) -> str:
    """The name of the module that the module `name` imports there."""
    imported = posixpath.normpath(posixpath.join(posixpath.dirname(name), match[2]))
    if imported.startswith("../"):
        raise BundleError(f"{name}.js imports what is not in static/js: “{match[0]}”")
    return imported


def _as_function(name: str, text: str) -> str:
    """A module as a function that is called at once and returns what the module exports."""
    exported = ", ".join(_EXPORT.findall(text))
    body = _body(name, text)
    return f"const {_holder(name)} = (() => {{\n{body}\nreturn {{ {exported} }};\n}})();\n"


def _body(name: str, text: str) -> str:
    """The text of a module without import, export, and lines that are comments."""
    body = _EXPORT.sub("", _IMPORT.sub(partial(_local_names, name), text))
    if other := _OTHER.search(body):
        raise BundleError(f"{name}.js: a bundle does not understand “{other[0].strip()}”")
    return f"// {name}.js\n{_COMMENT.sub('', body)}"


def _local_names(name: str, match: re.Match[str]) -> str:
    if match[1] is None:
        return ""
    names = match[1].strip().replace(" as ", ": ")
    return f"const {{ {names} }} = {_holder(_imported(name, match))};"


def _holder(name: str) -> str:
    """The constant that has what a module exports. No name in a module of ours begins so."""
    return "$" + name.replace("-", "$_").replace("/", "$$")
