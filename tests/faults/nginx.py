"""nginx with the files of proxy/ as they are, but for their addresses."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

from tests.faults.proxy import HOST
from tests.waiting import wait_until

FILES = Path(__file__).resolve().parents[2] / "proxy"
MISSING = "" if shutil.which("nginx") else "there is no nginx here"
CERTIFICATE = ("-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost")


class Nginx:
    """In front of `site`: HOST:PORT, or unix:PATH. port: of HTTP; tls_port: with tls=True."""

    def __init__(self, folder: Path, site: str, *, tls: bool = False):
        self.folder = folder
        self.port, self.tls_port, self.metrics_port = (_free_port() for _ in range(3))
        replaced = {
            "server unix:/run/site/web.sock;": f"server {site};",
            "listen 8080;": f"listen {HOST}:{self.port};",
            "listen 8443 ssl": f"listen {HOST}:{self.tls_port} ssl",
            "/etc/nginx/tls": str(folder / "tls"),
            "/var/cache/nginx": str(folder),
            "listen 9100;": f"listen {HOST}:{self.metrics_port};",
            "/dev/stdout": str(folder / "access.log"),
            "error_log stderr crit;": f"error_log {folder / 'error.log'} crit;",
            "/tmp/nginx.pid": str(folder / "pid"),
            "worker_processes auto;": "worker_processes 1; daemon off;",
        }
        unused = dict(replaced)
        for file in FILES.glob("*.conf"):
            text = file.read_text()
            for ours, theirs in replaced.items():
                if ours in text:
                    text = text.replace(ours, theirs)
                    unused.pop(ours, None)
            (folder / file.name).write_text(text)
        assert not unused
        if tls:
            _make_certificate(folder / "tls")
        main = folder / ("nginx.tls.conf" if tls else "nginx.conf")
        if os.geteuid() == 0:
            main.write_text("user root;\n" + main.read_text())
        self._command = ["nginx", "-c", str(main), "-e", str(folder / "error.log")]
        checked = subprocess.run([*self._command, "-t"], capture_output=True, text=True)
        assert checked.returncode == 0, checked.stderr
        self._process = subprocess.Popen(self._command, stderr=subprocess.DEVNULL)
        assert wait_until(self._listens, 10)

    def _listens(self) -> bool:
        try:
            socket.create_connection((HOST, self.port), timeout=1).close()
        except OSError:
            return False
        return True

    def errors(self) -> str:
        return (self.folder / "error.log").read_text()

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(10)


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as any_port:
        return any_port.getsockname()[1]


def _make_certificate(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    files = ("-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem"))
    name = ("-addext", f"subjectAltName=DNS:localhost,IP:{HOST}")
    subprocess.run(["openssl", "req", *CERTIFICATE, *name, *files], check=True, capture_output=True)
