"""The site on gunicorn, and the workers beside it."""

import os
from collections.abc import Mapping
from urllib.parse import urlsplit

from .. import environment, files, ports, services
from ..instance import Instance
from ..places import PYTHON, ROOT, VENV
from .part import Part

WEB, JOBS, GATHER = "web", "jobs-worker", "gather-consumer"
CKAN = "ckan"
WORKERS = 2


def env(instance: Instance, **extra: str) -> Mapping[str, str]:
    """What every process of the site needs; minimal machines have no locale."""
    path = f"{VENV / 'bin'}:{os.environ.get('PATH', '/usr/bin:/bin')}"
    return {"CKAN_INI": str(instance.ini), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PATH": path, **extra}


def web(instance: Instance, *, samples: str) -> Part:
    """Sync workers without threads: CKAN's exemptions from CSRF protection are process-wide."""
    gunicorn = [PYTHON, "-m", "gunicorn", "stack.site.wsgi:application", "--chdir", ROOT]
    settings = ["--worker-class", "sync", "--workers", WORKERS, "--timeout", 180, "--no-control-socket",
                "--access-logfile", instance.log("access")]  # fmt: skip
    return Part(
        WEB,
        lambda port: [*gunicorn, "--bind", f"{ports.HOST}:{port}", *settings],
        ready=lambda port: ports.answers(f"http://{ports.HOST}:{port}/api/3/action/status_show", timeout=60),
        key=key(instance, samples),
        env=env(instance, ORDEN_SAMPLES=samples),
        port=asked_port(),
    )


def workers(instance: Instance) -> list[Part]:
    """What runs jobs and harvests. The jobs worker keeps the schedule of the harvests, and checks tables last."""
    commands = {JOBS: f"{CKAN} orden schedule && exec {CKAN} jobs worker default orden_table orden_dcat",
                GATHER: f"exec {CKAN} orden-harvest consume"}  # fmt: skip
    return [_worker(instance, name, command) for name, command in commands.items()]


def _worker(instance: Instance, name: str, command: str) -> Part:
    return Part(name, lambda _: ["sh", "-c", command], key=key(instance), env=env(instance))


def key(instance: Instance, *more: str) -> str:
    """A change of code or settings starts the site again."""
    settings = files.sha256(instance.ini) if instance.ini.exists() else ""
    return files.fingerprint(environment.key(), settings, *more)


def asked_port() -> int | None:
    """CKAN_SITE_URL may name a port of this machine; another address stands before ours (a proxy)."""
    parts = urlsplit(os.environ.get(services.SITE, ""))
    return parts.port if parts.hostname in {ports.HOST, "localhost"} else None
