"""An nginx of our own that shares the requests out among several copies of the site."""

import os
import shutil
import subprocess
from pathlib import Path

from tests.waiting import wait_until

PROGRAM = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
HOST = "127.0.0.1"

SETTINGS = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log warn;
{account}
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    upstream site {{
        # A copy that refuses is left alone for 2 s. A form that was sent is not sent again.
        {servers}
    }}
    server {{
        listen {host}:{port};
        location / {{
            proxy_pass http://site;
            proxy_http_version 1.1;
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-For $remote_addr;
            proxy_set_header X-Forwarded-Proto $scheme;
            proxy_set_header Connection "";
            proxy_connect_timeout 2s;
            proxy_read_timeout 35s;
        }}
    }}
}}
"""


def start(folder: Path, port: int, copies: list[int]) -> subprocess.Popen:
    """copies: the ports of the site's copies. The caller ends the process."""
    servers = "\n".join(f"server {HOST}:{c} max_fails=1 fail_timeout=2s;" for c in copies)
    settings = folder / "nginx.conf"
    account = "user root;" if os.geteuid() == 0 else ""  # it writes into our folder
    settings.write_text(
        SETTINGS.format(folder=folder, host=HOST, port=port, servers=servers, account=account)
    )
    process = subprocess.Popen(
        [PROGRAM, "-c", settings, "-e", folder / "nginx.log"], start_new_session=True
    )
    assert wait_until((folder / "nginx.pid").exists, 10), (folder / "nginx.log").read_text()
    return process
