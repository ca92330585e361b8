"""Words as Markdown that shows them as they are: a backslash before what would be markup."""

import re

# An underscore inside a word is no markup, nor is a < before a blank or a number.
_MARKUP = re.compile(
    r"""[*`\[\]]
    | \\(?=[!-/:-@\[-`{-~\s]|\Z)
    | (?<![^\W_])_ | _(?![^\W_])
    | <(?=[a-zA-Z/!?])
    | &(?=[a-zA-Z][a-zA-Z0-9]{1,31};|\#[0-9]{1,7};|\#[xX][0-9a-fA-F]{1,6};)
    | ~(?=~) | (?<=~)~""",
    re.VERBOSE,
)
_LINE_START = re.compile(
    r"""(?:(?P<number>[0-9]{1,9})(?=[.)](?:\s|\Z)))
    | (?P<sign>[-+](?=\s|\Z|[-|:]) | \#{1,6}(?=\s|\Z) | > | =+\s*\Z | \|(?=.*) | :(?=-))""",
    re.VERBOSE,
)
_EDGE = re.compile(r"\A\s+|\s+\Z")


def escaped(words: str) -> str:
    """The words inside of a line."""
    return _MARKUP.sub(lambda sign: "\\" + sign[0], words)


def line_escaped(line: str) -> str:
    """A line of Markdown that begins no block: no list, heading, quotation, table."""
    start = _LINE_START.match(line)
    if not start:
        return line
    at = start.end("number") if start["number"] else 0
    return f"{line[:at]}\\{line[at:]}"


def edges_kept(line: str) -> str:
    """Wide blanks at the edges of a text written so that nothing takes them away."""
    return _EDGE.sub(lambda blanks: "".join(map(_reference, blanks[0])), line)


def _reference(char: str) -> str:
    return "&nbsp;" if char == "\N{NO-BREAK SPACE}" else f"&#{ord(char)};"


def code_span(words: str) -> str:
    longest = max((len(ticks) for ticks in re.findall("`+", words)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if words[:1] == "`" or words[-1:] == "`" else ""
    return f"{fence}{pad}{words}{pad}{fence}"


def link_target(href: str, title: str) -> str:
    """What stands in the brackets after the words of a link."""
    href = re.sub(r"[\s<>\\]", lambda c: "".join(f"%{b:02X}" for b in c[0].encode()), href)
    href = href.replace("&", "&amp;") if re.search(r"&#?\w{1,32};", href) else href
    if re.search(r"[()]", href):
        href = f"<{href}>"
    quoted = re.sub(r'(["\\])', r"\\\1", " ".join(title.split())).replace("&", "&amp;")
    return f'({href} "{quoted}")' if title else f"({href})"
