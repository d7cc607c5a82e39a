"""House rules that no compiler checks: sizes of files and functions, purity of the core, words that must not appear."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

FILE_SMELL, FILE_FAULT = 400, 800
FUNCTION_FAULT = 120
SOURCE = {".rs", ".ts", ".tsx", ".py"}
SKIPPED = {"node_modules", "dist", "target", ".git", ".data"}

# The rules must stay a function of their arguments: nothing that does I/O may come near them.
CORE_FORBIDDEN = re.compile(r"^(tokio|diesel|redis|actix|reqwest|postgis|deadpool)")

RUST_FORBIDDEN = {
    re.compile(r"\bunbounded_channel\b|\bmpsc::unbounded\b"): "a queue without a bound; give it a named limit",
    re.compile(r"sql_query\(\s*&?format!"): "SQL from a format string; use binds",
    re.compile(r"#!?\[allow\("): "use #[expect(lint, reason = \"...\")] instead of #[allow]",
}

REGISTRIES = ("npm" "js.org", "yarn" "pkg.com", "npm" "mirror.com", "index.crates" ".io", "static.crates" ".io",
              "py" "pi.org", "python" "hosted.org", "proxy.golang" ".org")
TEXT_FORBIDDEN = {
    re.compile("|".join(re.escape(host) for host in REGISTRIES)): "the host name of a package registry",
    re.compile(r"(?<![\w.~/-])/(?:work|home/\w+|Users/\w+)/"): "a path of somebody's own machine",
}


def tracked() -> Iterator[Path]:
    """Files under version control, and new ones not ignored; all files where there is no git."""
    listing = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True, check=False,
    ) if (ROOT / ".git").exists() else None
    if listing and listing.returncode == 0:
        for name in listing.stdout.decode("utf-8").split("\0"):
            if name and (ROOT / name).is_file():
                yield ROOT / name
        return
    for path in ROOT.rglob("*"):
        if path.is_file() and not SKIPPED & set(path.relative_to(ROOT).parts):
            yield path


def long_functions(lines: list[str]) -> Iterator[tuple[int, int, str]]:
    """(line, length, name) of Rust functions that are too long; relies on rustfmt's indentation."""
    opened = re.compile(r"^(\s*)(?:pub(?:\([^)]*\))? )?(?:const |async |extern \"C\" )*fn (\w+)")
    for number, line in enumerate(lines):
        if line.startswith("#[cfg(test)]"):
            return
        if not (found := opened.match(line)):
            continue
        closing = found[1] + "}"
        end = next((i for i in range(number, len(lines)) if lines[i].rstrip() == closing), number)
        if end - number + 1 > FUNCTION_FAULT:
            yield number + 1, end - number + 1, found[2]


def judge_source(path: Path, text: str, faults: list[str], smells: list[str]) -> None:
    name = path.relative_to(ROOT)
    lines = text.splitlines()
    if any("@generated" in line for line in lines[:5]):
        return
    if len(lines) > FILE_FAULT:
        faults.append(f"{name}: {len(lines)} lines, more than {FILE_FAULT}; split it")
    elif len(lines) > FILE_SMELL:
        smells.append(f"{name}: {len(lines)} lines, more than {FILE_SMELL}")
    if path.suffix != ".rs":
        return
    for number, line in enumerate(lines, 1):
        if line.lstrip().startswith("//"):
            continue
        faults.extend(f"{name}:{number}: {why}" for pattern, why in RUST_FORBIDDEN.items() if pattern.search(line))
    if "tests" not in name.parts:
        for number, length, function in long_functions(lines):
            faults.append(f"{name}:{number}: function {function} has {length} lines, more than {FUNCTION_FAULT}")


def judge_core(faults: list[str]) -> None:
    for manifest in ("server/core/Cargo.toml", "geo/Cargo.toml"):
        if not (ROOT / manifest).exists():
            continue
        tables = tomllib.loads((ROOT / manifest).read_text(encoding="utf-8"))
        for name in tables.get("dependencies", {}):
            if CORE_FORBIDDEN.match(name):
                faults.append(f"{manifest}: {name} does I/O and has no place in a pure crate")


def main() -> int:
    faults: list[str] = []
    smells: list[str] = []
    judge_core(faults)
    count = 0
    for path in sorted(tracked()):
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        count += 1
        for number, line in enumerate(text.splitlines(), 1):
            faults.extend(
                f"{path.relative_to(ROOT)}:{number}: {why}"
                for pattern, why in TEXT_FORBIDDEN.items() if pattern.search(line)
            )
        if path.suffix in SOURCE:
            judge_source(path, text, faults, smells)
    for smell in smells:
        print(f"warning: {smell}")
    for fault in faults:
        print(f"error: {fault}")
    print(f"tidy: {count} files, {len(faults)} faults, {len(smells)} warnings")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
