"""Bytes to text: UTF-8, or UTF-16 that says so; anything else is refused with its line."""

import codecs

from questions.formats.records import FormatError

MAX_BYTES = 25_000_000
"""Ten thousand long questions; what is larger is no bank."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    # Before UTF-16, whose mark begins the same.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def check_size(data: bytes) -> None:
    if not data:
        raise FormatError("the file is empty")
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // 1_000_000
        raise FormatError(f"the file has over {limit} MB: split it, or check that it is a bank")


def decode(data: bytes) -> str:
    """The text, without a byte order mark. Raises FormatError."""
    check_size(data)
    mark, name = next(((m, n) for m, n in _BOMS if data.startswith(m)), (b"", "utf-8"))
    try:
        text = data[len(mark) :].decode(name)
    except UnicodeDecodeError as error:
        line = data[len(mark) :][: error.start].decode(name, "ignore").count("\n") + 1
        found = f"byte 0x{error.object[error.start]:02X}"
        raise FormatError(
            f"line {line}: {found} is not {name.upper()}. Save the file as UTF-8"
            " (in a spreadsheet: “CSV UTF-8”)"
        ) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise FormatError(
            f"line {line}: there is a NUL character. Save the file as UTF-8; UTF-16 needs its"
            " byte order mark"
        )
    return text
