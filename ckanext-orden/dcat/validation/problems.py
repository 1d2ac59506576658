"""What can be wrong with a document that is RDF, before any rule is looked at."""

from __future__ import annotations

from ...rdf.problems import filled, problem
from ...types import Issue

PROBLEMS = {
    "rdf.too_slow": problem(
        "検査に時間がかかりすぎるため、{limit}秒で打ち切りました。",
        "The check took too long and was ended after {limit} seconds.",
        "データセットをいくつかの文書に分けてください。",
        "Split the datasets into several documents.",
    ),
    "dcat.nothing": problem(
        "RDF としては読めましたが、データセットもカタログもありません（{found} トリプル）。",
        "The RDF is well formed but holds no dataset and no catalogue ({found} triples).",
        "データセットには型を書いてください。"
        "例: <https://data.example.jp/dataset/1> a <http://www.w3.org/ns/dcat#Dataset> .",
        "State the class of the dataset. "
        "Example: <https://data.example.jp/dataset/1> a <http://www.w3.org/ns/dcat#Dataset> .",
    ),
}


def issue(code: str, where: str = "", **found: object) -> Issue:
    """The error of that code, its text filled in."""
    return filled(PROBLEMS[code], code, where, **found)
