"""A private Redis: loopback, password, nothing on disk, because it never holds the only copy of anything."""

import dataclasses
import secrets
import socket
import subprocess
import time

from . import accounts, ports
from .console import Step, rotate
from .datafolder import DataFolder
from .failure import Failure
from .processes import Registry

START_ATTEMPTS = 5
READY_TIMEOUT_S = 20.0

CONFIG = """\
bind 127.0.0.1
port {port}
unixsocket ""
protected-mode yes
requirepass {password}
save ""
appendonly no
dir /
maxmemory 256mb
maxmemory-policy allkeys-lru
daemonize no
supervised no
"""


@dataclasses.dataclass
class Redis:
    """A running instance; `port` and `password` survive a restart by the same supervisor."""

    process: subprocess.Popen
    port: int
    password: str

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/"


def start(folder: DataFolder, registry: Registry, step: Step, again: Redis | None = None) -> Redis:
    """With `again`, on the same port with the same password, as the clients expect it."""
    log = rotate(folder.logs / "redis.log")
    password = again.password if again else secrets.token_hex(24)
    for _ in range(START_ATTEMPTS):
        port = again.port if again else ports.free_port()
        process = _launch(registry, log, port, password)
        if _wait_ready(process, port, password, step):
            return Redis(process, port, password)
        registry.forget(process)
        time.sleep(0.3)
    raise Failure("Redis did not start", log)


def _launch(registry: Registry, log, port: int, password: str) -> subprocess.Popen:
    with log.open("ab") as output:
        process = registry.spawn(
            "Redis",
            # The configuration, and with it the password, goes in by a pipe: not in argv, not on disk.
            ["redis-server", "-"],
            stdin=subprocess.PIPE, stdout=output, stderr=subprocess.STDOUT, cwd="/",
            level=1, **accounts.unprivileged("redis", "nobody"),
        )
    process.stdin.write(CONFIG.format(port=port, password=password).encode("ascii"))
    process.stdin.close()
    return process


def _wait_ready(process: subprocess.Popen, port: int, password: str, step: Step) -> bool:
    """Ready means that it knows our password; another program on the port does not."""
    deadline = time.monotonic() + READY_TIMEOUT_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            return False
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1.0) as link:
                link.sendall(f"AUTH {password}\r\n".encode("ascii"))
                if link.recv(64).startswith(b"+OK"):
                    return True
        except OSError:
            pass
        step.tick("waiting for Redis")
        time.sleep(0.03)
    return False
