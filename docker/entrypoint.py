"""What a container of the image does: web | jobs | gather | setup | demo | ckan … (any command of CKAN)."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import settings

from stack.site.options import write

STORAGE = Path(os.environ.get("CKAN_STORAGE_PATH", "/var/lib/orden"))
SAMPLES, TOKEN, PASSWORDS = STORAGE / "sample", STORAGE / "admin.token", STORAGE / "demo-passwords.json"
PUBLISHERS = f"http://127.0.0.1:{settings.PUBLISHERS_PORT}"
GUNICORN = ("gunicorn", "stack.site.wsgi:application", "--chdir", "/app", "--bind", "0.0.0.0:5000",
            "--worker-class", "sync", "--timeout", "180", "--no-control-socket", "--access-logfile", "-")  # fmt: skip


def replace(*command: str) -> None:
    """Become the command, so that it gets the container's signals."""
    os.execvp(command[0], command)  # noqa: S606 - no shell is wanted


def run(*command: str, check: bool = True) -> None:
    subprocess.run(command, check=check)


def setup() -> None:
    """Tables and the administrator: once a release, before the others start. Only the demo needs a token."""
    token = ("--token-file", str(TOKEN)) if settings.is_demo() else ()
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as password:
        password.write(settings.required("ORDEN_ADMIN_PASSWORD"))
        password.flush()
        run("python", "-m", "stack.site.prepare", "--password-file", password.name, *token)
    if settings.is_demo():
        run("python", "-m", "demo", "files", str(SAMPLES))


def demo() -> None:
    """Serve the demo's publishers; load and harvest the demo beside them."""
    site, samples = os.environ.get("ORDEN_INTERNAL_URL", "http://ckan:5000"), os.environ["CKAN_SITE_URL"] + "/sample"
    serve = ("python", "-m", "demo", "serve", "--port", str(settings.PUBLISHERS_PORT), "--files-url", samples)
    server = subprocess.Popen([*serve, "--files-dir", str(SAMPLES)])
    await_publishers()
    run("python", "-m", "demo", "load", "--site", site, "--token-file", str(TOKEN),
        "--publishers", PUBLISHERS, "--password-file", str(PASSWORDS))  # fmt: skip
    # a source that does not finish, or that a scheduled run has taken, is no reason to end the publishers
    run("ckan", "orden-harvest", "run", "all", check=False)
    sys.exit(server.wait())


def await_publishers() -> None:
    for _ in range(60):
        try:
            urllib.request.urlopen(f"{PUBLISHERS}/health", timeout=5).close()  # noqa: S310 - our own address
        except OSError:
            time.sleep(1)
        else:
            return
    sys.exit("the demo's publishers did not answer")


def main(role: str, *rest: str) -> None:
    ini = Path(tempfile.mkdtemp()) / "ckan.ini"
    write(ini, settings.options())
    os.environ["CKAN_INI"] = str(ini)
    os.environ["ORDEN_SAMPLES"] = str(SAMPLES) if settings.is_demo() else ""
    if role == "web":
        replace(*GUNICORN, "--workers", os.environ.get("ORDEN_WEB_WORKERS", "4"))
    elif role == "jobs":
        run("ckan", "orden", "schedule")
        replace("ckan", "jobs", "worker", "default", "orden_table", "orden_dcat")
    elif role == "gather":
        replace("ckan", "orden-harvest", "consume")
    elif role == "ckan":
        replace("ckan", *rest)
    elif role in {"setup", "demo"}:
        {"setup": setup, "demo": demo}[role]()
    else:
        sys.exit(f"there is no {role}: {__doc__}")


if __name__ == "__main__":
    main(*(sys.argv[1:] or ["web"]))
