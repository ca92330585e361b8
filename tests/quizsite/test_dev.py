"""`manage.py dev` as a person runs it: example data, a server that reloads, and a whole stop."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from attempts.example_data.making import PASSWORD
from tests.quizsite.test_start import ROOT, Site, wait_until


@pytest.mark.slow
def test_it_serves_example_data_and_stops_whole():
    folder = Path(tempfile.mkdtemp(prefix="quizsite-dev-", dir="/tmp"))
    folder.chmod(0o755)
    site = Site(folder)
    inherited = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "MAKELEVEL")}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "dev"],
        cwd=ROOT,
        env={**inherited, "DATA_DIR": str(folder), "PORT": str(site.port)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert PASSWORD in site.greeting(process)
        assert wait_until(lambda: site.status() == 200)
        process.send_signal(signal.SIGINT)
        assert "Stopping" in process.communicate(timeout=30)[0]
        assert wait_until(lambda: site.status() is None and site.postmaster() is None)
    finally:
        process.kill()
        process.communicate()
        shutil.rmtree(folder, ignore_errors=True)
