"""python -m tests.types_budget: how often the code leaves types open; the number may only fall.

Counted in quizsite, questions and attempts: each use of `Any`, and each `type: ignore`. The limits
are in pyproject.toml. A limit that is higher than the count is an error too, so that it follows the
count down.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ("quizsite", "questions", "attempts")
IGNORE = re.compile(r"#\s*type:\s*ignore")


def uses_of_any(source: str) -> int:
    """How many names `Any` a module uses; its import is not counted."""
    return sum(isinstance(n, ast.Name) and n.id == "Any" for n in ast.walk(ast.parse(source)))


def counts(sources: Iterable[str]) -> dict[str, int]:
    """Uses of Any and of type: ignore in all sources together."""
    found = {"any": 0, "ignores": 0}
    for source in sources:
        found["any"] += uses_of_any(source)
        found["ignores"] += len(IGNORE.findall(source))
    return found


def verdicts(found: dict[str, int], limits: dict[str, int]) -> list[str]:
    """One line for each count that differs from its limit."""
    lines = []
    for name, count in found.items():
        if count > limits[name]:
            lines.append(f"{name}: {count}, but the limit is {limits[name]}. Give it a type.")
        elif count < limits[name]:
            lines.append(f"{name}: {count}. Lower the limit of {limits[name]} in pyproject.toml.")
    return lines


def main() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    sources = [
        path.read_text()
        for app in APPS
        for path in sorted((ROOT / app).rglob("*.py"))
        if "migrations" not in path.parts
    ]
    found = counts(sources)
    if lines := verdicts(found, settings["tool"]["types_budget"]):
        sys.exit("\n".join(lines))
    print(f"Types left open: {found['any']} Any, {found['ignores']} ignores")


if __name__ == "__main__":
    main()
