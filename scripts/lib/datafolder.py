"""The data folder: one owner at a time, small facts and secrets in files that only the owner can read."""

import fcntl
import json
import os
import secrets
from pathlib import Path

from .failure import Failure


class DataFolder:
    """Opened by exactly one supervisor; the kernel frees the lock however that supervisor ends."""

    def __init__(self, path: Path):
        self.path = path
        self.logs = path / "logs"
        self._lock: int | None = None
        self.state: dict[str, object] = {}

    def open(self, owner: str) -> "DataFolder":
        """Creates and locks the folder. `owner` is what a second comer is told about us."""
        try:
            # Root's PostgreSQL runs as another user, who must be able to pass through; never to look.
            self.path.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
            self.logs.mkdir(mode=0o700, exist_ok=True)
            self._lock = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise Failure(
                f"the data folder {self.path} cannot be used ({error.strerror}); "
                "set CHIYUAN_DATA to a folder of your own"
            ) from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(self._lock, 200, 0).decode("utf-8", "replace").strip()
            raise Failure(
                f"the data folder {self.path} is in use by another instance ({holder}); "
                "stop it, or set CHIYUAN_DATA and CHIYUAN_PORT to others"
            ) from error
        os.ftruncate(self._lock, 0)
        os.pwrite(self._lock, f"pid {os.getpid()}, {owner}".encode(), 0)
        self.state = self._load()
        return self

    def wait_lock(self) -> None:
        """For short-lived commands that come one after the other rather than exclude each other."""
        self.path.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
        self.logs.mkdir(mode=0o700, exist_ok=True)
        self._lock = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        self.state = self._load()

    def close(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _load(self) -> dict[str, object]:
        try:
            return json.loads((self.path / "state.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise Failure(f"{self.path / 'state.json'} cannot be read: {error}") from error

    def remember(self, **facts: object) -> None:
        """Stores facts durably; the file holds passwords, hence 0600."""
        self.state.update(facts)
        write_private(self.path / "state.json", json.dumps(self.state, indent=1) + "\n")

    def secret(self, name: str) -> str:
        """A random password, made on first use."""
        if name not in self.state:
            self.remember(**{name: secrets.token_hex(24)})
        return str(self.state[name])


def write_private(path: Path, text: str) -> None:
    """Replaces a file atomically; nobody else can read it at any moment."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    fd = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(fd, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
