"""The checks within the operator's limits: anybody may ask for one, of anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

import pyoxigraph as ox
from ckan.exceptions import CkanConfigurationException
from pyshacl.errors import ShapeLoadError
from rdflib import Graph
from rdflib.plugins.parsers.notation3 import BadSyntax

from .. import config
from ..apart import apart
from .validation import LEVELS, Checked, RdfLimits, check_bytes, check_graph, levels
from .validation.convert import graph_of
from .validation.groups import Groups
from .validation.problems import issue
from .validation.shapes import shapes_of

BATCH = 100
"""Datasets that are looked at in one graph."""


def level_names() -> list[str]:
    """The levels that there are, the operator's too."""
    return list(levels(config.dcat_shapes_folder()))


def load_shapes() -> None:
    """Reads the operator's shapes, so that a fault in them is told when the site starts."""
    folder = config.dcat_shapes_folder()
    if folder and not Path(folder).is_dir():
        raise CkanConfigurationException(f"ckanext.orden.dcat.shapes_folder: there is no folder {folder}")
    for level in levels(folder).keys() - LEVELS.keys():
        try:
            shapes_of(level, folder)
        except (BadSyntax, ShapeLoadError, UnicodeDecodeError) as error:
            message = f"ckanext.orden.dcat.shapes_folder: the shapes {level} in {folder} cannot be read: {error}"
            raise CkanConfigurationException(message) from error


def check_document(data: bytes, level: str, *, subject: str = "") -> Checked:
    """The check of a document in RDF, or of what else the bytes are."""
    limits = RdfLimits(size=config.dcat_max_bytes(), triples=config.dcat_max_triples())
    folder = config.dcat_shapes_folder()
    return _in_time(lambda: check_bytes(data, level, subject=subject, limits=limits, folder=folder), level, subject)


def check_dataset(graph: Graph, level: str, subject: str) -> Checked:
    """The check of a dataset's graph."""
    folder = config.dcat_shapes_folder()
    return _in_time(lambda: check_graph(graph, level, subject=subject, folder=folder), level, subject)


def check_datasets(triples: list[str], level: str, *, subject: str) -> Checked:
    """The check of datasets, each in N-Triples."""
    return _in_time(lambda: check_each(triples, level, subject=subject), level, subject)


def check_each(
    triples: Iterable[str], level: str, *, subject: str, say: Callable[[int], object] = lambda done: None
) -> Checked:
    """The same in this process, however long it takes; `say` hears how many datasets are done."""
    rest, folder, found, done, nodes = iter(triples), config.dcat_shapes_folder(), Groups(), 0, 0
    while batch := list(islice(rest, BATCH)):
        graph = graph_of(ox.parse("".join(batch), format=ox.RdfFormat.N_TRIPLES))
        checked = check_graph(graph, level, folder=folder)
        found.add(checked.groups)
        nodes += checked.report.checked
        done += len(batch)
        say(done)
    return Checked(found.report(subject, level, nodes), found)


def _in_time(check: Callable[[], Checked], level: str, subject: str) -> Checked:
    shapes_of(level, config.dcat_shapes_folder())  # read once, here, and not in every child
    seconds = config.dcat_max_seconds()
    slow = issue("rdf.too_slow", limit=seconds)
    return apart(check, seconds) or Checked.only(slow, subject=subject, level=level)
