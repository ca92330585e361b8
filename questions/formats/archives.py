"""Zip archives that people upload: their list of entries is checked before one is unpacked."""

import io
import stat
import zipfile

from questions.formats.records import FormatError

MAX_ENTRIES = 500
MAX_UNPACKED = 150_000_000
MAX_RATIO = 150
"""Unpacked to packed size of an entry over a megabyte. Tables reach 20, bombs over 1,000."""


def open_archive(data: bytes, kind: str, most_entries: int = MAX_ENTRIES) -> zipfile.ZipFile:
    """The archive of a file of this kind. Raises FormatError for what no program of it writes."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise FormatError(f"not readable as {kind}: it is not a zip archive") from None
    if len(entries) > most_entries:
        raise FormatError(f"not of the kind {kind}: its archive has {len(entries):,} entries")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise FormatError(f"the archive would unpack to more than {MAX_UNPACKED // 1_000_000} MB")
    names = [entry.filename for entry in entries]
    if len(set(names)) < len(names):
        raise FormatError(f"not of the kind {kind}: its archive has the same entry twice")
    for entry in entries:
        _check_entry(entry, kind)
    return archive


def _check_entry(entry: zipfile.ZipInfo, kind: str) -> None:
    name = entry.orig_filename
    if name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/"):
        raise FormatError(f"not of the kind {kind}: its archive has the entry {name[:60]!r}")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise FormatError(f"not of the kind {kind}: its archive has a link, {name[:60]!r}")
    if entry.flag_bits & 1:
        raise FormatError("the file is encrypted. Save it without a password")
    if entry.file_size > 1_000_000 and entry.file_size > MAX_RATIO * entry.compress_size:
        raise FormatError(f"the archive's entry {name[:60]!r} unpacks to a suspicious size")
