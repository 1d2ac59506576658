"""Run lint, types, layers and the tests on stacks of their own, with `--long` the long ones too.

Other arguments go on to pytest, which then runs what they choose, long or not, and spare the lint.
"""

import argparse
import json
import os
import subprocess
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from .. import ending, environment, linters, processes, services
from ..instance import Instance, disposable, existing
from ..output import say
from ..places import PYTHON, ROOT

# folders whose tests need no service, and so neither CKAN's pytest plugin nor our stack
PLAIN = ("tests/metadata", "tests/solr", "tests/stack")
PLAIN_OPTIONS = ("-p", "no:ckan", "-o", "addopts=--import-mode=importlib -ra --strict-markers")
FLOWS = "tests/flows"  # with sites of their own, and long
LONG = "--long"
SHORT = ("-m", "not long and not kills")
STACKS = "ORDEN_TEST_STACKS"  # CKAN's variables of each worker's stack, for tests/conftest.py
WORKERS = 3  # on two cores: each waits most of its time for services and for processes that it has started
# a file's tests share what they set up; who takes the place of a worker that crashed would have no stack
SHARED_OUT = ("-n", str(WORKERS), "--dist", "loadfile", "--no-loadscope-reorder", "--max-worker-restart", "0")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(LONG, action="store_true", help="run the tests too that are marked as long, as CI does")
    parser.add_argument("rest", nargs="*", metavar="PYTEST ARGUMENT")


def main(options: argparse.Namespace) -> int:
    _use_own_services()
    environment.ensure(tests=True)
    if words := [word for word in options.rest if word != LONG]:
        return _plain(words) if is_plain(words) else _chosen(words)
    failed = linters.run_all(docker=False)
    code = _whole(long=LONG in options.rest)
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


def _chosen(words: list[str]) -> int:
    """What was asked for, in one process."""
    with ExitStack() as held:
        [instance] = _stacks(held, 1)
        return _pytest(words, _env(instance))


def _whole(*, long: bool) -> int:
    """Everything, or all but what is long, shared out among workers with a stack each."""
    with ExitStack() as held:
        instances = _stacks(held, WORKERS)
        stacks = json.dumps([_services(instance) for instance in instances])
        env = {**_env(instances[0]), STACKS: stacks}
        if not long:
            return _pytest([f"--ignore={FLOWS}"], env, *SHARED_OUT, *SHORT)
        return _side_by_side(env, instances[0].log("flows"))


def _stacks(held: ExitStack, count: int) -> list[Instance]:
    """So many running stacks, until what holds them is left."""
    instances = [disposable("test", number) for number in range(1, count + 1)]
    for instance in instances:
        held.enter_context(instance.lock("test"))
        held.enter_context(ending.nothing_left(instance, always=True))
    held.callback(_end_sites, instances[0])
    for instance in instances:
        services.ensure(instance)
    return instances


def _side_by_side(env: dict[str, str], log: Path) -> int:
    """The flows beside all other tests: they wait most of the time, and for servers of their own."""
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [PYTHON, "-m", "pytest", *PLAIN_OPTIONS, "-m", "not kills", FLOWS]
    with log.open("wb") as output:
        flows = subprocess.Popen(command, cwd=ROOT, env=env, stdout=output, stderr=subprocess.STDOUT)
        try:
            code = _pytest([f"--ignore={FLOWS}"], env, *SHARED_OUT)
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
    """What a run of tests needs whose first stack this is; its processes carry the mark of that."""
    own = {**_services(instance), "ORDEN_FLOW_INSTANCE": _sites(instance), "PYTHONUTF8": "1"}
    return processes.marked(instance.folder, processes.TASK, own)


def _services(instance: Instance) -> Mapping[str, str]:
    """CKAN's own variables, which stand over test.ini."""
    storage = instance.site_folder
    storage.mkdir(exist_ok=True)
    return {**services.addresses(instance), services.SITE: "http://test.ckan.net", "CKAN_STORAGE_PATH": str(storage)}


def _pytest(words: list[str], env: dict[str, str], *options: str) -> int:
    if not linters.has_browser():
        say("  Chromium is not installed here: browser tests are counted as skipped (apt install chromium)")
    return subprocess.run([PYTHON, "-m", "pytest", *options, *words], cwd=ROOT, env=env, check=False).returncode
