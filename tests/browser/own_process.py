"""A browser in a process group of its own, with a profile on disk, that a test can end at once."""

import os
import signal
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Playwright

from tests.browser import chromium


@contextmanager
def browser_with_profile(playwright: Playwright, profile: Path):
    """Yields the context of the profile, and a function that ends all processes of the browser.

    They end by SIGKILL, as when the memory is full: nothing is written any more.
    """
    (profile / "DevToolsActivePort").unlink(missing_ok=True)
    path = chromium.installed() or playwright.chromium.executable_path
    command = [path, "--headless=new", "--remote-debugging-port=0", f"--user-data-dir={profile}"]
    process = subprocess.Popen(
        [*command, *chromium.flags(), "about:blank"],
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

    def kill():
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    try:
        browser = playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{_port(profile)}")
        yield browser.contexts[0], kill
    finally:
        kill()


def _port(profile: Path) -> int:
    """The port at which the browser listens, once it does."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        lines = _lines(profile / "DevToolsActivePort")
        if len(lines) > 1:
            return int(lines[0])
        time.sleep(0.05)
    raise TimeoutError("the browser did not start within 30 s")


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []
