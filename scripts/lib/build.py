"""Builds the web and the server; what has not changed is not built again."""

import contextlib
import fcntl
import json
from collections.abc import Iterator
from pathlib import Path

from . import stamps
from .commands import run_logged
from .console import Step
from .failure import Failure
from .processes import Registry
from .settings import ROOT, clean_environment

WEB = ROOT / "web"


@contextlib.contextmanager
def _alone(folder: Path, step: Step) -> Iterator[None]:
    """Two instances may start side by side from one source tree; npm and vite may not."""
    with (folder / "package-lock.json").open("rb") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                step.wait(0.3, "waiting for another build")
        yield


def install(folder: Path, registry: Registry, logs: Path) -> None:
    """`npm ci`, unless node_modules already holds what the lock file names."""
    if not (folder / "package-lock.json").exists():
        raise Failure(f"{folder / 'package-lock.json'} is missing; it belongs to the source")
    stamp = folder / "node_modules/.stamp-install"
    value = stamps.fingerprint(folder / "package.json", folder / "package-lock.json")
    if stamps.is_current(stamp, value):
        return
    name = folder.relative_to(ROOT)
    with Step(f"Installing the packages of {name} (npm ci)") as step, _alone(folder, step):
        if stamps.is_current(stamp, value):
            return
        command = ["npm", "ci", "--no-audit", "--no-fund"]
        log = logs / f"npm-{str(name).replace('/', '-')}.log"
        run_logged(step, registry, command, log, env=clean_environment(), cwd=folder)
        stamps.write(stamp, value)


def web(registry: Registry, logs: Path) -> None:
    """web/dist, which the server embeds."""
    dist = WEB / "dist"
    dist.mkdir(parents=True, exist_ok=True)
    if not (WEB / "package.json").exists():
        return
    value = stamps.fingerprint(WEB)
    if stamps.is_current(WEB / "node_modules/.stamp-build", value) and (dist / "index.html").exists():
        return
    install(WEB, registry, logs)
    with Step("Building the web") as step, _alone(WEB, step):
        stamp = WEB / "node_modules/.stamp-build"
        # Taken after the installation and under the lock: another instance may have been quicker.
        value = stamps.fingerprint(WEB)
        if not stamps.is_current(stamp, value):
            command = ["npm", "run", "build"]
            run_logged(step, registry, command, logs / "build-web.log", env=clean_environment(), cwd=WEB)
            stamps.write(stamp, value)


def server(registry: Registry, logs: Path, target: Path, *, release: bool) -> Path:
    """The program; cargo itself knows what has changed."""
    profile = "release" if release else "debug"
    command = ["cargo", "build", "--locked", "-p", "chiyuan", *(["--release"] if release else [])]
    with Step(f"Building the server ({profile})") as step:
        run_logged(step, registry, command, logs / "build-server.log", env=clean_environment(), cwd=ROOT)
    return target / profile / "chiyuan"


def scripts_of(folder: Path) -> dict[str, str]:
    """The npm scripts of a package; empty when there is no package."""
    try:
        return json.loads((folder / "package.json").read_text(encoding="utf-8")).get("scripts", {})
    except FileNotFoundError:
        return {}
