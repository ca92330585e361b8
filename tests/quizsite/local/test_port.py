"""A port that cannot be had is said before anything is installed or started."""

import errno
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from quizsite.local import port

ROOT = Path(port.__file__).parents[2]
NO_PORTS = [
    *("eighty", "-1", "70000", "65536", "0", "80.5", "8_000", "+8000", "٨٠٠٠", "80 00", "9" * 5000),
    *("0x1F40", "8000;ls", "it's", "$PORT"),
]


@pytest.fixture
def taken():
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


@pytest.mark.parametrize("text", NO_PORTS)
def test_what_is_no_port_is_refused(text):
    with pytest.raises(port.PortError, match="Choose a number from 1024 to 65535"):
        port.number(text)


@pytest.mark.parametrize(
    ("text", "number"), [("8000", 8000), (" 8000 ", 8000), ("", 8000), ("08001", 8001)]
)
def test_a_port_is_read(text, number):
    assert port.number(text) == number


def test_a_port_that_is_free_is_free_afterwards_too():
    with socket.create_server(("127.0.0.1", 0)) as other:
        free = other.getsockname()[1]
    for _ in range(2):
        port.listen(free, "make run").close()


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0", "::"])  # noqa: S104
def test_a_taken_port_is_refused_with_one_that_is_free(address):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.create_server((address, 0), family=family, dualstack_ipv6=":" in address) as other:
        taken = other.getsockname()[1]
        with pytest.raises(port.PortError) as refused:
            port.listen(taken, "make dev")
    message = str(refused.value)
    assert message.startswith(f"Port {taken} is taken")
    other_port = int(message.partition("PORT=")[2].split()[0])
    assert message.rstrip(".").endswith(f"PORT={other_port} make dev")
    port.listen(other_port, "make dev").close()


def test_a_port_without_permission_names_those_that_need_none():
    message = port.why_not(80, OSError(errno.EACCES, os.strerror(errno.EACCES)), "make run")
    assert "1024" in message
    assert "PORT=" in message


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another account")
def test_without_permission_it_says_so():
    lowest = Path("/proc/sys/net/ipv4/ip_unprivileged_port_start")
    if not lowest.exists() or int(lowest.read_text()) <= 80:
        pytest.skip("every account may take every port here")
    child = os.fork()
    if not child:
        message = ""
        try:
            os.setgroups([])
            os.setuid(65534)
            port.listen(80, "make run").close()
        except port.PortError as refused:
            message = str(refused)
        finally:
            os._exit(0 if "rights of root" in message else 1)
    assert os.waitpid(child, 0)[1] == 0


def run(command, **environment) -> subprocess.CompletedProcess:
    return subprocess.run(
        command, env=os.environ | environment, cwd=ROOT, capture_output=True, text=True, timeout=30
    )


@pytest.fixture
def clone(tmp_path):
    """A fresh clone: nothing is installed, no database was made."""
    folder = tmp_path / "clone"
    for name in ("quizsite/local", "requirements"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("Makefile", "manage.py"):
        shutil.copy(ROOT / name, folder)
    return folder


@pytest.mark.skipif(not shutil.which("make"), reason="there is no make here")
@pytest.mark.parametrize("goal", ["run", "dev"])
@pytest.mark.parametrize("kind", ["taken", "eighty", "70000", "it's"])
def test_make_says_it_before_it_installs_anything(clone, taken, goal, kind):
    text = str(taken) if kind == "taken" else kind
    began = time.monotonic()
    done = subprocess.run(
        ["make", goal, f"PORT={text}", f"PYTHON={sys.executable}"],
        cwd=clone,
        env={k: v for k, v in os.environ.items() if k not in ("MAKELEVEL", "MAKEFLAGS", "PORT")},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode
    first = done.stderr.splitlines()[0]
    assert first.startswith((f"Port {text} is taken", f"PORT={text} is not a port"))
    assert "PORT=" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (clone / ".venv").exists()
    assert not (clone / ".data").exists()
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("command", ["start", "dev"])
@pytest.mark.parametrize("given", [{"DATABASE_URL": ""}, {}], ids=["embedded", "named"])
def test_manage_says_it_before_the_database_starts(tmp_path, taken, command, given):
    done = run(
        [sys.executable, "manage.py", command],
        **{"PORT": str(taken), "DATA_DIR": str(tmp_path / "data"), "DEBUG": "1"} | given,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {taken} is taken")
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "data").exists()
