"""`make check`: formatting, lints, house rules, dependency rules, types."""

import sys

sys.dont_write_bytecode = True

from lib import checks, packages, session  # noqa: E402
from lib.suite import Suite  # noqa: E402


def work(here: session.Session) -> bool:
    packages.ensure([packages.COMPILER], here.registry, here.logs)
    suite = Suite("check")
    checks.add(suite, here.registry, here.target, here.logs)
    suite.summary()
    return suite.passed


if __name__ == "__main__":
    sys.exit(session.run("check", work))
