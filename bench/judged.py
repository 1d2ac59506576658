"""Judged search sets and what a ranking is worth by them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import mean
from typing import Any

ANSWERS = 2
"""The relevance of a dataset that answers the query; 1 is near."""
NOTHING = (1.0, 1.0, 1.0, 0.0)
"""What an answer to nothing is worth."""
OWN = Path(__file__).parent / "data" / "search.json"


@dataclass(frozen=True)
class Query:
    """What somebody typed and the names of the datasets that should come, with their relevance."""

    q: str
    kind: str
    relevant: dict[str, int]


@dataclass(frozen=True)
class Answer:
    """What a search gave: names of datasets, best first, and whether it says that none of them answers."""

    query: Query
    ranking: Sequence[str]
    admits: bool = False


@dataclass(frozen=True)
class JudgedSet:
    """Datasets and queries over them."""

    name: str
    datasets: list[dict[str, Any]]
    queries: list[Query]


@dataclass(frozen=True)
class Score:
    """Means over some queries; `honest` over those that the catalogue cannot answer, the others over the rest."""

    queries: int
    ndcg10: float
    recall20: float
    mrr: float
    zero_hits: float
    honest: float

    def rounded(self) -> dict[str, float]:
        return {name: round(value, 3) for name, value in asdict(self).items()}


def read(path: Path) -> JudgedSet:
    """One file with `datasets` and `queries`, or a list of queries by ids with docs_all.json beside it."""
    content = json.loads(path.read_text(encoding="utf-8"))
    if isinstance(content, dict):
        return JudgedSet(path.stem, content["datasets"], [Query(**query) for query in content["queries"]])
    datasets = json.loads((path.parent / "docs_all.json").read_text(encoding="utf-8"))
    names = {dataset["id"]: dataset["name"] for dataset in datasets}
    queries = [
        Query(entry["q"], entry["kind"], {names[key]: value for key, value in entry["relevant"].items()})
        for entry in content
    ]
    return JudgedSet(path.stem, datasets, queries)


def score(answers: Iterable[Answer]) -> Score:
    """The worth of some answers; a mean over nothing is 1, for there was nothing to get wrong."""
    given = list(answers)
    rows = [_row(answer) for answer in given if answer.query.relevant]
    honest = [float(answer.admits or not answer.ranking) for answer in given if not answer.query.relevant]
    ndcg10, recall20, mrr, zero_hits = map(mean, zip(*rows or [NOTHING], strict=True))
    return Score(len(given), ndcg10, recall20, mrr, zero_hits, mean(honest or [1.0]))


def by_kind(answers: Sequence[Answer]) -> dict[str, Score]:
    """The scores of each kind; `all` leaves the optional kinds out."""
    kinds = {"all": [answer for answer in answers if not answer.query.kind.startswith("optional")]}
    for answer in answers:
        kinds.setdefault(answer.query.kind, []).append(answer)
    return {kind: score(some) for kind, some in kinds.items()}


def _row(answer: Answer) -> tuple[float, float, float, float]:
    relevant, ranking = answer.query.relevant, answer.ranking
    wanted = {name for name, relevance in relevant.items() if relevance == ANSWERS}
    best = sorted(relevant, key=lambda name: -relevant[name])
    first = next((place for place, name in enumerate(ranking, 1) if name in wanted), None)
    return (
        _gain(relevant, ranking) / _gain(relevant, best),
        len(wanted & set(ranking[:20])) / min(20, len(wanted)),
        1 / first if first else 0.0,
        float(not ranking),
    )


def _gain(relevant: dict[str, int], ranking: Sequence[str]) -> float:
    return sum((2 ** relevant.get(name, 0) - 1) / math.log2(place + 1) for place, name in enumerate(ranking[:10], 1))
