"""Look up the locked packages in PyPI's database of known vulnerabilities, by pip-audit.

    python requirements/audit.py

pip-audit is no requirement of the site: uv or pip puts it into .data/audit. It ends with success
also where it could look nothing up; this ends with 2 then, and with 1 if something is known.
"""

import json
import subprocess
import sys
import venv
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / ".data" / "audit"
LOCKED = ("base", "dev", "model")


def verdict(found: Sequence[Mapping[str, object]]) -> tuple[int, list[str]]:
    """(exit code, lines) for what pip-audit says of each package."""
    known, skipped = [], []
    for package in found:
        if "skip_reason" in package:
            skipped.append(str(package["name"]))
        for one in package.get("vulns", []):
            fixed = ", ".join(one["fix_versions"]) or "no version"
            known.append(f"{package['name']} {package['version']}: {one['id']}, mended in {fixed}")
    looked_up = len(found) - len(skipped)
    lines = [*known, f"{looked_up} packages looked up, {len(known)} vulnerabilities known."]
    if skipped or not found:
        lines.append(f"{len(skipped)} packages could not be looked up: {', '.join(skipped)}")
        lines.append("Without the network's database this says nothing about them.")
    return 1 if known else 2 if skipped or not found else 0, lines


def main() -> None:
    program = PLACE / "bin" / "pip-audit"
    if not program.exists():
        venv.create(PLACE, with_pip=True)
        subprocess.run([PLACE / "bin" / "pip", "install", "-q", "pip-audit"], check=True)
    files = [part for name in LOCKED for part in ("-r", str(ROOT / f"requirements/{name}.txt"))]
    command = [program, *files, "--require-hashes", "--disable-pip", "--format", "json"]
    reply = subprocess.run(command, capture_output=True, text=True, check=False)
    if not reply.stdout.strip():
        sys.exit(f"pip-audit did not run:\n{reply.stderr[-2000:]}")
    code, lines = verdict(json.loads(reply.stdout)["dependencies"])
    print("\n".join(lines))
    sys.exit(code)


if __name__ == "__main__":
    main()
