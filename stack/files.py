"""Files that are written whole or not at all, and fingerprints of files."""

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def write(path: Path, text: str, *, mode: int = 0o644) -> None:
    """Replace the file in one step: whoever is killed meanwhile leaves the old one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    scratch.replace(path)


def write_json(path: Path, content: Any, *, mode: int = 0o644) -> None:
    write(path, json.dumps(content, indent=2, sort_keys=True) + "\n", mode=mode)


def read_json(path: Path) -> dict[str, Any]:
    """The file's object; an absent or broken file is an empty one."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def below(folder: Path) -> list[Path]:
    """Every source file under the folder, in one order."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in {".pyc", ".mo"} and "__pycache__" not in path.parts
    )


def sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def fingerprint(*parts: str) -> str:
    """One short key for several texts."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def content_key(paths: Iterable[Path]) -> str:
    """Changes when a file is added, removed or edited."""
    return fingerprint(*(f"{path} {sha256(path)}" for path in paths))


def time_key(paths: Iterable[Path]) -> str:
    """Changes when a file is added, removed or touched; cheap enough for every start."""
    return fingerprint(*(f"{path} {path.stat().st_mtime_ns} {path.stat().st_size}" for path in paths))
