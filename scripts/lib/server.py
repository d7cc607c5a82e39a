"""The program `chiyuan` as seen from outside: its one-off commands, its serving, its readiness."""

import http.client
import json
import ssl
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

from .commands import run_logged
from .console import Step, rotate
from .failure import Failure
from .processes import Registry
from .settings import ROOT

READY_TIMEOUT_S = 180.0


class Server:
    """One environment for every command, so that all of them mean the same instance."""

    def __init__(self, program: Path, environment: dict[str, str], registry: Registry, logs: Path):
        self.program = program
        self.environment = environment
        self.registry = registry
        self.logs = logs
        self.log = logs / "server.log"

    def once(self, title: str, *arguments: str) -> None:
        """A command that ends by itself: migrate, seed, demo-accounts."""
        with Step(title) as step:
            run_logged(
                step, self.registry, [str(self.program), *arguments], self.logs / f"{arguments[0]}.log",
                env=self.environment, cwd=ROOT,
            )

    def spawn(self, name: str, log: Path, *arguments: str) -> subprocess.Popen:
        """A command that stays."""
        with rotate(log).open("ab") as output:
            return self.registry.spawn(
                name, [str(self.program), *arguments],
                stdout=output, stderr=subprocess.STDOUT, env=self.environment, cwd=ROOT,
            )

    def serve(self, url: str) -> subprocess.Popen:
        """Ready to answer when this returns."""
        with Step("Starting the server") as step:
            process = self.spawn("the server", self.log, "serve")
            deadline = time.monotonic() + READY_TIMEOUT_S
            while not is_ready(url):
                if process.poll() is not None:
                    raise Failure(f"the server ended while starting ({ending(process)})", self.log)
                if time.monotonic() > deadline:
                    raise Failure(f"the server is not ready after {READY_TIMEOUT_S:.0f} s", self.log)
                step.wait(0.1)
            return process

    def demo_feed(self) -> subprocess.Popen:
        return self.spawn("the demo feed", self.logs / "demo-feed.log", "demo-feed")


def ending(process: subprocess.Popen) -> str:
    code = process.returncode
    return f"signal {-code}" if code < 0 else f"exit {code}"


def is_ready(url: str) -> bool:
    """GET /health/ready answers 200. Never through a proxy."""
    parts = urlsplit(url)
    if parts.scheme == "https":
        # A self-signed certificate on our own loopback is fine for asking whether we are up.
        context = ssl._create_unverified_context()
        link = http.client.HTTPSConnection(parts.hostname, parts.port, timeout=2, context=context)
    else:
        link = http.client.HTTPConnection(parts.hostname, parts.port, timeout=2)
    try:
        link.request("GET", "/health/ready")
        return link.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        link.close()


def accounts(path: Path) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """The rows of demo-accounts.json: people, then devices."""
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Failure(f"{path} cannot be read: {error}") from error
    people = [
        (entry["username"], entry["password"], entry["role"], entry.get("jurisdiction") or "all")
        for entry in entries if "username" in entry
    ]
    devices = [(entry.get("source") or "-", entry["token"]) for entry in entries if "token" in entry]
    return people, devices
