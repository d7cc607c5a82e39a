"""A private PostgreSQL: started, waited for, given its database and role, restarted after a crash."""

import contextlib
import dataclasses
import os
import signal
import subprocess
import time
from pathlib import Path

from . import accounts, pg_cluster, pg_config, pg_setup, ports, procfs
from .console import Step, rotate
from .datafolder import DataFolder
from .failure import Failure, tail
from .processes import STOP_POSTGRES, STOP_THROWAWAY_POSTGRES, Registry

START_ATTEMPTS = 12
# Recovery after a crash replays the log; it is allowed to take its time as long as the process lives.
READY_TIMEOUT_S = 600.0


@dataclasses.dataclass
class Postgres:
    """A running instance."""

    process: subprocess.Popen
    programs: Path
    cluster: Path
    port: int
    url: str
    admin_url: str


def start(
    folder: DataFolder, registry: Registry, step: Step, profile: str = "run", port: int | None = None
) -> Postgres:
    """Creates the cluster on first use. Ready for connections when this returns.

    With `port`, there and nowhere else: after a crash, where the clients look for it.
    """
    place = pg_cluster.locate(folder)
    admin_password = folder.secret("postgres_admin_password")
    step.tick("creating the database cluster")
    cluster = pg_cluster.create(place, admin_password, folder.logs / "initdb.log", durable=profile != "test")
    _end_orphan(cluster)
    log = rotate(folder.logs / "postgres.log")
    fixed = port
    for attempt in range(START_ATTEMPTS):
        remembered = folder.state.get("postgres_port")
        preferred = remembered if attempt == 0 and isinstance(remembered, int) else None
        port = fixed or ports.free_port(preferred)
        process = _launch(registry, cluster, port, profile, log)
        if _wait_ready(process, cluster, step):
            break
        registry.forget(process)
        if not _worth_another_try(log):
            raise Failure("PostgreSQL did not start", log)
        time.sleep(0.5)
    else:
        raise Failure("PostgreSQL did not start", log)
    if remembered != port:
        folder.remember(postgres_port=port)
    postgres = Postgres(
        process=process, programs=pg_cluster.programs(cluster), cluster=cluster, port=port,
        url=_url("chiyuan", folder.secret("postgres_password"), port, "chiyuan"),
        admin_url=_url("postgres", admin_password, port, "postgres"),
    )
    pg_setup.ensure(folder, postgres.programs, port, profile, step)
    return postgres


def _url(user: str, password: str, port: int, database: str) -> str:
    return f"postgres://{user}:{password}@127.0.0.1:{port}/{database}"


def _launch(registry: Registry, cluster: Path, port: int, profile: str, log: Path) -> subprocess.Popen:
    identity = accounts.as_owner(cluster)
    for name, text in (("postgresql.conf", pg_config.text(port, profile)), ("pg_hba.conf", pg_config.HBA)):
        path = cluster / name
        path.write_text(text, encoding="utf-8")
        accounts.give(path, identity)
    with log.open("ab") as output:
        return registry.spawn(
            "PostgreSQL",
            [str(pg_cluster.programs(cluster) / "postgres"), "-D", str(cluster)],
            stop=STOP_THROWAWAY_POSTGRES if profile == "test" else STOP_POSTGRES,
            stdout=output, stderr=subprocess.STDOUT, cwd="/", level=0, **identity,
        )


def _wait_ready(process: subprocess.Popen, cluster: Path, step: Step) -> bool:
    """False when the process ended instead."""
    deadline = time.monotonic() + READY_TIMEOUT_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            return False
        with contextlib.suppress(OSError, IndexError, ValueError):
            lines = (cluster / "postmaster.pid").read_text(encoding="utf-8").splitlines()
            if int(lines[0]) == process.pid and lines[7].strip() == "ready":
                return True
        step.tick("waiting for PostgreSQL")
        time.sleep(0.03)
    return False


def _worth_another_try(log: Path) -> bool:
    """A port taken meanwhile, or the last workers of a killed instance still ending."""
    text = "\n".join(tail(log, 12))
    return any(
        reason in text
        for reason in ("Address already in use", "could not bind", "pre-existing shared memory", "lock file")
    )


def _end_orphan(cluster: Path) -> None:
    """An instance on our files that is in no record, or a pid file that names another program by now."""
    pid_file = cluster / "postmaster.pid"
    try:
        pid = int(pid_file.read_text(encoding="utf-8").splitlines()[0])
    except (OSError, IndexError, ValueError):
        return
    if str(cluster) not in procfs.command_line(pid):
        # PostgreSQL would take any living process with this number for a running instance.
        if procfs.start_ticks(pid) is not None:
            pid_file.unlink(missing_ok=True)
        return
    for signum, seconds in STOP_POSTGRES:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signum)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if procfs.start_ticks(pid) is None:
                return
            time.sleep(0.05)
    raise Failure(f"an earlier PostgreSQL (pid {pid}) on {cluster} does not end; {signal.SIGKILL.name} was sent")
