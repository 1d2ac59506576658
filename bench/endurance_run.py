"""`python -m bench.endurance_run source FEED` or `… count SOURCE N` in the site's environment.

The first makes a source of the feed; the second says what the catalogue has of it. Each prints one JSON object.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections import Counter
from typing import Any

from ckan import model
from ckan.cli import load_config
from ckan.config.middleware import make_app
from ckan.lib.search.common import make_connection
from ckan.plugins import toolkit as tk
from sqlalchemy import text

from .feed import Feed
from .harvest_run import new_source

RUN = "endurance"
ROWS = 1000


def source(feed: str) -> dict[str, Any]:
    made = new_source("orden_dcat", feed, RUN)
    return {"name": tk.get_action("harvest_source_show")({"ignore_auth": True}, {"id": made})["name"]}


def count(name: str, size: str) -> dict[str, Any]:
    """What the newest run says, and whether PostgreSQL and Solr have exactly the feed's titles."""
    stored = Counter(_rows("SELECT title FROM package WHERE type = 'dataset' AND state = 'active'"))
    indexed = Counter(_indexed())
    expected = Counter(record["title"] for record in Feed(int(size)).records(RUN))
    run = tk.get_action("orden_harvest_run_show")({"ignore_auth": True}, {"id": name})
    doubled = sum(number - 1 for number in stored.values())
    whole = stored == indexed == expected and run["state"] == "finished"
    return {
        "the run ended as": run["state"],
        "counts": ", ".join(f"{number} {key}" for key, number in run["counts"].items() if number),
        "runs": len(_rows("SELECT job_id FROM orden_harvest_run")),
        "in PostgreSQL, in Solr": f"{stored.total()}, {indexed.total()}",
        "doubled, missing": f"{doubled}, {(expected - stored).total()}",
        "complete and correct": "yes" if whole else "no",
    }


def _rows(query: str) -> list[str]:
    return list(model.Session.execute(text(query)).scalars())


def _indexed() -> list[str]:
    """The titles in Solr, walked by cursor: pysolr fetches the next page as soon as one ends."""
    solr = make_connection()
    solr.commit(waitSearcher=True)
    query = {
        "q": "entity_type:package AND dataset_type:dataset",
        "fl": "id,title",
        "rows": ROWS,
        "sort": "index_id asc",
    }
    return [document["title"] for document in solr.search(**query, cursorMark="*")]


def main(task: str, *arguments: str) -> None:
    app = make_app(load_config(os.environ["CKAN_INI"]))
    logging.disable(logging.WARNING)
    with app._wsgi_app.test_request_context(tk.config["ckan.site_url"]):  # pyright: ignore[reportAttributeAccessIssue]
        print(json.dumps({"source": source, "count": count}[task](*arguments), default=str))


if __name__ == "__main__":
    main(*sys.argv[1:])
