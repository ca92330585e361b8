"""A file that is there whole or not at all. Only its owner can read it."""

import contextlib
import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from quizsite.backups import BackupError

ENDING = ".quizsite-partial"


@contextlib.contextmanager
def written_to(file: Path) -> Iterator[Path]:
    """The path to write to. At the end of the block the file gets its name, if it is still free.

    Beside it comes FILE.sha256, as `sha256sum -c` takes it. What a killed backup left is removed.
    Raises BackupError where something has the name already, or the folder takes no file.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        refuse_overwriting(file)
        _remove_left_overs(file.parent)
        descriptor, name = tempfile.mkstemp(ENDING, f".{file.name}.", file.parent)  # mode 0600
    except OSError as error:
        raise BackupError(f"{file} cannot be written: {error.strerror}.") from None
    partial = Path(name)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)  # tells others that it is being written
        yield partial
        os.fsync(descriptor)
        _place(partial, file)
    finally:
        partial.unlink(missing_ok=True)
        os.close(descriptor)


def refuse_overwriting(file: Path) -> None:
    for taken in (file, checksum_of(file)):
        if os.path.lexists(taken):
            raise BackupError(f"{taken} exists, and is not overwritten. Name another file.")


def checksum_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.sha256")


def sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _place(partial: Path, file: Path) -> None:
    """Give the file its name, its checksum first. O_EXCL: of two at once, one gets the name."""
    made = []
    try:
        line = f"{sha256(partial)}  {file.name}\n".encode()
        for path, content in ((checksum_of(file), line), (file, b"")):
            _write_new(path, content)
            made.append(path)
        partial.replace(file)
        _sync_folder(file.parent)
    except BaseException as error:
        for path in made:
            path.unlink(missing_ok=True)
        if isinstance(error, FileExistsError):
            raise BackupError(f"{file} came into being meanwhile. Name another file.") from None
        if isinstance(error, OSError):
            raise BackupError(f"{file} cannot be written: {error.strerror}.") from None
        raise


def _write_new(path: Path, content: bytes) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(content)
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove_left_overs(folder: Path) -> None:
    """Remove the partial files that nobody writes any more."""
    for path in folder.glob(f".*{ENDING}"):
        with contextlib.suppress(OSError):
            descriptor = os.open(path, os.O_RDWR)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink()
            finally:
                os.close(descriptor)
