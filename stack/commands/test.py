"""Run lint, types, layers and all tests on a stack of their own; arguments go on to pytest and spare the lint."""

import argparse
import os
import subprocess
from pathlib import Path

from .. import ending, environment, linters, processes, services
from ..instance import Instance, disposable, existing
from ..output import say
from ..places import PYTHON, ROOT

# folders whose tests need no service, and so neither CKAN's pytest plugin nor our stack
PLAIN = ("tests/metadata", "tests/solr", "tests/stack")
PLAIN_OPTIONS = ("-p", "no:ckan", "-o", "addopts=--import-mode=importlib -ra --strict-markers")
FLOWS = "tests/flows"  # with sites of their own


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rest", nargs="*", metavar="PYTEST ARGUMENT")


def main(options: argparse.Namespace) -> int:
    _use_own_services()
    environment.ensure(tests=True)
    failed = [] if options.rest else linters.run_all(docker=False)
    code = _plain(options.rest) if is_plain(options.rest) else _whole(options.rest)
    if failed:
        say(f"lint failed before the tests: {', '.join(failed)}")
    return code or int(bool(failed))


def _use_own_services() -> None:
    """Tests empty the services they use, so those of a site are never theirs."""
    for variable in (*services.NAMES.values(), services.SITE):
        if os.environ.pop(variable, None):
            say(f"  {variable} is not used: tests have a stack of their own")


def is_plain(words: list[str]) -> bool:
    """Whether only tests were chosen that need no service."""
    chosen = [word for word in words if word.startswith("tests")]
    return bool(chosen) and all(word.startswith(PLAIN) for word in chosen)


def _plain(words: list[str]) -> int:
    return _pytest(words, {**os.environ, "PYTHONUTF8": "1"}, *PLAIN_OPTIONS)


def _whole(words: list[str]) -> int:
    instance = disposable("test")
    with instance.lock("test"), ending.nothing_left(instance, always=True):
        services.ensure(instance)
        try:
            env = processes.marked(instance.folder, processes.TASK, _env(instance))
            return _pytest(words, env) if words else _side_by_side(env, instance.log("flows"))
        finally:
            _end_sites(instance)


def _side_by_side(env: dict[str, str], log: Path) -> int:
    """The flows beside all other tests: both wait most of the time, and for different servers."""
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [PYTHON, "-m", "pytest", *PLAIN_OPTIONS, "-m", "not kills", FLOWS]
    with log.open("wb") as output:
        flows = subprocess.Popen(command, cwd=ROOT, env=env, stdout=output, stderr=subprocess.STDOUT)
        try:
            code = _pytest([f"--ignore={FLOWS}"], env)
            say(f"  {FLOWS} beside them")
            code = flows.wait() or code
        finally:
            flows.kill()
            flows.wait()
            say(log.read_text(encoding="utf-8", errors="replace"))
    return code


def _sites(instance: Instance) -> str:
    """How the names of the sites begin that the tests of this run start."""
    return f"{instance.name}-flow"


def _end_sites(instance: Instance) -> None:
    """What interrupted tests left ends with them: first each `./orden` of theirs, which would start more."""
    ending.be_undisturbed()
    processes.end_tasks(instance.folder)
    for other in existing():
        if other.name.startswith(_sites(instance)):
            ending.end_all(other)


def _env(instance: Instance) -> dict[str, str]:
    """CKAN's own variables stand over test.ini."""
    storage = instance.site_folder
    storage.mkdir(exist_ok=True)
    return {**services.addresses(instance), "CKAN_SITE_URL": "http://test.ckan.net",
            "CKAN_STORAGE_PATH": str(storage), "ORDEN_FLOW_INSTANCE": _sites(instance), "PYTHONUTF8": "1"}  # fmt: skip


def _pytest(words: list[str], env: dict[str, str], *options: str) -> int:
    if not linters.has_browser():
        say("  Chromium is not installed here: browser tests are counted as skipped (apt install chromium)")
    return subprocess.run([PYTHON, "-m", "pytest", *options, *words], cwd=ROOT, env=env, check=False).returncode
