"""Finds the bundles of scripts and style sheets for Django and WhiteNoise."""

import atexit
import shutil
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from tempfile import mkdtemp
from typing import Literal, overload
from uuid import uuid4

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage

from quizsite.staticfiles.bundles import BUNDLES, bundle

Paths = list[str]  # the finder has a method called list


class BundleFinder(BaseFinder):
    """Finds the bundles, which it makes from static/ whenever somebody asks for one.

    So a page gets the same files while somebody works on it as after `collectstatic`.
    """

    @cached_property
    def folder(self) -> Path:
        """Where this process has its bundles; it removes them when it ends."""
        folder = Path(mkdtemp(prefix="bundles-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        return folder

    def check(self, **kwargs: object) -> list[CheckMessage]:
        return []

    @overload
    def find(self, path: str, find_all: Literal[False] = False) -> str | None: ...

    @overload
    def find(self, path: str, find_all: Literal[True]) -> Paths: ...

    def find(self, path: str, find_all: bool = False) -> str | Paths | None:
        """The bundle of this name; nothing if there is none. Raises BundleError."""
        if path not in BUNDLES:
            return []  # as Django's own finders; None would count as a file that was found
        found = str(self._made(path))
        return [found] if find_all else found

    def list(
        self, ignore_patterns: Iterable[str] | None
    ) -> Iterator[tuple[str, FileSystemStorage]]:
        storage = FileSystemStorage(self.folder)
        for name in BUNDLES:
            if not matches_patterns(name, ignore_patterns or ()):
                self._made(name)
                yield name, storage

    def _made(self, name: str) -> Path:
        """The file of a bundle, written if its text changed. Others may read it meanwhile."""
        path = self.folder / name
        text = bundle(name, _source)
        if not path.exists() or path.read_text() != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            new = path.with_name(f"{path.name}.{uuid4().hex}")
            new.write_text(text)
            new.replace(path)
        return path


def _source(name: str) -> str:
    return (Path(settings.STATICFILES_DIRS[0]) / name).read_text()
