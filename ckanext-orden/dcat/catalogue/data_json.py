"""`data.json`: the public datasets as one document of DCAT-US 1.1, written with constant memory."""

from __future__ import annotations

import filecmp
import gzip
import json
import uuid
from pathlib import Path

from ... import config
from ..exports import dcat_us
from ..exports.site import this_site
from . import dump
from .walk import datasets

NAME = "data.json.gz"
LEVEL = 6


def path() -> Path:
    """Where the document lies, compressed; a `ValidationError` if the site has no place for files."""
    return dump.folder() / NAME


def build() -> int:
    """Write the document anew, after the dump; how many datasets it holds. One that says the same keeps its date."""
    new = path().with_name(f"data-{uuid.uuid4().hex[:12]}.new")
    try:
        with new.open("wb") as raw, gzip.GzipFile("", "wb", LEVEL, raw, mtime=0) as packed:
            count = _write(packed)
        if not path().exists() or not filecmp.cmp(new, path(), shallow=False):
            new.replace(path())
    finally:
        new.unlink(missing_ok=True)
    return count


def is_missing() -> bool:
    """Whether there is a dump, but no document beside it."""
    return bool(dump.current().made_at) and not path().exists()


def _write(file: gzip.GzipFile) -> int:
    site, mail, count = this_site(), config.dcat_contact_email(), 0
    head = json.dumps(dcat_us.catalogue(site), ensure_ascii=False)
    file.write(f'{head[:-1]}, "dataset": ['.encode())
    for dataset in datasets(dump.BATCH):
        entry = json.dumps(dcat_us.dataset(dataset, site, mail), ensure_ascii=False)
        file.write(f"{',' if count else ''}\n{entry}".encode())
        count += 1
    file.write(b"\n]}\n")
    return count
