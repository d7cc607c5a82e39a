"""Running a command inside a step: output into a log, its last line on the screen, its end awaited."""

import os
import select
import subprocess
import time
from pathlib import Path

from .console import Step, rotate
from .failure import Failure
from .processes import STOP_NORMALLY, Registry


def run_logged(
    step: Step, registry: Registry, argv: list[str], log: Path, *, env: dict[str, str], cwd: Path,
    stop=STOP_NORMALLY,
) -> None:
    """Runs to the end; a failure shows the tail of the log."""
    rotate(log)
    child = registry.spawn(
        step.name, argv, stop, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=env, cwd=cwd
    )
    with log.open("wb") as file:
        _copy(step, child, file)
    code = child.wait()
    registry.forget(child)
    if code != 0:
        raise Failure(f"{step.name} failed (exit {code}): {' '.join(argv)}", log)


def _copy(step: Step, child: subprocess.Popen, file) -> None:
    """Until the end of output; a daemon that inherited the pipe does not keep us waiting."""
    fd = child.stdout.fileno()
    while True:
        readable, _, _ = select.select([fd], [], [], 0.5)
        if readable:
            chunk = os.read(fd, 65_536)
            if not chunk:
                return
            file.write(chunk)
            file.flush()
            lines = chunk.decode("utf-8", "replace").replace("\r", "\n").split("\n")
            step.tick(next((line for line in reversed(lines) if line.strip()), None))
        elif child.poll() is not None:
            return
        else:
            step.tick()


def run_shown(registry: Registry, argv: list[str], *, env: dict[str, str], cwd: Path) -> int:
    """Runs with its output on ours; returns the exit code."""
    child = registry.spawn(argv[0], argv, env=env, cwd=cwd)
    while child.poll() is None:
        time.sleep(0.05)
    registry.forget(child)
    return child.returncode
