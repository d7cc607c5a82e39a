"""Throw-away PostgreSQL and Redis for tests: `services.py start --data DIR`, `services.py stop --data DIR`.

`start` prints one line of JSON (progress goes nowhere) and leaves the services running; a second `start` on the
same folder prints the same line. `stop` ends them and deletes the folder.
With `--owner PID` they also stop by themselves when that process ends.
"""

import argparse
import json
import os
import select
import shutil
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True

from lib import pg_cluster, postgres, redis  # noqa: E402
from lib.console import Step  # noqa: E402
from lib.datafolder import DataFolder, write_private  # noqa: E402
from lib.failure import Failure, tail  # noqa: E402
from lib.processes import Registry  # noqa: E402


class Silent(Step):
    """Standard output belongs to the JSON line."""

    def __enter__(self) -> "Silent":
        return self

    def tick(self, detail: str | None = None) -> None:
        pass

    def __exit__(self, *_reason) -> None:
        pass


def start_services(data: Path, *, with_redis: bool, profile: str, registry: Registry | None = None) -> dict[str, object]:
    """Starts what is not running yet and describes it, as `start` prints it."""
    folder = DataFolder(data)
    folder.wait_lock()
    described = data / "services.json"
    try:
        registry = registry or Registry(data / "processes.json")
        alive = {record.name for record in registry.load()}
        wanted = {"PostgreSQL", "Redis"} if with_redis else {"PostgreSQL"}
        if wanted <= alive and described.exists():
            return json.loads(described.read_text(encoding="utf-8"))
        registry.stop_all()
        with Silent("services") as step:
            try:
                database = postgres.start(folder, registry, step, profile)
                cache = redis.start(folder, registry, step) if with_redis else None
            except BaseException:
                registry.stop_all()
                raise
        answer = _describe(data, database, cache)
        write_private(described, json.dumps(answer) + "\n")
        return answer
    finally:
        folder.close()


def _describe(data: Path, database: postgres.Postgres, cache: redis.Redis | None) -> dict[str, object]:
    return {
        "database_url": database.url,
        "admin_url": database.admin_url,
        "redis_url": cache.url if cache else None,
        "postgres_pid": database.process.pid,
        "postgres_port": database.port,
        "postgres_data": str(database.cluster),
        "redis_pid": cache.process.pid if cache else None,
        "redis_port": cache.port if cache else None,
        "pg_ctl": str(database.programs / "pg_ctl"),
        "psql": str(database.programs / "psql"),
        "data": str(data),
    }


def stop_services(data: Path) -> None:
    """Ends the services and deletes their folder; a folder that is not there is fine."""
    if not (data / "state.json").exists() and not (data / "processes.json").exists():
        return
    folder = DataFolder(data)
    folder.wait_lock()
    registry = Registry(data / "processes.json")
    registry.load()
    registry.stop_all()
    pg_cluster.remove(folder)
    shutil.rmtree(data, ignore_errors=True)
    folder.close()


def follow(owner: int, service: int, data: Path) -> None:
    """Leaves a process behind that stops the services when the owner ends."""
    subprocess.Popen(
        [
            sys.executable, str(Path(__file__).resolve()), "follow",
            "--owner", str(owner), "--service", str(service), "--data", str(data),
        ],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True, cwd="/",
    )


def _owner_ended_first(owner: int, service: int) -> bool:
    """False when the services were stopped by someone else: the folder may be in use anew by then."""
    try:
        service_handle = os.pidfd_open(service)
    except ProcessLookupError:
        return False
    try:
        owner_handle = os.pidfd_open(owner)
    except ProcessLookupError:
        return True
    ended, _, _ = select.select([owner_handle, service_handle], [], [])
    return service_handle not in ended


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("action", choices=("start", "stop", "follow"))
    parser.add_argument("--data", required=True, type=Path, help="a folder for these services alone")
    parser.add_argument("--no-redis", action="store_true")
    parser.add_argument("--profile", choices=("run", "test"), default="test")
    parser.add_argument("--owner", type=int, help="stop when the process with this id ends")
    parser.add_argument("--service", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    data = chosen.data.absolute()
    try:
        if chosen.action == "follow":
            if not _owner_ended_first(chosen.owner, chosen.service):
                return 0
        if chosen.action != "start":
            stop_services(data)
            return 0
        answer = start_services(data, with_redis=not chosen.no_redis, profile=chosen.profile)
        if chosen.owner:
            follow(chosen.owner, int(str(answer["postgres_pid"])), data)
        print(json.dumps(answer), flush=True)
        return 0
    except Failure as failure:
        print(f"error: {failure.message}", *(tail(failure.log) if failure.log else []), sep="\n", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
