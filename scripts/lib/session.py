"""The frame of a run that ends by itself: a scratch folder, a watcher, and nothing left behind."""

import dataclasses
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from services import stop_services

from . import procfs, settings, toolchain, watcher
from .console import CONSOLE
from .failure import Failure
from .interrupts import INTERRUPTS, Stopped
from .processes import Registry


@dataclasses.dataclass
class Session:
    """What the steps of a run share. `scratch` is deleted at the end; `logs` stay."""

    target: Path
    scratch: Path
    logs: Path
    registry: Registry
    at_end: list[Callable[[], None]] = dataclasses.field(default_factory=list)


def run(name: str, work: Callable[[Session], bool]) -> int:
    """Exit code 0 only when the work says that all is well."""
    here = guard = None
    passed = False
    code = 1
    try:
        INTERRUPTS.install()
        toolchain.require()
        target = settings.target_directory()
        scratch = target / "chiyuan" / f"{name}-{os.getpid()}"
        logs = target / "chiyuan" / "logs"
        _sweep(scratch.parent)
        for folder in (scratch, logs):
            folder.mkdir(parents=True, exist_ok=True)
        here = Session(target, scratch, logs, Registry(scratch / "processes.json"))
        guard = watcher.start(here.registry.path)
        passed = work(here)
    except Failure as failure:
        CONSOLE.failure(failure)
    except Stopped as stopped:
        code = 128 + stopped.signum
        CONSOLE.say(f"\nstopped by {stopped}")
    finally:
        INTERRUPTS.ignore()
        if here:
            passed = _clean_up(here) and passed
        if guard:
            watcher.release(guard)
    return 0 if passed else code


def _sweep(parent: Path) -> None:
    """Deletes what killed runs left; their processes are gone already."""
    for folder in parent.glob("*-*"):
        pid = folder.name.rpartition("-")[2]
        if pid.isdigit() and not procfs.command_line(int(pid)):
            stop_services(folder / "services")
            shutil.rmtree(folder, ignore_errors=True)


def _clean_up(here: Session) -> bool:
    try:
        here.registry.stop_all()
        for action in here.at_end:
            action()
    except Failure as failure:
        CONSOLE.failure(failure)
        return False
    shutil.rmtree(here.scratch, ignore_errors=True)
    return True
