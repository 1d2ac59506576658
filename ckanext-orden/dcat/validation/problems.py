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
    "shacl.unusable": problem(
        "「{level}」の SHACL シェイプが使えません: {found}",
        "The SHACL shapes of “{level}” cannot be used: {found}",
        "文書のせいではありません。このサイトの管理者に知らせてください（ckanext.orden.dcat.shapes_folder）。",
        "This is no fault of the document. Tell the operator of this site (ckanext.orden.dcat.shapes_folder).",
    ),
    "dcat.more_datasets": problem(
        "{found}件のうち、最初の{limit}件を調べました。",
        "Of {found} datasets the first {limit} were checked.",
        "すべてを調べるには、運用者がコマンド ckan orden-dcat validate を使います。",
        "To check them all, operators have the command ckan orden-dcat validate.",
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
