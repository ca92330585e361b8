"""Which browser the tests drive, and with which flags."""

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = [f"/Applications/{name}.app/Contents/MacOS/{name}" for name in ("Google Chrome", "Chromium")]
# The browser looks up and connects to nothing but the site under test.
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


def installed() -> str | None:
    """The path of a browser: BROWSER_PATH, else one in PATH or among macOS's applications.

    None where there is none; Playwright's own may still be there.
    """
    if path := os.environ.get("BROWSER_PATH"):
        return path
    in_path = (shutil.which(name) for name in NAMES)
    return next(filter(None, [*in_path, *(path for path in MAC if Path(path).exists())]), None)


def flags() -> list[str]:
    return [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
