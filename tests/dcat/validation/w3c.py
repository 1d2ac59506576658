"""The W3C's SHACL test suite, as the source package of pyshacl holds it."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from ckanext.orden.dcat.validation.convert import graph_of
from rdflib import RDF, SH, Graph, Namespace, URIRef
from rdflib.term import Node

LOCK = Path(__file__).parents[3] / "requirements.txt"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
REPORT = {SH.result, SH.conforms, SH.focusNode, SH.value, SH.resultPath, SH.resultSeverity, SH.resultMessage}
REPORT |= {SH.sourceShape, SH.sourceConstraint, SH.sourceConstraintComponent}
Verdict = Counter[tuple[Any, ...]]


@dataclass(frozen=True)
class Case:
    """One test: its graphs and the verdict asked for, None where the shapes must be refused."""

    suite: str
    name: str
    data: Graph
    shapes: Graph
    wanted: Verdict | None


def download(folder: Path) -> Path:
    """The suite's folder: the source package that the lock pins."""
    pin = re.search(r"^pyshacl==.*?(?=^\S)", LOCK.read_text(), re.MULTILINE | re.DOTALL)
    assert pin
    (folder / "pin.txt").write_text(pin[0].rstrip().removesuffix("\\"))
    how = ["--quiet", "--no-deps", "--no-binary", "pyshacl", "--no-build-isolation", "--require-hashes"]
    command = [sys.executable, "-m", "pip", "download", *how, "-r", "pin.txt", "-d", "."]
    subprocess.run(command, cwd=folder, check=True, timeout=300)
    (package,) = folder.glob("pyshacl-*.tar.gz")
    with tarfile.open(package) as archive:
        archive.extractall(folder, filter="data")
    (root,) = folder.glob("pyshacl-*/test/resources/sht_tests")
    return root


def cases(root: Path) -> Iterator[Case]:
    """All tests of the suite."""
    for suite in ("core", "sparql"):
        for file in sorted((root / suite).rglob("*.ttl")):
            graph = _read(file)
            for test in graph.subjects(RDF.type, SHT.Validate):
                yield _case(suite, file, graph, test)


def verdict(get: Callable[[URIRef], Any]) -> tuple[Any, ...]:
    """What makes a result the same as another; names of blank nodes in shapes do not."""
    path, shape = get(SH.resultPath), get(SH.sourceShape)
    return (
        get(SH.focusNode),
        path if isinstance(path, URIRef) else path is not None,
        get(SH.value),
        get(SH.sourceConstraintComponent),
        get(SH.resultSeverity),
        shape if isinstance(shape, URIRef) else None,
    )


def _case(suite: str, file: Path, graph: Graph, test: Node) -> Case:
    action, result = graph.value(test, MF.action), graph.value(test, MF.result)
    data, shapes = (_named(graph.value(action, name), file, graph) for name in (SHT.dataGraph, SHT.shapesGraph))
    wanted = Counter(
        verdict(lambda name, node=node: graph.value(node, name)) for node in graph.objects(result, SH.result)
    )
    return Case(suite, file.stem, data, _shapes_alone(shapes), None if result == SHT.Failure else wanted)


def _named(address: Node | None, file: Path, graph: Graph) -> Graph:
    path = Path(str(address).removeprefix("file://"))
    return graph if path == file else _read(path)


def _read(file: Path) -> Graph:
    parser = ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE, base_iri=file.as_uri())
    graph = graph_of(parser)
    for prefix, name in parser.prefixes.items():
        graph.bind(prefix, name, replace=True)
    return graph


def _shapes_alone(graph: Graph) -> Graph:
    """Shapes without the report that is asked for, which stands in the same file."""
    alone = Graph()
    for prefix, name in graph.namespaces():
        alone.bind(prefix, name, replace=True)
    for triple in graph:
        if triple[1] not in REPORT and triple[2] not in (SH.ValidationReport, SH.ValidationResult):
            alone.add(triple)
    return alone
