"""An instance: one set of services with ports, data, logs and secrets of its own, all in one folder under `var`."""

import os
import re
import secrets
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import files
from .errors import StackError
from .locks import held_by, lock
from .places import VAR

STATE = "state.json"


@dataclass(frozen=True)
class Instance:
    """`up` for the site, `test` and `bench` for theirs; `ORDEN_INSTANCE` names another one."""

    name: str
    folder: Path
    lasting: bool = True  # False: the data may be lost when the machine is, and writing is quicker

    @property
    def ini(self) -> Path:
        return self.folder / "ckan.ini"

    @property
    def site_folder(self) -> Path:
        return self.folder / "storage"

    def log(self, part: str) -> Path:
        return self.folder / "log" / f"{part}.log"

    def lock(self, what: str) -> AbstractContextManager[None]:
        return lock(self.folder / "lock", what)

    def busy_with(self) -> str | None:
        return held_by(self.folder / "lock")

    def recall(self, section: str, name: str) -> Any:
        return files.read_json(self.folder / STATE).get(section, {}).get(name)

    def remember(self, section: str, name: str, value: Any) -> None:
        state = files.read_json(self.folder / STATE)
        state.setdefault(section, {})[name] = value
        files.write_json(self.folder / STATE, state)

    def forget(self, section: str, name: str) -> None:
        state = files.read_json(self.folder / STATE)
        state.get(section, {}).pop(name, None)
        files.write_json(self.folder / STATE, state)

    def secret(self, name: str) -> str:
        """A random secret of this instance: made on first use, kept readable by its owner only."""
        path = self.folder / "secrets.json"
        known = files.read_json(path)
        if name not in known:
            known[name] = secrets.token_urlsafe(24)
            files.write_json(path, known, mode=0o600)
        return known[name]


def named(default: str, number: int = 1) -> Instance:
    """The instance that a command works on; numbers from 2 are further ones beside it."""
    name = os.environ.get("ORDEN_INSTANCE") or default
    if not re.fullmatch(r"[a-z][a-z0-9_-]{0,30}", name):
        raise StackError(f"ORDEN_INSTANCE={name}: a name has small letters, digits, - and _, and begins with a letter")
    own = name if number == 1 else f"{name}-{number}"
    return Instance(own, VAR / own, lasting=default != "test")


def disposable(default: str, number: int = 1) -> Instance:
    """An instance whose data may be emptied: never one that a site lives in."""
    instance = named(default, number)
    if instance.ini.exists():
        raise StackError(
            f"{instance.name} is a site's instance, whose data would be lost: choose another ORDEN_INSTANCE"
        )
    return instance


def existing() -> list[Instance]:
    """Every instance that has a folder in this clone."""
    folders = sorted(path for path in VAR.glob("*") if (path / "lock").exists())
    return [Instance(path.name, path) for path in folders]
