"""What turns texts into vectors of meaning; behind one small interface, so that a site can have a stronger one."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from .. import config

Vectors = NDArray[np.float32]

NONE = ("none", "")
log = logging.getLogger(__name__)


class Encoder(Protocol):
    """Texts of many languages in one space; near vectors mean near things."""

    name: str
    """With its version: vectors of another name are made again."""
    nearest: float
    """The cosine above which a dataset counts as near a query."""
    answers: float
    """The cosine that the best dataset reaches where the catalogue has an answer."""
    convinces: float
    """The same where no dataset holds any of the query's words, so that its meaning stands alone."""
    related: float
    """The cosine from which a reader of one dataset wants to know of the other."""
    same: float
    """The cosine from which two datasets may be one."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text: (texts, 512), the dimension of `orden_meaning` in Solr's schema."""
        ...


def encoder() -> Encoder | None:
    """The site's encoder (`ckanext.orden.search.encoder`), or None where there is none or it does not start."""
    return _started(config.search_encoder())


@cache
def _started(name: str) -> Encoder | None:
    if name in NONE:
        return None
    try:
        return _factory(name)()
    except (ImportError, AttributeError, OSError) as error:
        log.error("ckanext.orden.search.encoder = %s does not start, search goes on by words alone: %s", name, error)
        return None


def _factory(name: str) -> Callable[[], Encoder]:
    """`package.module:factory`."""
    module, _, factory = name.partition(":")
    return getattr(import_module(module), factory)
