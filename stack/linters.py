"""The linters, one line each; a failing one shows all it says."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from .output import say, step
from .places import CONFIGSET, PACKAGE, ROOT, VENV

BIN = VENV / "bin"
LINTERS: dict[str, Sequence[str]] = {
    "style": ("ruff", "check", "--quiet", ".", "orden"),
    "format": ("ruff", "format", "--check", "--quiet", ".", "orden"),
    "types": ("basedpyright", "--warnings"),
    "layers": ("lint-imports", "--no-cache"),
}


def run_all() -> list[str]:
    """Run every linter, also after one failed; return the names of those that did."""
    link_package()
    failed = [name for name, command in LINTERS.items() if not _passes(name, [str(BIN / command[0]), *command[1:]])]
    if failed:
        say(f"  lint failed: {', '.join(failed)}")
    return failed


def _passes(name: str, command: Sequence[str]) -> bool:
    with step("lint", name) as line:
        env = {**os.environ, "PATH": f"{BIN}:{os.environ.get('PATH', '')}", "PYTHONUTF8": "1"}
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
        line.note = f"{name} {'fails' if done.returncode else 'is clean'}"
    if done.returncode:
        say(done.stdout + done.stderr)
    return done.returncode == 0


def link_package() -> None:
    """`.types/ckanext/orden` shows the package to the type checker under its own name, which its folder has not."""
    package = ROOT / ".types" / "ckanext" / "orden"
    package.mkdir(parents=True, exist_ok=True)
    wanted = {entry.name: entry for entry in PACKAGE.iterdir() if entry.name != "__pycache__"} | {"solr": CONFIGSET}
    for link in package.iterdir():
        if link.name not in wanted:
            link.unlink()
    for name, target in wanted.items():
        link = package / name
        if not link.is_symlink():
            link.symlink_to(os.path.relpath(target, package), target_is_directory=target.is_dir())


def browser() -> Path | None:
    """Chromium, where the browser tests find it."""
    found = subprocess.run(["sh", "-c", "command -v chromium"], capture_output=True, text=True, check=False)
    return Path(found.stdout.strip()) if found.returncode == 0 else None
