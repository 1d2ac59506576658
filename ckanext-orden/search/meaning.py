"""What datasets and queries mean, as vectors; those of datasets are kept by the text they were made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any
from unicodedata import normalize

import numpy as np

from ..model import OrdenMeaning
from .encoders import Encoder, Vectors

LONGEST_NOTES = 300
"""Characters: what a dataset is about stands at the beginning, the rest is about its files and licence."""
SCALE = 400
"""Solr keeps a byte a number; those of a unit vector of 512 are some 0.04, and 0.3 is the most that is told apart."""


def texts(dataset: Mapping[str, Any]) -> tuple[str, str]:
    """The two texts of an index document whose mean is what it means: what it is, and what is said of it."""
    title = dataset.get("title") or dataset.get("name") or ""
    tags = " ".join(dataset.get("tags") or [])
    notes = (dataset.get("notes") or "")[:LONGEST_NOTES]
    organization = dataset.get("organization_title") or ""
    return _plain(f"{title} {tags}"), _plain(f"{organization} {title}。{tags}。{notes}")


def of_dataset(encoder: Encoder, dataset: Mapping[str, Any]) -> list[int]:
    """The vector of an index document, made anew only when its texts have changed."""
    key = _key(encoder, texts(dataset))
    kept = OrdenMeaning.kept([key]).get(key)
    if kept is None:
        [kept] = _made(encoder, [texts(dataset)])
        OrdenMeaning.put({key: kept})
    return _numbers(kept)


def of_datasets(encoder: Encoder, datasets: Sequence[Mapping[str, Any]], *, keep: bool = False) -> list[list[int]]:
    """The vectors of many index documents; what is made here costs no transaction unless it is to be kept."""
    said = {_key(encoder, texts(dataset)): texts(dataset) for dataset in datasets}
    kept = OrdenMeaning.kept(said)
    missing = [key for key in said if key not in kept]
    made = dict(zip(missing, _made(encoder, [said[key] for key in missing]), strict=True))
    if keep:
        OrdenMeaning.put(made)
    return [_numbers((kept | made)[_key(encoder, texts(dataset))]) for dataset in datasets]


def of_query(encoder: Encoder, query: str, like: Sequence[Sequence[int]] = ()) -> list[int]:
    """The vector of what somebody typed, drawn to those of datasets that are surely meant."""
    vector = encoder.encode([_plain(query)])[0]
    if like:
        vector = _unit(vector + np.asarray(like, dtype=np.float32).mean(axis=0) / SCALE)
    return _numbers(_bytes(vector))


def units(vectors: Sequence[Sequence[int]]) -> Vectors:
    """Vectors as the index keeps them, as unit vectors: (vectors, 512)."""
    numbers = np.array(vectors, dtype=np.float32)
    return numbers / np.maximum(np.linalg.norm(numbers, axis=1, keepdims=True), 1)


def _key(encoder: Encoder, said: Sequence[str]) -> bytes:
    return sha256("\0".join((encoder.name, str(SCALE), *said)).encode()).digest()


def _made(encoder: Encoder, said: Sequence[Sequence[str]]) -> list[bytes]:
    """The vectors of several datasets, each by its texts."""
    if not said:
        return []
    vectors = encoder.encode([text for texts in said for text in texts])
    means = vectors.reshape(len(said), -1, vectors.shape[1]).mean(axis=1)
    return [_bytes(_unit(mean)) for mean in means]


def _bytes(vector: Vectors) -> bytes:
    return np.clip(np.rint(vector * SCALE), -128, 127).astype(np.int8).tobytes()


def _numbers(kept: bytes) -> list[int]:
    return np.frombuffer(kept, dtype=np.int8).tolist()


def _plain(text: str) -> str:
    return normalize("NFKC", text).strip()


def _unit(vector: Vectors) -> Vectors:
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector
