"""What has to be there before us: cargo, node and npm; found where their installers put them."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from .commands import run_logged
from .console import Step
from .failure import Failure
from .processes import Registry
from .settings import ROOT, clean_environment

NODE_AT_LEAST = (20, 19)


def require() -> None:
    """A clear word instead of a failure in the middle of a build."""
    if not shutil.which("cargo"):
        # rustup puts it here and changes only the profile of login shells.
        home = Path(os.environ.get("CARGO_HOME") or Path.home() / ".cargo") / "bin"
        if (home / "cargo").exists():
            os.environ["PATH"] = f"{home}{os.pathsep}{os.environ.get('PATH', '')}"
    for program, origin in (("cargo", "Rust 1.95 or newer"), ("node", "Node.js 20.19 or newer"), ("npm", "npm")):
        if not shutil.which(program):
            raise Failure(f"{program} was not found on PATH; install {origin} first")
    answer = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)\.(\d+)", answer)
    if found and (int(found[1]), int(found[2])) < NODE_AT_LEAST:
        raise Failure(f"Node.js {answer.strip()} is too old; 20.19 or newer is needed")


def require_lints(registry: Registry, logs: Path) -> bool:
    """rustfmt and clippy, which the smallest installation of Rust lacks."""
    missing = [
        component
        for component, command in (("rustfmt", "fmt"), ("clippy", "clippy"))
        if subprocess.run(["cargo", command, "--version"], capture_output=True, check=False, cwd=ROOT).returncode != 0
    ]
    if missing and not shutil.which("rustup"):
        raise Failure(f"missing from this Rust installation: {', '.join(missing)}")
    if missing:
        with Step(f"Adding {' and '.join(missing)}") as step:
            command = ["rustup", "component", "add", *missing]
            run_logged(step, registry, command, logs / "rustup.log", env=clean_environment(), cwd=ROOT)
    return True
