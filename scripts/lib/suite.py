"""A list of named steps run in order, each timed; all results at the end, and one verdict."""

import time
from collections.abc import Callable

from .console import CONSOLE
from .failure import Failure


class Suite:
    """A failed step does not stop the next one unless it says that it depends on it."""

    def __init__(self, title: str):
        self.title = title
        self.results: list[tuple[str, str, float]] = []

    @property
    def passed(self) -> bool:
        return all(result in ("ok", "skipped") for _, result, _ in self.results)

    def failed(self, name: str) -> bool:
        return any(done == name and result != "ok" for done, result, _ in self.results)

    def step(self, name: str, work: Callable[[], bool], needs: tuple[str, ...] = ()) -> None:
        """`work` returns False or raises `Failure` when the step has failed."""
        if any(self.failed(need) for need in needs):
            self.results.append((name, "not run", 0.0))
            return
        CONSOLE.say(f"\n== {self.title}: {name}")
        began = time.monotonic()
        try:
            result = "ok" if work() else "FAILED"
        except Failure as failure:
            CONSOLE.failure(failure)
            result = "FAILED"
        seconds = time.monotonic() - began
        self.results.append((name, result, seconds))
        CONSOLE.say(f"== {self.title}: {name}: {result} ({seconds:.1f} s)")

    def summary(self) -> None:
        CONSOLE.say(f"\n{self.title}:")
        rows = [(name, result, f"{seconds:.1f} s") for name, result, seconds in self.results]
        CONSOLE.table(("step", "result", "time"), rows)
        CONSOLE.say(f"{self.title}: {'passed' if self.passed else 'FAILED'}")
