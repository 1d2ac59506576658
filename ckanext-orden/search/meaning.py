"""What datasets and queries mean, as vectors; those of datasets are kept by the text they were made of."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from unicodedata import normalize

import numpy as np

from ..model import OrdenMeaning
from .encoders import Encoder, Vectors

LONGEST_NOTES = 300
"""Characters: what a dataset is about stands at the beginning, the rest is about its files and licence."""


def texts(dataset: Mapping[str, Any]) -> tuple[str, str]:
    """The two texts of an index document whose mean is what it means: what it is, and what is said of it."""
    title = dataset.get("title") or dataset.get("name") or ""
    tags = " ".join(dataset.get("tags") or [])
    notes = (dataset.get("notes") or "")[:LONGEST_NOTES]
    organization = dataset.get("organization_title") or ""
    return _plain(f"{title} {tags}"), _plain(f"{organization} {title}。{tags}。{notes}")


def of_dataset(encoder: Encoder, dataset: Mapping[str, Any]) -> list[float]:
    """The unit vector of an index document, made anew only when its texts have changed."""
    said = texts(dataset)
    key = sha256("\0".join((encoder.name, *said)).encode()).digest()
    kept = OrdenMeaning.get(key)
    if kept is None:
        kept = _unit(encoder.encode(said).mean(axis=0)).astype("<f4").tobytes()
        OrdenMeaning.put(key, kept)
    return np.frombuffer(kept, dtype="<f4").tolist()


def of_query(encoder: Encoder, query: str) -> list[float]:
    """The unit vector of what somebody typed."""
    return encoder.encode([_plain(query)])[0].tolist()


def _plain(text: str) -> str:
    return normalize("NFKC", text).strip()


def _unit(vector: Vectors) -> Vectors:
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector
