"""The processes we started: written down before they matter, stopped in reverse order, by pid.

The record on disk lets three others finish the job when the supervisor cannot: the watcher
(supervisor killed), the next start (machine trouble) and `services.py stop`.
"""

import contextlib
import dataclasses
import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from . import procfs
from .failure import Failure
from .interrupts import INTERRUPTS

# Signals in order, each with the seconds to wait for it to work.
STOP_NORMALLY = ((signal.SIGTERM, 10.0), (signal.SIGKILL, 3.0))
# Its files are deleted anyway: no final checkpoint.
STOP_THROWAWAY_POSTGRES = ((signal.SIGQUIT, 10.0), (signal.SIGKILL, 3.0))
STOP_POSTGRES = ((signal.SIGINT, 20.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 3.0))


@dataclasses.dataclass
class Record:
    """One process: pid and start time together name it for ever within one boot."""

    name: str
    pid: int
    ticks: int
    boot: str
    stop: list[tuple[int, float]]
    # What others stand on has a lower number and is stopped later.
    level: int = 2

    def alive(self) -> bool:
        return self.boot == procfs.boot_id() and procfs.start_ticks(self.pid) == self.ticks

    def end(self) -> None:
        """Stops the process and whatever is left in its group."""
        if self.boot != procfs.boot_id():
            return
        leader_gone = not self.alive()
        if not leader_gone:
            for signum, seconds in self.stop:
                self._signal(signum)
                if self._gone_within(seconds):
                    break
            leader_gone = not self.alive()
        # A reused pid cannot be a group of ours: the kernel does not reuse an id while a group has it.
        if leader_gone and procfs.start_ticks(self.pid) is None and procfs.group_members(self.pid):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)

    def _signal(self, signum: int) -> None:
        try:
            # A whole build (cargo and its compilers) hears it; PostgreSQL's workers have groups of their own.
            os.killpg(self.pid, signum)
        except ProcessLookupError:
            pass
        except PermissionError as error:
            # An installation that we run through sudo can only be stopped through sudo.
            by_root = ["sudo", "-n", "kill", f"-{int(signum)}", "--", f"-{self.pid}"]
            if not shutil.which("sudo") or subprocess.run(by_root, capture_output=True, check=False).returncode != 0:
                raise Failure(
                    f"{self.name} (pid {self.pid}) of an earlier run belongs to another user; stop it as that user"
                ) from error

    def _gone_within(self, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if not self.alive():
                return True
            time.sleep(0.03)
        return not self.alive()


class Registry:
    """All processes of one data folder."""

    def __init__(self, path: Path):
        self.path = path
        self.records: list[Record] = []
        self._children: dict[int, subprocess.Popen] = {}

    def load(self) -> list[Record]:
        """Takes over what an earlier run wrote down; a damaged file counts as empty."""
        try:
            rows = json.loads(self.path.read_text(encoding="utf-8"))
            self.records = [Record(**row) for row in rows]
        except (OSError, ValueError, TypeError):
            self.records = []
        return [record for record in self.records if record.alive()]

    def _save(self) -> None:
        rows = [dataclasses.asdict(record) for record in self.records]
        fresh = self.path.with_name(self.path.name + ".new")
        fresh.write_text(json.dumps(rows), encoding="utf-8")
        fresh.replace(self.path)

    def spawn(
        self, name: str, argv: list[str], stop=STOP_NORMALLY, level: int = 2, **options
    ) -> subprocess.Popen:
        """Starts a process in a session of its own, so that only we pass signals on to it."""
        options.setdefault("stdin", subprocess.DEVNULL)
        with INTERRUPTS.hold():
            try:
                child = subprocess.Popen(argv, start_new_session=True, **options)
            except FileNotFoundError as error:
                raise Failure(f"{argv[0]} was not found; it is needed for: {name}") from error
            ticks = procfs.start_ticks(child.pid)
            self._children[child.pid] = child
            if ticks is not None:
                self.records.append(Record(name, child.pid, ticks, procfs.boot_id(), list(stop), level))
                self._save()
        return child

    def forget(self, child: subprocess.Popen) -> None:
        """A process that has ended by itself; strays of its group are ended with it."""
        with INTERRUPTS.hold():
            for record in [record for record in self.records if record.pid == child.pid]:
                record.end()
                self.records.remove(record)
            self._children.pop(child.pid, None)
            self._save()

    def stop_all(self, *, save: bool = True) -> list[str]:
        """Highest level and last started first. Returns the names of those that were still running.

        One that cannot be stopped does not keep the others running; the failure comes at the end.
        """
        stopped = []
        failure = None
        # Stable: within a level they stay in the order of their start.
        self.records.sort(key=lambda record: record.level)
        while self.records:
            record = self.records[-1]
            if record.alive():
                stopped.append(record.name)
            try:
                record.end()
            except Failure as error:
                failure = error
            child = self._children.pop(record.pid, None)
            if child:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.wait(5)
            self.records.pop()
            if save:
                with contextlib.suppress(OSError):
                    self._save()
        if failure:
            raise failure
        return stopped
