"""What the user sees: steps with elapsed time and the last line of their output, and plain tables."""

import os
import shutil
import sys
import time
from pathlib import Path

from .failure import Failure, tail

HEARTBEAT_S = 15.0


class Console:
    """One line that is rewritten on a terminal; a line now and then where there is none."""

    def __init__(self) -> None:
        self.tty = sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"
        self._open_line = False

    def say(self, text: str = "") -> None:
        self._write(self._clear() + text + "\n")

    def line(self, text: str) -> None:
        """Replaces the current line; only on a terminal."""
        width = shutil.get_terminal_size((80, 24)).columns - 1
        self._write(self._clear() + text[:width])
        self._open_line = True

    def _clear(self) -> str:
        opened, self._open_line = self._open_line, False
        return "\r\x1b[2K" if opened else ""

    def _write(self, text: str) -> None:
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except (OSError, ValueError):
            # Whoever read our output is gone (`make run | head`). Stopping cleanly matters more.
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115

    def table(self, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
        widths = [max(len(row[i]) for row in [header, *rows]) for i in range(len(header))]
        for row in [header, tuple("-" * width for width in widths), *rows]:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.say("  " + "  ".join(cells).rstrip())

    def failure(self, failure: Failure) -> None:
        self.say(f"\nerror: {failure.message}")
        if failure.log and (lines := tail(failure.log)):
            self.say(f"last lines of {failure.log}:")
            for line in lines:
                self.say("  | " + line)


CONSOLE = Console()


class Step:
    """A named piece of work. Says that it began, that it is alive, and how long it took."""

    def __init__(self, name: str):
        self.name = name
        self.began = time.monotonic()
        self._next_heartbeat = self.began + HEARTBEAT_S
        self._detail = ""

    def __enter__(self) -> "Step":
        self.tick()
        return self

    def tick(self, detail: str | None = None) -> None:
        """Call at least once a second while working; `detail` is the last line of output."""
        if detail:
            self._detail = detail.strip()
        text = f"  .. {self.name}  {self.elapsed:.0f} s  {self._detail}".rstrip()
        if CONSOLE.tty:
            CONSOLE.line(text)
        elif time.monotonic() >= self._next_heartbeat:
            self._next_heartbeat = time.monotonic() + HEARTBEAT_S
            CONSOLE.say(text[:160])

    def wait(self, seconds: float, detail: str | None = None) -> None:
        """Sleeps as part of the step."""
        self.tick(detail)
        time.sleep(seconds)

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self.began

    def __exit__(self, kind, _error, _trace) -> None:
        mark = "ok" if kind is None else "--"
        CONSOLE.say(f"  {mark} {self.name}  {self.elapsed:.1f} s")


def rotate(log: Path) -> Path:
    """Keeps one older log beside the new one, so that logs never grow from start to start."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists():
        log.replace(log.with_name(log.name + ".1"))
    return log
