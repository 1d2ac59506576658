"""What all four publishers know: where the files are, how big they are, what a test has changed."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..model import Dataset, Resource
from ..world import world


@dataclass(frozen=True)
class Publication:
    """The settings of a run of the publishers."""

    files_url: str
    files_dir: Path | None = None
    overrides: Path | None = None

    def url(self, resource: Resource) -> str:
        """The address of a file."""
        return f"{self.files_url.rstrip('/')}/{resource.path}"

    def size(self, resource: Resource) -> int | None:
        """The size of a file in bytes, None without the folder of files."""
        if self.files_dir is None:
            return None
        path = self.files_dir / resource.path
        return path.stat().st_size if path.exists() else None

    def override(self, source: str) -> dict[str, Any]:
        """What `<overrides>/<source>.json` says now: keys `drop`, `change`, `answer`, `when` (docs/demo.md)."""
        path = self.overrides / f"{source}.json" if self.overrides else None
        return json.loads(path.read_text(encoding="utf-8")) if path and path.exists() else {}

    def datasets(self, source: str) -> list[Dataset]:
        """The source's datasets, less the dropped ones, with the changed ones changed."""
        override = self.override(source)
        if override.get("answer") == "empty":
            return []
        changes, dropped = override.get("change", {}), set(override.get("drop", []))
        kept = [dataset for dataset in world().of(source) if dataset.name not in dropped]
        return [replace(dataset, **changes.get(dataset.name, {})) for dataset in kept]


def numbers(source: str) -> dict[str, int]:
    """A lasting number for each of the source's datasets, dropped ones counted."""
    return {dataset.name: number for number, dataset in enumerate(world().of(source), 1)}
