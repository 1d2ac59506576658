"""The whole catalogue as files: written in one walk with constant memory, put in place of the one before when whole."""

from __future__ import annotations

import gzip
import hashlib
import json
import logging
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timezone
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any, cast

from ckan.plugins import toolkit as tk
from ckanext.dcat.utils import catalog_uri

from ... import config
from ..serializer import PROFILE, Serializer
from ..syntaxes import SYNTAXES
from . import truth
from .document import Document
from .state import index_state
from .walk import walk

log = logging.getLogger(__name__)

FOLDER, FACTS, IDS = "orden_dcat", "dump.json", "datasets.txt"
BATCH = 500
LEVEL = 2
"""Of gzip: the text is so regular that more costs time and saves little."""
KEPT_SECONDS = 3600
"""How long files of former dumps stay for those who are fetching them."""


@dataclass(frozen=True)
class File:
    """A file of a dump: its name in the folder, its size in bytes and its SHA-256, all of the compressed file."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Dump:
    """What a dump holds; `index` and `public` are what index and PostgreSQL were like, `files` are by ending."""

    made_at: str = ""
    index: str = ""
    datasets: int = 0
    triples: int = 0
    files: Mapping[str, File] = field(default_factory=dict)
    public: str = ""


Say = Callable[[int, int], None]
"""Is told how many datasets are written, and of how many."""


def folder() -> Path:
    """Where the dump lies; a `ValidationError` if the site has no place for files."""
    storage = tk.config.get("ckan.storage_path")
    if not storage:
        raise tk.ValidationError({"ckan.storage_path": [tk._("Set this option: the dump needs a place for its files")]})
    return Path(storage) / FOLDER


def current() -> Dump:
    """The dump that stands; an empty one if there is none."""
    if not tk.config.get("ckan.storage_path"):
        return Dump()
    try:
        told = json.loads((folder() / FACTS).read_text())
    except FileNotFoundError:
        return Dump()
    return Dump(**{**told, "files": {ending: File(**file) for ending, file in told["files"].items()}})


def build(say: Say = lambda done, of: None) -> Dump:
    """Writes the catalogue as everybody may see it in all syntaxes of the options; the dump."""
    place = folder()
    place.mkdir(parents=True, exist_ok=True)
    _tidy(place)
    name = f"catalog-{uuid.uuid4().hex[:12]}"
    now = datetime.now(timezone.utc).isoformat(timespec="seconds")
    made = Dump(now, index_state(), public=truth.public_state())
    ids, told = place / f"{name}.ids", place / f"{name}.json"
    made = _written(made, place, name, ids, say)
    told.write_text(json.dumps(asdict(made), indent=2))
    ids.replace(place / IDS)
    told.replace(place / FACTS)
    return made


def is_due() -> bool:
    """Whether the catalogue has changed and its dump is old, or holds what is no longer public."""
    hours, dump = config.dcat_dump_hours(), current()
    if not hours or not tk.config.get("ckan.storage_path"):
        return False
    if not dump.made_at or set(dump.files) != set(config.dcat_dump_formats()):
        return True
    if (dump.index, dump.public) == (index_state(), truth.public_state()):
        return False
    age = datetime.now(timezone.utc) - datetime.fromisoformat(dump.made_at)
    return age.total_seconds() >= hours * 3600 or _holds_withdrawn()


def as_distributions(dump: Dump) -> list[dict[str, Any]]:
    """The files of the dump as resources, as the profile takes them."""
    site, counted = catalog_uri().rstrip("/"), tk._("{datasets} datasets, {triples} triples")
    return [
        {
            "uri": f"{site}/catalog/dump.{ending}.gz",
            "url": f"{site}/catalog/dump.{ending}.gz",
            "name": f"{SYNTAXES[ending].name} (gzip)",
            "description": counted.format(datasets=dump.datasets, triples=dump.triples),
            "format": SYNTAXES[ending].name,
            "mimetype": SYNTAXES[ending].media_type,
            "size": file.size,
            "hash": file.sha256,
            "modified": dump.made_at,
        }
        for ending, file in sorted(dump.files.items())
    ]


def _written(made: Dump, place: Path, name: str, ids: Path, say: Say) -> Dump:
    """The dump with its files, all written in one walk."""
    head = Serializer(profiles=[PROFILE]).serialize_catalog({}, [], _format="nt")
    endings = config.dcat_dump_formats()
    paths = {ending: place / f"{name}.{ending}.gz" for ending in endings}
    datasets, count, late = 0, truth.public_count(), 0
    with ExitStack() as stack:
        names = stack.enter_context(ids.open("w"))
        documents = {ending: _document(head, ending, stack.enter_context(_packed(paths[ending]))) for ending in endings}
        for batch in walk(BATCH):
            for ending, document in documents.items():
                document.add(batch.parts(SYNTAXES[ending]))
            names.writelines(f"{id_}\n" for id_ in batch.ids)
            datasets, late = datasets + len(batch.ids), late + len(batch.others)
            say(datasets, count)
        for document in documents.values():
            document.end()
    if late:
        log.warning("The search index does not hold %s of %s datasets as PostgreSQL does", late, datasets)
    files = {ending: File(path.name, path.stat().st_size, _sha256(path)) for ending, path in paths.items()}
    return replace(made, datasets=datasets, triples=documents[endings[0]].triples, files=files)


def _document(head: str, ending: str, file: IO[str]) -> Document:
    return Document(head, SYNTAXES[ending], str(config.dcat_namespace()), file.write)


@contextmanager
def _packed(path: Path) -> Iterator[IO[str]]:
    with (
        path.open("wb") as raw,
        gzip.GzipFile("", "wb", LEVEL, raw, mtime=0) as packed,
        TextIOWrapper(cast(IO[bytes], packed), "utf-8", newline="\n") as text,
    ):
        yield text


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _holds_withdrawn() -> bool:
    """Whether a dataset of the dump has been deleted or made private since."""
    try:
        return bool(set((folder() / IDS).read_text().split()) - truth.public_ids())
    except FileNotFoundError:
        return True


def _tidy(place: Path) -> None:
    """Remove what former dumps and killed ones have left, but for what somebody may still be fetching."""
    standing = {file.name for file in current().files.values()} | {FACTS, IDS}
    for path in place.iterdir():
        if path.name not in standing and time.time() - path.stat().st_mtime > KEPT_SECONDS:
            path.unlink(missing_ok=True)
