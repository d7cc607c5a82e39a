"""The steps of `make check`: everything that is judged without running the product."""

import sys
from pathlib import Path

from . import build, deny, toolchain
from .commands import run_shown
from .processes import Registry
from .settings import ROOT, clean_environment
from .suite import Suite

FEATURES = ["--features", "chiyuan/mutants"]
CLIPPY = ["cargo", "clippy", "--locked", "--workspace", "--all-targets", *FEATURES, "--", "-D", "warnings"]


def add(suite: Suite, registry: Registry, target: Path, logs: Path) -> None:
    """Runs all of them as steps of the suite."""

    def shown(argv: list[str], folder: Path = ROOT) -> bool:
        return run_shown(registry, argv, env=clean_environment(), cwd=folder) == 0

    suite.step("toolchain", lambda: toolchain.require_lints(registry, logs))
    suite.step("tidy", lambda: shown([sys.executable, "scripts/tidy.py"]))
    suite.step("cargo fmt", lambda: shown(["cargo", "fmt", "--all", "--check"]))
    if build.scripts_of(build.WEB):
        suite.step("web packages", lambda: _install(registry, logs))
        suite.step("web check", lambda: shown(["npm", "run", "check"], build.WEB), needs=("web packages",))
        suite.step("web build", lambda: _build(registry, logs), needs=("web packages",))
    else:
        build.web(registry, logs)
    suite.step("cargo clippy", lambda: shown(CLIPPY))
    suite.step("cargo deny", lambda: deny.check(registry, deny.program(registry, target, logs)))


def _install(registry: Registry, logs: Path) -> bool:
    build.install(build.WEB, registry, logs)
    return True


def _build(registry: Registry, logs: Path) -> bool:
    build.web(registry, logs)
    return True
