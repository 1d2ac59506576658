"""The linters, one line each; a failing one shows all it says."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence

from . import environment
from .errors import StackError
from .output import WIDTH, say, step
from .places import CONFIGSET, PACKAGE, ROOT, VENV

BIN = VENV / "bin"
DOCKER = ROOT / "docker"
LINTERS: Mapping[str, Sequence[str]] = {
    "style": ("ruff", "check", "--quiet", ".", "orden"),
    "format": ("ruff", "format", "--check", "--quiet", ".", "orden"),
    "types": ("basedpyright", "--warnings"),
    "layers": ("lint-imports", "--no-cache"),
}
IMAGE_LINTER = ("hadolint", "--config", str(DOCKER / ".hadolint.yaml"), str(DOCKER / "Dockerfile"))
# compose reads the file whole only when the variables without a default are given
COMPOSE = ("-f", str(DOCKER / "compose.yaml"), "config", "--quiet")
COMPOSE_ENV = {"CKAN_SITE_URL": "http://127.0.0.1:5000"}


def run_all(*, docker: bool) -> list[str]:
    """Run every linter, also after one failed; return the names of those that did."""
    link_package()
    failed = [name for name, command in LINTERS.items() if not _passes(name, command)]
    if docker:
        failed += [name for name, command in _docker_linters().items() if not _passes(name, command)]
    if failed:
        say(f"  lint failed: {', '.join(failed)}")
    return failed


def _passes(name: str, command: Sequence[str]) -> bool:
    with step("lint", name) as line:
        path = f"{BIN}:{os.environ.get('PATH', '/usr/bin:/bin')}"
        env = {**os.environ, **COMPOSE_ENV, "PATH": path, "PYTHONUTF8": "1"}
        done = subprocess.run(
            [shutil.which(command[0], path=path) or command[0], *command[1:]],
            cwd=ROOT,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        line.note = f"{name} {'fails' if done.returncode else 'is clean'}"
    if done.returncode:
        say(done.stdout + done.stderr)
    return done.returncode == 0


def _docker_linters() -> dict[str, Sequence[str]]:
    """Those that can be had on this machine; one line says which cannot."""
    found: dict[str, Sequence[str]] = {}
    try:
        environment.ensure_hadolint()
        found["Dockerfile"] = IMAGE_LINTER
    except StackError:
        say(f"  {'lint':<{WIDTH}} Dockerfile not checked: hadolint could not be installed")
    if shutil.which("docker-compose"):
        found["compose.yaml"] = ("docker-compose", *COMPOSE)
    elif _has_compose():
        found["compose.yaml"] = ("docker", "compose", *COMPOSE)
    else:
        say(f"  {'lint':<{WIDTH}} compose.yaml not checked by Compose: it is not installed here")
    return found


def _has_compose() -> bool:
    """Docker's client may be there without its Compose."""
    docker = shutil.which("docker")
    return (
        bool(docker)
        and subprocess.run([docker, "compose", "version"], capture_output=True, check=False).returncode == 0
    )


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


def has_browser() -> bool:
    """Whether the browser tests find Chromium."""
    return shutil.which("chromium") is not None
