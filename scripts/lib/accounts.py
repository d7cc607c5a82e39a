"""As whom the database runs: root's PostgreSQL must not be root, and must be able to reach its files."""

import os
import pwd
import subprocess
from pathlib import Path

from .failure import Failure


def unprivileged(*names: str) -> dict[str, object]:
    """Popen options that drop root for the first existing account; nothing for an ordinary user."""
    if os.geteuid() != 0:
        return {}
    for name in names:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise Failure(f"the account {names[0]!r} does not exist; it comes with the package")


def as_owner(path: Path) -> dict[str, object]:
    """Popen options that run as the owner of a folder made by an earlier start."""
    status = path.stat()
    if os.geteuid() != 0:
        if status.st_uid != os.geteuid():
            raise Failure(
                f"{path} belongs to another user; start as that user or as root, or set CHIYUAN_DATA"
            )
        return {}
    return {"user": status.st_uid, "group": status.st_gid, "extra_groups": []}


def can_write(path: Path, identity: dict[str, object]) -> bool:
    """Whether that identity can reach the folder through all its parents and write in it."""
    if not identity:
        return os.access(path, os.W_OK | os.X_OK)
    probe = subprocess.run(["/usr/bin/test", "-w", str(path), "-a", "-x", str(path)],
                           cwd="/", check=False, **identity)
    return probe.returncode == 0


def give(path: Path, identity: dict[str, object]) -> None:
    """Makes a file or an empty folder the property of that identity."""
    if identity:
        os.chown(path, int(identity["user"]), int(identity["group"]), follow_symlinks=False)
