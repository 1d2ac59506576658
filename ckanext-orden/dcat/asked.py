"""What is to be checked: a document, a dataset of this site, or all those of a source or an organisation."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Context
from ckanext.dcat.processors import RDFParser

from .. import config
from ..errors import SourceError
from ..fetching import Limits, fetch
from ..metadata.mapping.losses import losses
from ..types import Issue
from .catalogue.fragments import triples_of
from .catalogue.query import pages
from .checks import check_dataset, check_datasets, check_document
from .serializer import PROFILE, Serializer
from .validation import Checked
from .validation.problems import issue

SUBJECTS = ("content", "upload", "url", "id", "organization", "source")
RDF_TYPES = "text/turtle, application/rdf+xml, application/ld+json, application/n-triples;q=0.9, */*;q=0.1"
MOST_DATASETS = 1000
"""Datasets that somebody who waits may have checked."""
PAGE = 100
Dict = dict[str, Any]


def checked(context: Context, asked: Dict) -> Checked:
    """The check of the one subject that is given, as far as the user of the context may see it."""
    level = asked["level"]
    if asked.get("id"):
        return _dataset(context, asked["id"], level)
    if asked.get("organization") or asked.get("source"):
        return _datasets(context, asked, level)
    if asked.get("content"):
        return check_document(asked["content"].encode("utf-8", "surrogatepass"), level)
    if asked.get("upload"):
        upload = asked["upload"]
        return check_document(upload.read(config.dcat_max_bytes() + 1), level, subject=upload.filename or "")
    return _address(asked["url"], level)


def filters(context: Context, asked: Dict) -> tuple[Dict, str]:
    """How the datasets of a source or an organisation are searched for, and what it is called."""
    if asked.get("organization"):
        found = tk.get_action("organization_show")(Context(context), {"id": asked["organization"]})
        return {"organization": found["id"]}, found["title"] or found["name"]
    try:
        show = tk.get_action("harvest_source_show")
    except KeyError:
        raise tk.ObjectNotFound(tk._("This site does not harvest")) from None
    found = show(Context(context), {"id": asked["source"]})
    return {"fq": f"harvest_source_id:{found['id']}"}, found["title"] or found["name"]


def _address(url: str, level: str) -> Checked:
    try:
        body = fetch(url, accept=RDF_TYPES, limits=_network(config.dcat_max_bytes()), public_only=True).body
    except SourceError as error:
        return Checked.only(_unreachable(url, error), subject=url, level=level)
    return check_document(body, level, subject=url)


def _dataset(context: Context, dataset_id: str, level: str) -> Checked:
    dataset = tk.get_action("package_show")(context, {"id": dataset_id})
    serializer = Serializer(profiles=[PROFILE])
    subject = serializer.graph_from_dataset(dataset)
    return check_dataset(serializer.g, level, str(subject)).with_issues(losses("rdf", dataset, _read_back(serializer)))


def _datasets(context: Context, asked: Dict, level: str) -> Checked:
    params, title = filters(context, asked)
    entries, count = [], 0
    for page in pages(context, PAGE, params):
        entries += page.entries
        count = count or page.count
        if len(entries) >= MOST_DATASETS:
            break
    found = check_datasets(list(triples_of(entries[:MOST_DATASETS])), level, subject=title)
    if count > MOST_DATASETS:
        return found.with_issues(
            (replace(issue("dcat.more_datasets", found=count, limit=MOST_DATASETS), severity="info"),)
        )
    return found


def _read_back(serializer: Serializer) -> Dict:
    """The dataset that others read in what we write."""
    parser = RDFParser(profiles=[PROFILE])
    parser.g = serializer.g
    return next(iter(parser.datasets()), {})


def _network(size: int) -> Limits:
    """A person waits for the answer: short times, one try."""
    return Limits(total=20.0, read=10.0, wire_bytes=size, decoded_bytes=size, retries=0)


def _unreachable(url: str, error: SourceError) -> Issue:
    return Issue(
        code="source.unreachable",
        severity="error",
        field="",
        message={
            "ja": f"文書を取得できません: {error.texts['ja']}",
            "en": f"The document cannot be fetched: {error.texts['en']}",
        },
        hint={
            "ja": "URL をブラウザで開けるか、だれでも見られる場所かを確かめてください。",
            "en": "See that the address opens in a browser and that everybody may see it.",
        },
        where=url,
    )
