"""A page of the catalogue as it is sent: compressed, known by its ETag, kept while the search index is the same."""

from __future__ import annotations

import gzip
import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ckan.lib.plugins import get_permission_labels
from ckan.lib.redis import connect_to_redis
from ckan.plugins import toolkit as tk
from ckan.types import Context
from redis.exceptions import RedisError

from ... import config
from ..serializer import Serializer
from ..syntaxes import SYNTAXES, Syntax, canonical
from . import dump, query
from .document import Document
from .fragments import fragments, setting
from .state import index_state

log = logging.getLogger(__name__)

SECONDS = 600
"""A page is kept for as long; one of an index that has changed since is never asked for again."""
PARAMETERS = (*query.FILTERS, "after", "page")
LEVEL = 4
MARK = 32
HEAD = (
    "ckan.site_title",
    "ckan.site_description",
    "ckanext.orden.dcat.publisher_name",
    "ckanext.orden.dcat.publisher_uri",
)
"""Options that the catalogue's own description depends on."""


@dataclass(frozen=True)
class Answer:
    """A document, compressed by gzip, and the mark of its content."""

    mark: str
    zipped: bytes

    @classmethod
    def of(cls, body: str) -> Answer:
        """Marked by its text."""
        return cls._marked(body, body)

    @classmethod
    def of_graph(cls, body: str, syntax: Syntax) -> Answer:
        """Marked by its triples: ckanext-dcat's serialisers write the same graph in another order each time."""
        return cls._marked(body, f"{syntax.name}\n{canonical(body.encode(), syntax)}")

    @classmethod
    def _marked(cls, body: str, said: str) -> Answer:
        zipped = gzip.compress(body.encode(), LEVEL, mtime=0)
        return cls(hashlib.sha256(said.encode()).hexdigest()[:MARK], zipped)

    @property
    def body(self) -> bytes:
        return gzip.decompress(self.zipped)


def answer(context: Context, params: Mapping[str, Any], format_: str) -> Answer:
    """The page that the parameters ask for in a format of SYNTAXES, for whoever the context names."""
    asked = {name: str(params[name]) for name in PARAMETERS if params.get(name)}
    name = _name(context, asked, format_)
    kept = _kept(name)
    if kept is None:
        kept = _page(context, asked, format_)
        _keep(name, kept)
    return kept


def _page(context: Context, asked: Mapping[str, str], format_: str) -> Answer:
    page = query.find(context, asked)
    around = query.paging(page, format_, asked)
    serializer = Serializer(profiles=asked["profiles"].split(",") if "profiles" in asked else None)
    if not serializer.is_ours or tk.asbool(tk.config.get("ckanext.dcat.expose_subcatalogs", False)):
        found = query.datasets(entry.id for entry in page.entries)
        body = serializer.serialize_catalog({}, found, _format=format_, pagination_info=around)
        return Answer.of_graph(body, SYNTAXES[format_])
    about = {"distributions": dump.as_distributions(dump.current())}
    head = serializer.serialize_catalog(about, [], _format="nt", pagination_info=around)
    pieces: list[str] = []
    document = Document(head, SYNTAXES[format_], str(config.dcat_namespace()), pieces.append)
    document.add(fragments(page.entries, SYNTAXES[format_]).values())
    document.end()
    return Answer.of("".join(pieces))


def _name(context: Context, asked: Mapping[str, str], format_: str) -> str:
    """What a page depends on, in a word; empty if the index does not tell its state."""
    state = index_state()
    if not state:
        return ""
    head = [tk.config.get(option) for option in HEAD]
    depends_on = [state, setting(), head, dump.current().made_at, _labels(context), format_, asked]
    said = json.dumps(depends_on, sort_keys=True)
    return f"orden:dcat:page:{hashlib.sha256(said.encode()).hexdigest()}"


def _labels(context: Context) -> list[str]:
    """The kinds of datasets that the asking person may see."""
    if context.get("ignore_auth"):
        return ["*"]
    user = context.get("auth_user_obj") or tk.current_user
    return ["*"] if getattr(user, "sysadmin", False) else sorted(get_permission_labels().get_user_dataset_labels(user))


def _kept(name: str) -> Answer | None:
    if not name:
        return None
    try:
        found = connect_to_redis().get(name)
    except RedisError:
        return None
    return Answer(found[:MARK].decode(), found[MARK:]) if isinstance(found, bytes) else None


def _keep(name: str, page: Answer) -> None:
    if not name:
        return
    try:
        connect_to_redis().set(name, page.mark.encode() + page.zipped, ex=SECONDS)
    except RedisError as error:
        log.warning("A page of the catalogue is not kept: %s", error)
