"""Ctrl-C, SIGTERM and SIGHUP become one exception, raised once and never inside a critical section."""

import contextlib
import ctypes
import os
import signal
from collections.abc import Iterator

PR_SET_PDEATHSIG = 1


class Stopped(BaseException):
    """The user or the system asked us to stop."""

    def __init__(self, signum: int):
        super().__init__(signal.Signals(signum).name)
        self.signum = signum


class Interrupts:
    """Raises `Stopped` for the first signal; while stopping, further signals are ignored."""

    def __init__(self) -> None:
        self._held = 0
        self._pending: int | None = None
        self._stopping = False

    def install(self) -> None:
        for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(signum, self._handle)
        self._follow_make()

    def _follow_make(self) -> None:
        """A `make` that is killed outright cannot pass the signal on, so the kernel is asked to."""
        if "MAKELEVEL" not in os.environ:
            return
        parent = os.getppid()
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)

    def _handle(self, signum: int, _frame: object) -> None:
        if self._stopping:
            return
        if self._held:
            self._pending = signum
            return
        self._stopping = True
        raise Stopped(signum)

    @contextlib.contextmanager
    def hold(self) -> Iterator[None]:
        """A signal that arrives inside is raised when the block has ended."""
        self._held += 1
        try:
            yield
        finally:
            self._held -= 1
        if self._pending is not None and not self._held and not self._stopping:
            self._stopping = True
            raise Stopped(self._pending)

    def ignore(self) -> None:
        """From here on we are cleaning up; nothing may break into that."""
        self._stopping = True


INTERRUPTS = Interrupts()
