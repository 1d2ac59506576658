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
PUBLISHERS_PORT = 8100
PUBLISHERS = f"http://127.0.0.1:{PUBLISHERS_PORT}"
GUNICORN = ("gunicorn", "stack.site.wsgi:application", "--chdir", "/app", "--bind", "0.0.0.0:5000",
            "--worker-class", "sync", "--timeout", "180", "--no-control-socket", "--access-logfile", "-")  # fmt: skip


def replace(*command: str) -> None:
    """Become the command, so that it gets the container's signals."""
    os.execvp(command[0], command)  # noqa: S606 - no shell is wanted


def run(*command: str) -> None:
    subprocess.run(command, check=True)


def setup() -> None:
    """Tables and the administrator: once a release, before the others start."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as password:
        password.write(settings.required("ORDEN_ADMIN_PASSWORD"))
        password.flush()
        run("python", "-m", "stack.site.prepare", "--password-file", password.name, "--token-file", str(TOKEN))
    if settings.is_demo():
        run("python", "-m", "demo", "files", str(SAMPLES))


def demo() -> None:
    """Serve the demo's publishers; load and harvest the demo beside them."""
    site, samples = os.environ.get("ORDEN_INTERNAL_URL", "http://ckan:5000"), os.environ["CKAN_SITE_URL"] + "/sample"
    serve = ("python", "-m", "demo", "serve", "--port", str(PUBLISHERS_PORT), "--files-url", samples)
    server = subprocess.Popen([*serve, "--files-dir", str(SAMPLES)])
    await_publishers()
    run("python", "-m", "demo", "load", "--site", site, "--token-file", str(TOKEN),
        "--publishers", PUBLISHERS, "--password-file", str(PASSWORDS))  # fmt: skip
    run("ckan", "orden-harvest", "run", "all")
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
        run("ckan", "orden-harvest", "schedule")
        replace("ckan", "jobs", "worker", "default", "orden_table")
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
