"""nginx by the configuration that we ship, but for its addresses."""

import contextlib
import os
import socket
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


@contextlib.contextmanager
def nginx(site_port: int, folder: Path):
    """Yields its port; its lines are in the files access.log and error.log of the folder."""
    with socket.create_server(("127.0.0.1", 0)) as any_port:
        port = any_port.getsockname()[1]
    text = (ROOT / "nginx.conf").read_text()
    replaced = {
        "listen 8080;": f"listen 127.0.0.1:{port};",
        "http://web:8000": f"http://127.0.0.1:{site_port}",
        "/var/cache/nginx": str(folder),
        "/tmp/nginx.pid": str(folder / "pid"),
        "/dev/stdout": str(folder / "access.log"),
        "error_log stderr": f"error_log {folder / 'error.log'}",
        "worker_processes auto;": "worker_processes 1; daemon off;",
    }
    for ours, theirs in replaced.items():
        assert ours in text
        text = text.replace(ours, theirs)
    file = folder / "nginx.conf"
    file.write_text(("user root;\n" if os.geteuid() == 0 else "") + text)
    process = subprocess.Popen(["nginx", "-c", str(file), "-e", str(folder / "error.log")])
    try:
        yield port
    finally:
        process.terminate()
        process.wait(10)
