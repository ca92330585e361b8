"""Bytes to text: UTF-8, or UTF-16 that says so; anything else is refused with its line."""

import codecs

from questions.formats.records import FormatError
from questions.rules.limits import MAX_BYTES

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    # Before UTF-16, whose mark begins with the same bytes.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def check_size(size: int) -> None:
    """Whether a file of so many bytes can be read. Raises FormatError."""
    if not size:
        raise FormatError("the file is empty")
    if size > MAX_BYTES:
        raise FormatError(f"the file is larger than {MAX_BYTES // 1_000_000} MB. Split it")


def decode(data: bytes) -> str:
    """The text, without a byte order mark. Raises FormatError."""
    check_size(len(data))
    mark, name = next(((m, n) for m, n in _BOMS if data.startswith(m)), (b"", "utf-8"))
    try:
        text = data[len(mark) :].decode(name)
    except UnicodeDecodeError as error:
        line = data[len(mark) :][: error.start].decode(name, "ignore").count("\n") + 1
        byte = f"byte 0x{error.object[error.start]:02X}"
        raise FormatError(
            f"line {line}: {byte} is not {name.upper()}. Save the file as UTF-8"
            " (in a spreadsheet: “CSV UTF-8”)"
        ) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise FormatError(
            f"line {line}: there is a NUL character. Save the file as UTF-8; UTF-16 needs its"
            " byte order mark"
        )
    return text
