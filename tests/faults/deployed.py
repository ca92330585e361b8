"""The site as on a server: nginx with TLS, and servers that take each other's place."""

import subprocess
from pathlib import Path

from quizsite.serving import sockets
from tests.faults.nginx import Nginx
from tests.faults.site import Site, end_group
from tests.waiting import wait_until

START_SECONDS = 60


class DeployedSite(Site):
    """Without proxies of our own between; `servers` are all that were started, the newest last."""

    tls = True

    def __init__(self) -> None:
        super().__init__(proxied=False)
        self.link = self.folder / "run" / "web.sock"
        self.servers: list[subprocess.Popen] = []
        self.nginx: Nginx | None = None

    def serve(self) -> None:
        self.link.parent.mkdir()
        self.start_server()
        assert wait_until(lambda: self.serves(self.servers[-1]), START_SECONDS), self.log_tail()
        folder = self.folder / "nginx"
        folder.mkdir()
        self.nginx = Nginx(folder, f"unix:{self.link}", tls=True)
        self.port = self.nginx.tls_port

    def start_server(self, **environment: str) -> None:
        """As a deploy does. It takes the link by itself."""
        log = ("--access-logfile", "/dev/null", "--log-level", "warning")
        config = ("--config", "python:quizsite.gunicorn_conf", "--preload")
        own = {"WEB_SOCKET": str(self.link), "HTTPS": "1", "BEHIND_PROXY": "1"}
        self.servers.append(
            self.start_process(
                *("gunicorn", *config, *log, "quizsite.wsgi"),
                env=self.variables(self.url) | own | environment,
            )
        )

    def release(self, style: str) -> None:
        """Deploy a release with another style sheet. The old server ends by itself."""
        with open(self.static / "css" / "site.css", "a") as sheet:
            sheet.write(style)
        self.run("tests.faults.prepare", "files")
        self.start_server()
        assert wait_until(lambda: self.serves(self.servers[-1]), START_SECONDS), self.log_tail()

    def serves(self, server: subprocess.Popen) -> bool:
        own: Path = sockets.own_socket(self.link, server.pid)
        return sockets.serving(self.link) == own and sockets.ask(own, "/readyz")[0]

    def stop(self) -> None:
        if self.nginx is not None:
            self.nginx.stop()
        for server in self.servers:
            end_group(server)
        super().stop()
