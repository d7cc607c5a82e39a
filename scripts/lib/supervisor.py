"""Keeps an instance going: brings PostgreSQL and Redis back, ends with the server."""

import subprocess
import time
from collections.abc import Callable

from .console import CONSOLE
from .failure import Failure
from .processes import Registry
from .server import Server, ending

POLL_S = 0.2
# A service that dies more often than this is not coming back; then it is better to say so and stop.
MAX_RESTARTS, WITHIN_S = 20, 600.0


class Supervised:
    """One service with the way to start it again."""

    def __init__(self, name: str, process: subprocess.Popen, again: Callable[[], subprocess.Popen]):
        self.name = name
        self.process = process
        self.again = again
        self._restarts: list[float] = []

    def revive(self, registry: Registry) -> None:
        now = time.monotonic()
        self._restarts = [*(at for at in self._restarts if now - at < WITHIN_S), now]
        if len(self._restarts) > MAX_RESTARTS:
            raise Failure(f"{self.name} ended {len(self._restarts)} times in {WITHIN_S:.0f} s")
        CONSOLE.say(f"  !! {self.name} ended ({ending(self.process)}); starting it again")
        registry.forget(self.process)
        self.process = self.again()


def watch(server: Server, serving: subprocess.Popen, feed: subprocess.Popen | None,
          services: list[Supervised], registry: Registry) -> None:
    """Returns only by an exception: `Stopped` by a signal, `Failure` when the server has ended."""
    while True:
        if serving.poll() is not None:
            raise Failure(f"the server ended ({ending(serving)})", server.log)
        for service in services:
            if service.process.poll() is not None:
                service.revive(registry)
        if feed and feed.poll() is not None:
            log = server.logs / "demo-feed.log"
            CONSOLE.say(f"  !! the demo feed ended ({ending(feed)}); ambulances stand still. See {log}")
            registry.forget(feed)
            feed = None
        time.sleep(POLL_S)
