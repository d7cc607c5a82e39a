"""System packages: what is missing is installed through apt-get; what is there is left alone."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from . import pg_cluster
from .commands import run_logged
from .console import CONSOLE, Step
from .failure import Failure
from .interrupts import INTERRUPTS
from .processes import Registry
from .settings import clean_environment

Need = tuple[str, Callable[[], bool], list[str]]

COMPILER: Need = ("a C compiler and linker", lambda: bool(shutil.which("cc")), ["gcc", "libc6-dev"])
POSTGRES: Need = (
    "PostgreSQL with PostGIS",
    lambda: pg_cluster.version_with_postgis() is not None,
    ["postgresql-15", "postgresql-15-postgis-3", "postgresql-15-postgis-3-scripts"],
)
REDIS: Need = ("Redis", lambda: bool(shutil.which("redis-server")), ["redis-server"])
CHROMIUM: Need = ("Chromium", lambda: bool(shutil.which("chromium")), ["chromium"])
FONTS: Need = (
    "Chinese fonts",
    lambda: any(Path("/usr/share/fonts").glob("**/NotoSansCJK*")),
    ["fonts-noto-cjk"],
)


def ensure(needs: list[Need], registry: Registry, logs: Path) -> None:
    """apt-get update runs only when something is missing."""
    missing = [need for need in needs if not need[1]()]
    if not missing:
        return
    packages = [package for need in missing for package in need[2]]
    names = ", ".join(need[0] for need in missing)
    CONSOLE.say(f"  missing: {names}")
    apt = [*_become_root(packages), "apt-get", "-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0"]
    install = [*apt, "install", "--yes", "--no-install-recommends"]
    if "--prompt=" in " ".join(apt):
        _install_on_terminal([*apt, "update"], [*install, *packages])
    else:
        _install_quietly([*apt, "update"], install, packages, registry, logs)
    still = [need[0] for need in needs if not need[1]()]
    if still:
        raise Failure(f"still missing after apt-get install: {', '.join(still)}", logs / "apt-install.log")


def _install_quietly(
    update: list[str], install: list[str], packages: list[str], registry: Registry, logs: Path
) -> None:
    where = {"env": clean_environment(), "cwd": Path("/")}
    with Step("Reading the package lists (apt-get update)") as step:
        run_logged(step, registry, update, logs / "apt-update.log", **where)
    with Step(f"Downloading {' '.join(packages)}") as step:
        run_logged(step, registry, [*install, "--download-only", *packages], logs / "apt-download.log", **where)
    # Cutting dpkg off half-way would leave the system to be repaired by hand: a stop waits for it.
    with Step("Installing them") as step, INTERRUPTS.hold():
        run_logged(step, registry, [*install, *packages], logs / "apt-install.log", stop=(), **where)


def _install_on_terminal(update: list[str], install: list[str]) -> None:
    """sudo asks on this terminal, so it has to run in our own session, with its output shown."""
    for command in (update, install):
        if subprocess.run(command, check=False).returncode != 0:
            raise Failure(f"this failed: {' '.join(command)}")


def _become_root(packages: list[str]) -> list[str]:
    """The words before apt-get. They also carry the settings that sudo would drop."""
    by_hand = f"run this as root and start again: apt-get install {' '.join(packages)}"
    if not shutil.which("apt-get"):
        raise Failure(f"this system has no apt-get; install by its own means: {' '.join(packages)}")
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8"]
    if os.geteuid() == 0:
        return quiet
    if not shutil.which("sudo"):
        raise Failure(f"packages are missing and there is no sudo; {by_hand}")
    if os.system("sudo -n true >/dev/null 2>&1") == 0:
        return ["sudo", "-n", *quiet]
    if not sys.stdin.isatty():
        raise Failure(f"packages are missing and sudo asks for a password; {by_hand}")
    return ["sudo", "--prompt=Password of %u for installing packages: ", *quiet]
