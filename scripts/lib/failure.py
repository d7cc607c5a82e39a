"""The one error that is shown to the user as plain words instead of a traceback."""

from pathlib import Path


class Failure(Exception):
    """Something the user can act on. `log` names a file whose last lines are shown with it."""

    def __init__(self, message: str, log: Path | None = None):
        super().__init__(message)
        self.message = message
        self.log = log


def tail(path: Path, lines: int = 30) -> list[str]:
    """The last lines of a log; reads at most 64 KiB, so a large log costs nothing."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - 65_536))
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return []
    return text.splitlines()[-lines:]
