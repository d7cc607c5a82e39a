"""Has anything changed since the last build? Answered from the contents of the files, not their times."""

import hashlib
import os
from pathlib import Path

IGNORED = {"node_modules", "dist", "target", ".git", "coverage", "test-results"}


def fingerprint(*places: Path) -> str:
    """One hash over the names and contents of all files below the given places."""
    digest = hashlib.sha256()
    for place in places:
        for path in sorted(_files(place)):
            digest.update(os.fsencode(path) + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files(place: Path):
    if place.is_file():
        yield place
        return
    for folder, names, files in os.walk(place):
        names[:] = [name for name in names if name not in IGNORED and not name.startswith(".")]
        for name in files:
            path = Path(folder, name)
            if path.is_file() and not name.startswith(".stamp"):
                yield path


def is_current(stamp: Path, value: str) -> bool:
    try:
        return stamp.read_text(encoding="ascii") == value
    except OSError:
        return False


def write(stamp: Path, value: str) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value, encoding="ascii")
