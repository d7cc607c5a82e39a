"""cargo-deny: licences, bans and sources of every crate offline; known vulnerabilities when they can be fetched."""

import os
import shutil
import subprocess
from pathlib import Path

from .commands import run_logged, run_shown
from .console import CONSOLE, Step
from .processes import Registry
from .settings import ROOT, clean_environment

VERSION = "0.20.2"
FETCH_TIMEOUT_S = 90.0


def program(registry: Registry, target: Path, logs: Path) -> str:
    """On PATH, or built once into target/tools."""
    if shutil.which("cargo-deny"):
        return "cargo-deny"
    tools = target / "tools"
    own = tools / "bin/cargo-deny"
    if not own.exists():
        # Unoptimised: it runs for seconds, and building it optimised would take several minutes.
        environment = {
            **clean_environment(),
            "CARGO_TARGET_DIR": str(tools / "build"),
            "CARGO_PROFILE_DEV_DEBUG": "0",
        }
        command = ["cargo", "install", "--locked", "--profile", "dev", "--version", VERSION,
                   "--root", str(tools), "cargo-deny"]
        with Step("Building cargo-deny (once)") as step:
            run_logged(step, registry, command, logs / "cargo-deny.log", env=environment, cwd=Path("/"))
        shutil.rmtree(tools / "build", ignore_errors=True)
    return str(own)


def check(registry: Registry, deny: str) -> bool:
    """True when every rule of deny.toml holds."""
    environment = clean_environment()
    # The licences of every locked crate are read, also of those for other platforms.
    if run_shown(registry, ["cargo", "fetch", "--locked", "--quiet"], env=environment, cwd=ROOT) != 0:
        CONSOLE.say("  the crates of Cargo.lock could not be fetched")
        return False
    base = [deny, "--locked", "--offline", "--log-level", "error", "check", "--hide-inclusion-graph"]
    rules = run_shown(registry, [*base, "bans", "licenses", "sources"], env=environment, cwd=ROOT)
    if not _advisories_reachable(deny, environment):
        CONSOLE.say("  advisories: SKIPPED, the advisory database cannot be reached from here")
        return rules == 0
    return run_shown(registry, [*base, "advisories"], env=environment, cwd=ROOT) == 0 and rules == 0


def _advisories_reachable(deny: str, environment: dict[str, str]) -> bool:
    if os.environ.get("CHIYUAN_OFFLINE"):
        return False
    # No question about a user name may wait for an answer that nobody gives.
    quiet = {**environment, "GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "true"}
    try:
        fetched = subprocess.run(
            [deny, "--locked", "fetch", "db"], cwd=ROOT, env=quiet, timeout=FETCH_TIMEOUT_S,
            stdin=subprocess.DEVNULL, capture_output=True, check=False, start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        return False
    return fetched.returncode == 0
