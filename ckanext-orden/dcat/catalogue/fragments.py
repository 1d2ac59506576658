"""Each dataset's part of the catalogue, made once for each change and kept in PostgreSQL."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckanext.dcat.utils import catalog_uri
from rdflib import RDF, Graph, URIRef
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from ... import config
from ..model import DcatFragment
from ..namespaces import DCAT
from ..profiles import REVISION
from ..serializer import PROFILE, Serializer
from ..syntaxes import N_TRIPLES, Syntax, part
from .query import Entry, datasets

BATCH = 100
TYPE = f"<{RDF.type}>"
DEPENDS_ON = ("ckan.site_url", "ckan.locale_default", "ckanext.orden.dcat.namespace", "ckanext.dcat.")
"""Options that a dataset's triples depend on."""


@dataclass(frozen=True)
class Fragment:
    """What is said of a dataset's own nodes, in a syntax; of those that it shares with others, as lines of N-Triples.

    `triples` is the number of the former.
    """

    own: str
    shared: str
    triples: int


def fragments(entries: Sequence[Entry], syntax: Syntax) -> dict[str, Fragment]:
    """The fragments of these datasets by id, in this order; missing and outdated ones are made and stored."""
    state = setting()
    keys = {entry.id: f"{entry.version}.{state}" for entry in entries}
    found = _stored(keys, syntax)
    missing = {id_: key for id_, key in keys.items() if id_ not in found}
    if missing and syntax is N_TRIPLES:
        found |= _stored_too(missing, dict(_made(missing)), syntax)
    elif missing:
        triples = fragments([entry for entry in entries if entry.id in missing], N_TRIPLES)
        found |= _stored_too(missing, {id_: written(fragment, syntax) for id_, fragment in triples.items()}, syntax)
    return {entry.id: found[entry.id] for entry in entries if entry.id in found}


def triples_of(entries: Sequence[Entry]) -> Iterator[str]:
    """All that is said of each of these datasets, in N-Triples."""
    for start in range(0, len(entries), BATCH):
        for fragment in fragments(entries[start : start + BATCH], N_TRIPLES).values():
            yield fragment.own + fragment.shared


def _stored(keys: Mapping[str, str], syntax: Syntax) -> dict[str, Fragment]:
    table = DcatFragment
    query = select(table.package_id, table.key, table.own, table.shared, table.triples)
    rows = model.Session.execute(query.where(table.package_id.in_(keys), table.syntax == syntax.format.name))
    return {
        row.package_id: Fragment(row.own, row.shared, row.triples) for row in rows if row.key == keys[row.package_id]
    }


def _stored_too(keys: Mapping[str, str], made: dict[str, Fragment], syntax: Syntax) -> dict[str, Fragment]:
    """Keeps them, in a transaction of their own: that of the request is for reading."""
    if not made:
        return made
    rows = [
        {"package_id": id_, "syntax": syntax.format.name, "key": keys[id_], **asdict(fragment)}
        for id_, fragment in sorted(made.items())
    ]
    statement = insert(DcatFragment).values(rows)
    new = {name: statement.excluded[name] for name in ("key", "own", "shared", "triples")}
    with model.ensure_engine().begin() as connection:
        connection.execute(statement.on_conflict_do_update(index_elements=["package_id", "syntax"], set_=new))
    return made


def fresh(datasets_: Iterable[Mapping[str, Any]]) -> list[Fragment]:
    """The fragments of datasets that the index does not hold as they are, made in N-Triples and not stored."""
    serializer = Serializer(profiles=[PROFILE])
    return [fragment_of(dict(dataset), serializer) for dataset in datasets_]


def written(fragment: Fragment, syntax: Syntax) -> Fragment:
    """A fragment in N-Triples in another syntax."""
    return replace(fragment, own=part(fragment.own, syntax, str(config.dcat_namespace())))


def _made(ids: Iterable[str]) -> Iterable[tuple[str, Fragment]]:
    serializer = Serializer(profiles=[PROFILE])
    for dataset in datasets(ids):
        yield dataset["id"], fragment_of(dataset, serializer)


def fragment_of(dataset: dict[str, Any], serializer: Serializer) -> Fragment:
    """A dataset's fragment, as it stands within the catalogue."""
    catalog = URIRef(catalog_uri())
    serializer.g = Graph("SimpleMemory", bind_namespaces="none")  # pyright: ignore[reportAttributeAccessIssue]
    serializer.g.add((catalog, RDF.type, DCAT.Catalog))
    ref = serializer.graph_from_dataset(dataset)
    serializer.g.remove((catalog, RDF.type, DCAT.Catalog))
    serializer.g.add((catalog, DCAT.dataset, ref))
    return split(serializer.g, (f"<{catalog}> ", "_:", *(f"<{ref}{end}" for end in (">", "#", "/"))))


def split(graph: Graph, own: tuple[str, ...]) -> Fragment:
    """A graph's N-Triples in order; `own` are the beginnings of the dataset's own lines."""
    mine, shared = [], []
    for line in in_order(graph.serialize(format="nt")):
        (mine if line.startswith(own) else shared).append(f"{line}\n")
    return Fragment("".join(mine), "".join(shared), len(mine))


def in_order(triples: str) -> list[str]:
    """The lines of N-Triples by subject, its classes first."""
    lines = ((line, *line.split(" ", 2)[:2]) for line in lines_of(triples))
    return [line for line, *_ in sorted(lines, key=lambda of: (of[1], of[2] != TYPE, of[0]))]


def lines_of(triples: str) -> list[str]:
    """The lines of N-Triples; a text may hold what Python too takes for the end of a line (U+2028, U+0085)."""
    return [line for line in triples.split("\n") if line]


def setting() -> str:
    """The options and versions that fragments depend on, in a word."""
    options = {name: str(tk.config[name]) for name in sorted(tk.config) if name.startswith(DEPENDS_ON)}
    said = json.dumps([REVISION, version("ckanext-dcat"), options])
    return hashlib.sha256(said.encode()).hexdigest()[:16]
