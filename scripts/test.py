"""`make test`, `make bench`, `make nightly`: what needs real PostgreSQL, Redis and a browser."""

import sys

sys.dont_write_bytecode = True

from lib import build, checks, packages, services_session, session  # noqa: E402
from lib.commands import run_shown  # noqa: E402
from lib.settings import ROOT, clean_environment  # noqa: E402
from lib.suite import Suite  # noqa: E402

BROWSER = ROOT / "tests/browser"
SERVICES = [packages.COMPILER, packages.POSTGRES, packages.REDIS]
WORKSPACE = ["--locked", "--workspace", *checks.FEATURES]


def cargo(here: session.Session, *arguments: str, env: dict[str, str] | None = None) -> bool:
    environment = {**clean_environment(), **(env or {})}
    return run_shown(here.registry, ["cargo", *arguments], env=environment, cwd=ROOT) == 0


def test(here: session.Session) -> bool:
    suite = Suite("test")
    suite.step("packages", lambda: install([*SERVICES, packages.CHROMIUM, packages.FONTS], here))
    checks.add(suite, here.registry, here.target, here.logs)
    # The end-to-end tests run the program itself, which `cargo test` alone would not build.
    suite.step("build", lambda: cargo(here, "build", *WORKSPACE))
    if "api:check" in build.scripts_of(build.WEB):
        suite.step("generated client", lambda: client(here), needs=("build",))
    suite.step("build tests", lambda: cargo(here, "test", "--no-run", *WORKSPACE), needs=("build",))
    environment: dict[str, str] = {}
    suite.step("services", lambda: services_session.start(here, environment), needs=("packages",))
    ready = ("build", "services")
    suite.step(
        "cargo test", lambda: cargo(here, "test", "--no-fail-fast", *WORKSPACE, env=environment),
        needs=("build tests", *ready),
    )
    if (BROWSER / "package.json").exists():
        suite.step("browser packages", lambda: install_browser(here))
        suite.step("browser tests", lambda: browser(here, environment), needs=("browser packages", *ready))
    suite.summary()
    return suite.passed


def bench(here: session.Session) -> bool:
    suite = Suite("bench")
    suite.step("packages", lambda: install(SERVICES, here))
    suite.step("build", lambda: cargo(here, "build", "--release", "--locked", "-p", "chiyuan"))
    environment: dict[str, str] = {}
    suite.step("services", lambda: services_session.start(here, environment, profile="release"), needs=("packages",))
    suite.step(
        "cargo bench", lambda: cargo(here, "bench", "--locked", "--workspace", "--benches", env=environment),
        needs=("build", "services"),
    )
    suite.summary()
    return suite.passed


def nightly(here: session.Session) -> bool:
    """Everything, the tests marked `#[ignore]` for their length included, with many more property cases."""
    suite = Suite("nightly")
    suite.step("packages", lambda: install(SERVICES, here))
    suite.step("build", lambda: cargo(here, "build", "--release", *WORKSPACE))
    environment = {"PROPTEST_CASES": "100000"}
    suite.step("services", lambda: services_session.start(here, environment, profile="release"), needs=("packages",))
    long = ["--release", "--no-fail-fast", *WORKSPACE, "--", "--include-ignored"]
    suite.step("cargo test", lambda: cargo(here, "test", *long, env=environment), needs=("build", "services"))
    suite.summary()
    return suite.passed


def install(needs: list[packages.Need], here: session.Session) -> bool:
    packages.ensure(needs, here.registry, here.logs)
    return True


def install_browser(here: session.Session) -> bool:
    build.install(BROWSER, here.registry, here.logs)
    return True


def client(here: session.Session) -> bool:
    """The TypeScript client is what the program's own OpenAPI document gives."""
    env = {**clean_environment(), "CHIYUAN_BIN": str(here.target / "debug/chiyuan")}
    return run_shown(here.registry, ["npm", "run", "api:check"], env=env, cwd=build.WEB) == 0


def browser(here: session.Session, environment: dict[str, str]) -> bool:
    # Two journeys at a time draw their maps without a graphics card: what takes a second alone may take two.
    env = {"CHIYUAN_TEST_PATIENCE": "2", **clean_environment(), **environment}
    return run_shown(here.registry, ["npm", "test"], env=env, cwd=BROWSER) == 0


if __name__ == "__main__":
    KINDS = {"test": test, "bench": bench, "nightly": nightly}
    KIND = sys.argv[1] if len(sys.argv) > 1 else "test"
    sys.exit(session.run(KIND, KINDS[KIND]))
