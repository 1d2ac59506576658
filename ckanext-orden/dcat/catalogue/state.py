"""What the search index is in at the moment: all that is made of it is good as long as that stays the same."""

from __future__ import annotations

import json
import logging

import pysolr
from ckan.lib.search.common import make_connection

log = logging.getLogger(__name__)


def index_state() -> str:
    """The version of the index that searches see now; it changes with each commit."""
    try:
        told = make_connection()._send_request("get", "admin/luke?numTerms=0&show=index&wt=json")
        index = json.loads(told)["index"]
    except (pysolr.SolrError, KeyError, ValueError) as error:
        log.warning("Pages of the catalogue are not kept, because Solr does not tell the state of its index: %s", error)
        return ""
    return f"{index['userData'].get('commitTimeMSec', '')}.{index['version']}"
