"""Where the private PostgreSQL keeps its files: in the data folder, or linked from it when it must."""

import os
import secrets
import shutil
import subprocess
from pathlib import Path

from . import accounts
from .datafolder import DataFolder
from .failure import Failure

PROGRAMS = Path("/usr/lib/postgresql")
EXTENSIONS = Path("/usr/share/postgresql")
# For root only: a data folder under /root cannot be reached by the account that PostgreSQL runs as.
SHARED = Path("/var/lib/chiyuan")


def version_with_postgis() -> str | None:
    """The newest installed major version that also has PostGIS."""
    found = [
        folder.name
        for folder in PROGRAMS.glob("*")
        if (folder / "bin/postgres").exists()
        and (EXTENSIONS / folder.name / "extension/postgis.control").exists()
    ]
    return max(found, key=int, default=None)


def programs(cluster: Path) -> Path:
    """The bin folder that fits an existing cluster, else the newest."""
    version_file = cluster / "PG_VERSION"
    version = version_file.read_text().strip() if version_file.exists() else version_with_postgis()
    if version is None or not (PROGRAMS / version / "bin/postgres").exists():
        raise Failure(f"PostgreSQL {version or ''} is not installed, but {cluster} needs it")
    return PROGRAMS / version / "bin"


def locate(folder: DataFolder) -> Path:
    """The folder that holds the cluster (`pg`) and belongs to the account it runs as."""
    place = folder.path / "postgres"
    if place.is_symlink() and not place.exists():
        raise Failure(
            f"{place} points to {place.readlink()}, which is gone. Bring it back, "
            f"or remove {folder.path} to begin with an empty database"
        )
    if place.exists():
        return _reachable(place)
    identity = accounts.unprivileged("postgres")
    place.mkdir(mode=0o700)
    accounts.give(place, identity)
    if accounts.can_write(place, identity):
        return place
    place.rmdir()
    target = _new_shared(folder)
    accounts.give(target, identity)
    place.symlink_to(target)
    return target


def _reachable(place: Path) -> Path:
    """An existing cluster; one that was moved out of its account's reach is brought back into it."""
    identity = accounts.as_owner(place.resolve())
    real = place.resolve()
    if accounts.can_write(real, identity):
        return real
    if place.is_symlink() or os.geteuid() != 0:
        raise Failure(f"{real} is not writable for the account that owns it")
    target = _shared_name(place.parent)
    subprocess.run(["mv", str(place), str(target)], check=True)
    place.symlink_to(target)
    return target


def _shared_name(data: Path) -> Path:
    SHARED.mkdir(mode=0o755, parents=True, exist_ok=True)
    # The name says whose it is; the random part keeps a moved data folder apart from its successor.
    label = "-".join(part for part in data.parts[-2:] if part != "/").replace(" ", "_")
    return SHARED / f"{label}-{secrets.token_hex(4)}"


def _new_shared(folder: DataFolder) -> Path:
    target = _shared_name(folder.path)
    target.mkdir(mode=0o700)
    return target


def create(place: Path, password: str, log: Path, *, durable: bool) -> Path:
    """initdb, atomically: a cluster named `pg` is complete or absent."""
    cluster = place / "pg"
    if cluster.exists():
        return cluster
    fresh = place / "pg.new"
    shutil.rmtree(fresh, ignore_errors=True)
    identity = accounts.as_owner(place)
    password_file = place / "password.new"
    password_file.unlink(missing_ok=True)
    fd = os.open(password_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(fd, "w", encoding="ascii") as file:
        file.write(password + "\n")
    accounts.give(password_file, identity)
    try:
        with log.open("wb") as output:
            done = subprocess.run(
                [
                    str(programs(fresh) / "initdb"), "--pgdata", str(fresh), "--data-checksums",
                    "--encoding=UTF8", "--locale=C.UTF-8", "--username=postgres",
                    "--auth=scram-sha-256", f"--pwfile={password_file}",
                    *([] if durable else ["--no-sync"]),
                ],
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                cwd="/", check=False, **identity,
            )
    finally:
        password_file.unlink(missing_ok=True)
    if done.returncode != 0:
        raise Failure("initdb failed", log)
    fresh.rename(cluster)
    return cluster


def remove(folder: DataFolder) -> None:
    """Deletes the cluster of a throw-away data folder, wherever it lies."""
    place = folder.path / "postgres"
    if place.is_symlink():
        target = place.resolve()
        if target.parent == SHARED:
            shutil.rmtree(target, ignore_errors=True)
        place.unlink()
    else:
        shutil.rmtree(place, ignore_errors=True)
