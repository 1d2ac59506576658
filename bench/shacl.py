"""N datasets judged by pyshacl and by the compiled engine, one at a time and by hundreds; one dataset over HTTP.

One dataset in five has a fault. Each figure is CPU time from a parsed graph to results; what the compiled engine must
be handed as text is written in that time.
"""

from __future__ import annotations

import argparse
import json
import time
import urllib.request
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from ckanext.orden.dcat.validation.compiled import judges
from ckanext.orden.dcat.validation.convert import graph_of
from ckanext.orden.dcat.validation.engine import conforms, shacl_results
from ckanext.orden.dcat.validation.reference import reference_results
from ckanext.orden.dcat.validation.shapes import shapes_of
from rdflib import SH

from .feed import PREFIXES, Feed, as_turtle
from .sites import Site, serving, sites

LEVEL = "odpo"
BATCH = 100
ASKED = 200
SAID = (SH.focusNode, SH.resultPath, SH.value, SH.sourceShape, SH.sourceConstraintComponent, SH.resultSeverity)
FAULTS = [
    ("dct:description", "dct:abstract"),
    ("dct:accessRights <", 'dct:accessRights "public" , <'),
    ('"^^xsd:date ', '"^^xsd:string '),
    ("dcat:accessURL", "foaf:page"),
    ("a foaf:Agent ;", ""),
    ("https://www.iana.org/assignments/media-types/", "https://example.jp/"),
]


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="bench shacl", description=__doc__)
    parser.add_argument("-n", type=int, default=10_000, help="datasets with two files each")
    size = parser.parse_args(arguments).n
    texts = [_faulty(number, as_turtle(record)) for number, record in enumerate(Feed(size).records("s"))]
    batches = ["\n".join(texts[start : start + BATCH]) for start in range(0, size, BATCH)]
    print("| CPU ms a dataset | pyshacl | compiled | pyshacl ÷ compiled |\n| --- | --- | --- | --- |")
    for title, documents in (("one at a time", texts), (f"in graphs of {BATCH}", batches)):
        spent, results = _both(documents)
        theirs, own, verdict = (seconds / size * 1000 for seconds in spent)
        print(f"| {title}, all results | {theirs:.2f} | {own:.2f} | {theirs / own:.1f} |")
        print(f"| {title}, the verdict alone | {theirs:.2f} | {verdict:.2f} | {theirs / verdict:.1f} |")
        print(f"\n{results} results, the same from both\n", flush=True)
    _form(sites()["ours"], texts)


def _both(documents: list[str]) -> tuple[list[float], int]:
    """CPU seconds of pyshacl, of the compiled engine and of its verdicts; how many results, which must be the same."""
    shapes, total = shapes_of(LEVEL), 0
    engines = (lambda graph: reference_results(graph, shapes.compiled), lambda graph: shacl_results(graph, shapes))
    seconds = [0.0, 0.0, 0.0]
    for text in documents:
        graph = graph_of(ox.parse(PREFIXES + text, format=ox.RdfFormat.TURTLE))
        if not judges(graph):
            raise RuntimeError("a dataset that the compiled engine is not given")
        begin = time.process_time()
        valid = conforms(graph, shapes)
        seconds[2] += time.process_time() - begin
        found = []
        for number, engine in enumerate(engines):
            begin = time.process_time()
            results = engine(graph)
            seconds[number] += time.process_time() - begin
            found.append(Counter(tuple(str(result.get(name)) for name in SAID) for result in results))
        broken = any(result[-1] == str(SH.Violation) for result in found[0])
        if found[0] != found[1] or valid is broken:
            raise RuntimeError(f"the engines differ: {found[0] - found[1]} {found[1] - found[0]} {valid}\n{text}")
        total += found[0].total()
    return seconds, total


def _form(site: Site, texts: list[str]) -> None:
    """How long a person waits for the check of one dataset."""
    unlimited = Path(site.ini).with_name("unlimited.ini")
    text = Path(site.ini).read_text()
    unlimited.write_text(text.replace("[app:main]\n", "[app:main]\nckanext.orden.checks_per_minute = 0\n", 1))
    with serving(replace(site, ini=str(unlimited))) as address:
        waited = sorted(_asked(address, PREFIXES + text) for text in texts[:ASKED])
    middle, slow = (waited[int(len(waited) * share)] for share in (0.5, 0.95))
    print(f"\none dataset, asked over HTTP: median {middle:.0f} ms, 95 % {slow:.0f} ms")


def _asked(address: str, content: str) -> float:
    body: dict[str, Any] = {"content": content, "level": LEVEL}
    request = urllib.request.Request(
        f"{address}/api/3/action/orden_dcat_validate",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    begin = time.perf_counter()
    with urllib.request.urlopen(request, timeout=60) as answer:
        if not json.load(answer)["result"]["checked"]:
            raise RuntimeError("nothing was checked")
    return (time.perf_counter() - begin) * 1000


def _faulty(number: int, text: str) -> str:
    return text.replace(*FAULTS[number // 5 % len(FAULTS)]) if number % 5 == 0 else text
