"""Where things are and what the environment asks for; read once, checked at once."""

import dataclasses
import json
import os
import subprocess
from pathlib import Path

from .failure import Failure

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclasses.dataclass(frozen=True)
class Settings:
    """The environment of `make run`; every field is documented in README.md."""

    port: int
    data: Path
    bind: str
    tls: bool
    database_url: str | None
    redis_url: str | None
    # A backup that the instance begins with.
    restore: Path | None

    @property
    def url(self) -> str:
        host = "127.0.0.1" if self.bind in ("0.0.0.0", "::", "") else self.bind
        host = f"[{host}]" if ":" in host else host
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}"


def read() -> Settings:
    port = os.environ.get("CHIYUAN_PORT") or "8080"
    if not port.isdigit() or not 1 <= int(port) <= 65_535:
        raise Failure(f"CHIYUAN_PORT must be a port number from 1 to 65535, not {port!r}")
    return Settings(
        port=int(port),
        data=(ROOT / Path(os.environ.get("CHIYUAN_DATA") or ".data").expanduser()).absolute(),
        bind=os.environ.get("CHIYUAN_BIND") or "127.0.0.1",
        tls=bool(os.environ.get("CHIYUAN_TLS_CERT")),
        database_url=os.environ.get("DATABASE_URL") or None,
        redis_url=os.environ.get("REDIS_URL") or None,
        restore=_path(os.environ.get("CHIYUAN_RESTORE")),
    )


def _path(text: str | None) -> Path | None:
    return Path(text).expanduser().absolute() if text else None


def clean_environment() -> dict[str, str]:
    """Our environment without make's own variables, which would reach into cargo and npm."""
    hidden = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "MAKE_TERMOUT", "MAKE_TERMERR")
    return {key: value for key, value in os.environ.items() if key not in hidden}


def target_directory() -> Path:
    """Cargo's output folder, wherever the user's configuration puts it."""
    answer = subprocess.run(
        ["cargo", "metadata", "--no-deps", "--format-version", "1"],
        cwd=ROOT,
        env=clean_environment(),
        capture_output=True,
        check=False,
    )
    if answer.returncode != 0:
        raise Failure(f"cargo metadata failed: {answer.stderr.decode('utf-8', 'replace').strip()}")
    return Path(json.loads(answer.stdout)["target_directory"])
