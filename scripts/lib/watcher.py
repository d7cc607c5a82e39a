"""Waits for the end of the supervisor (end of file on stdin) and stops what it left running.

Started by `start`; a process of its own, so that even `kill -9` of the supervisor leaves nothing behind.
"""

import contextlib
import subprocess
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from lib.processes import Registry  # noqa: E402  (the path is set above)


def start(registry_path: Path) -> subprocess.Popen:
    """The watcher of one supervisor; closing its stdin lets it go."""
    return subprocess.Popen(
        [sys.executable, str(Path(__file__).resolve()), str(registry_path.resolve())],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd="/",
    )


def release(watcher: subprocess.Popen) -> None:
    """Everything is stopped; the watcher has nothing left to do."""
    if watcher.stdin:
        with contextlib.suppress(OSError):
            watcher.stdin.close()
    with contextlib.suppress(subprocess.TimeoutExpired):
        watcher.wait(30)


def main() -> None:
    while sys.stdin.buffer.read(4096):
        pass
    registry = Registry(Path(sys.argv[1]))
    registry.load()
    # The record on disk may be the next run's by the time we are done.
    registry.stop_all(save=False)


if __name__ == "__main__":
    main()
