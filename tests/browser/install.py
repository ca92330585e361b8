"""python -m tests.browser.install: make sure that there is a browser to drive.

A browser that starts and opens a page is enough. Otherwise this installs Debian's as root, else
Playwright's own. It fails with instructions when none works in the end.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

from tests.browser import chromium

DEBIAN = ("chromium", "fonts-dejavu-core", "libatomic1")  # the driver's Node needs libatomic
FAILED = """\
The browser tests need Chromium or Chrome, and it {reason}.
Install it (Debian: apt install chromium libatomic1), or set BROWSER_PATH to it,
or leave those tests out: make test ARGS="-m 'not browser'"
"""


def works() -> bool:
    try:
        with sync_playwright() as playwright:
            path = chromium.installed() or playwright.chromium.executable_path
            if not Path(path).exists():
                return False
            browser = playwright.chromium.launch(
                executable_path=chromium.installed(), args=chromium.flags()
            )
            browser.new_page().goto("about:blank")
            browser.close()
    except (Error, OSError):
        return False
    return True


def install() -> None:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Debian's chromium for the browser tests ...", flush=True)
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for step in (["update"], ["install", "-y", "--no-install-recommends", *DEBIAN]):
            subprocess.run(["apt-get", "-qq", *step], env=quiet, stdout=subprocess.DEVNULL)
    else:
        print("Installing Playwright's chromium for the browser tests ...", flush=True)
        subprocess.run(
            [sys.executable, "-m", "playwright", "install", "chromium-headless-shell"],
            stdout=subprocess.DEVNULL,
        )


def main() -> None:
    if works():
        return
    path = os.environ.get("BROWSER_PATH")
    if path:
        sys.exit(FAILED.format(reason=f"does not start from BROWSER_PATH={path}"))
    install()
    if not works():
        sys.exit(FAILED.format(reason="could not be installed, or does not start"))


if __name__ == "__main__":
    main()
