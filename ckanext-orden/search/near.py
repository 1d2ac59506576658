"""Datasets near a query, asked of Solr's `/orden-near` in one POST."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pysolr
from ckan import authz
from ckan.lib.plugins import get_permission_labels
from ckan.lib.search.common import make_connection
from ckan.lib.search.query import solr_literal
from ckan.plugins import toolkit as tk
from ckan.types import Context

from . import query
from .documents import MEANING
from .encoders import Encoder
from .words import own_words
from .words.lexicon import Variant

HANDLER = "/orden-near"
NEAREST = 100
"""How many are looked for by meaning; those that hold a word come beside."""
BEST = 3
"""How many of those that hold all the words tell what is meant."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Near:
    """A dataset and how near it is: its score in the ranking, and the cosine of its meaning (0 where it is far)."""

    id: str
    score: float
    cosine: float


@dataclass(frozen=True)
class Nearby:
    """What comes near a query, best first, and whether its words are `known`: of several, some dataset holds one."""

    datasets: list[Near]
    known: bool = True

    def answers(self, encoder: Encoder) -> bool:
        """Whether the nearest is likely to be what was looked for."""
        best = max((dataset.cosine for dataset in self.datasets), default=0.0)
        return best >= (encoder.answers if self.known else encoder.convinces)


def surely(typed: str, filters: Sequence[str], best: Sequence[str] = ()) -> list[list[int]]:
    """The vectors of the best datasets that hold all words of a query: surely meant (pseudo-relevance feedback).

    So toshokan is near what libraries are near to, whatever an encoder knows of the word.

    :param best: their ids where they are known already, the best first
    """
    if best:
        asked = {"q": f"id:({' OR '.join(map(solr_literal, best[:BEST]))})", "defType": "lucene"}
    else:
        asked = {**query.parameters({"q": typed}, own_words.variants), "q.op": "AND"}
    found = make_connection(decode_dates=False).search(**asked, fq=list(filters), rows=BEST, fl=MEANING)
    return [row[MEANING] for row in found if MEANING in row]


def near(
    typed: str, vector: Sequence[int], nearest: float, filters: Sequence[str], others: Sequence[Variant] = ()
) -> Nearby | None:
    """The datasets near a query and its vector; None where this Solr cannot tell.

    :param nearest: the cosine from which meaning counts
    :param filters: what the reader may see, as Solr's `fq`; nothing else counts among the nearest
    :param others: other words of the same meaning
    """
    words = query.words(typed)
    asked = {
        "words": " ".join(words),
        "any_of": query.any_of(words, others),
        "vector": str(vector),
        "qf": query.FIELDS,
        "q.op": "AND",
        "topK": NEAREST,
        "nearest": str((1 + nearest) / 2),
        "fq": list(filters),
        "whole": query.one_of(words, own_words.variants),
        "facet": str(len(words) > 1).lower(),
    }
    try:
        found = make_connection(decode_dates=False).search("", search_handler=HANDLER, **asked)
    except pysolr.SolrError as error:
        if query.too_much(error) and query.shorter(typed) != typed:
            return near(query.shorter(typed), vector, nearest, filters)
        log.warning("Solr does not answer what is near (an older configset?), search goes on by words alone: %s", error)
        return None
    datasets = [Near(row["id"], row["score"], max(0.0, 2 * row["near"] - 1)) for row in found]
    held = found.facets.get("facet_queries", {}).values()
    return Nearby(datasets, known=not held or any(held))


def visible(context: Context, search: Mapping[str, Any]) -> list[str]:
    """The filters of CKAN's `package_search` for this reader, without those the search itself asks for.

    The answer is searched once more with all of CKAN's filters; these keep what a reader may not see from
    taking the place of what he may.
    """
    filters = [f"+site_id:{solr_literal(tk.config['ckan.site_id'])}", "+entity_type:package", "+state:active"]
    if not tk.asbool(search.get("include_private") or False):
        filters.append("+capacity:public")
    user = context.get("user")
    if not (context.get("ignore_auth") or (user and authz.is_sysadmin(user))):
        labels = get_permission_labels().get_user_dataset_labels(context.get("auth_user_obj"))
        filters.append(f"+permission_labels:({' OR '.join(solr_literal(label) for label in labels)})")
    return filters


def led_by(first: Sequence[str], found: Sequence[Near]) -> list[Near]:
    """What was found near, after datasets that come first in any case."""
    top = max((dataset.score for dataset in found), default=0.0)
    leading = [Near(dataset, top + len(first) - place, 0.0) for place, dataset in enumerate(first)]
    return [*leading, *(dataset for dataset in found if dataset.id not in first)]


def in_order(found: Sequence[Near]) -> dict[str, Any]:
    """A search for just these datasets, in this order."""
    # Solr's queries know no exponents.
    clauses = (f'"{dataset.id}"^={dataset.score:.9f}' for dataset in found)
    return {"q": f"id:({' OR '.join(clauses)})", "defType": "lucene"}
