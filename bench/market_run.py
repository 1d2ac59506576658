"""The site's part of `bench market`: `python -m bench.market_run DATASETS ROUNDS`; prints one line of JSON."""

from __future__ import annotations

import json
import logging
import os
import sys
from datetime import datetime
from statistics import median
from time import perf_counter
from typing import Any

from ckan import model
from ckan.cli import load_config
from ckan.config.middleware import make_app
from ckan.lib.search import rebuild
from ckan.plugins import toolkit as tk
from ckanext.orden.market.model.offers import MarketOffer
from flask.testing import FlaskClient
from sqlalchemy import delete, insert

from .clones import fill

PAGES = {
    "search page": "/dataset/?q=令和",
    "dataset's page": "/dataset/clone-000001",
    "`package_search`, 20 hits": "/api/3/action/package_search?q=令和&rows=20",
    "`package_show`": "/api/3/action/package_show?id=clone-000001",
}
OFFER: dict[str, Any] = {
    "title": {"ja": "月額プラン", "en": "Monthly plan"},
    "kind": "listing",
    "price_mode": "subscription",
    "price": "50000",
    "currency": "JPY",
    "tax": "included",
    "period": "P1M",
    "minimum_term": "P6M",
    "delivery": ["api_pull", "file_recurring"],
    "contract": "license",
    "licence": "other-closed",
    "allowed_use": ["commercial", "research"],
    "forbidden_use": ["identification"],
    "resale": False,
    "regions": ["JP"],
    "licence_term": "P1Y",
    "seller": "見本データ株式会社",
    "buyers": "anyone",
    "inquiry": "form",
}
MOMENT = datetime(2026, 4, 1)
TURNS = 2
"""How often offers come and go: a process that grows faster meanwhile flatters neither side."""
WARM = 3
"""Rounds before each phase that do not count."""


def offer_all() -> None:
    """One published offer on each dataset."""
    datasets = [id_ for (id_,) in model.Session.query(model.Package.id).filter_by(type="dataset")]
    common = {"number": 1, "state": "published", "revision": 3, "content": OFFER, "listed": True, "published": MOMENT}
    rows = [{"id": f"o-{id_}", "series_id": f"o-{id_}", "package_id": id_, **common} for id_ in datasets]
    model.Session.execute(insert(MarketOffer), rows)
    model.Session.commit()
    rebuild(defer_commit=True, force=True, quiet=True)


def drop_all() -> None:
    """The datasets without their offers again."""
    model.Session.execute(delete(MarketOffer))
    model.Session.commit()
    rebuild(defer_commit=True, force=True, quiet=True)


def phase(client: FlaskClient, rounds: int) -> list[float]:
    """The median of each page in milliseconds, after some answers that do not count."""
    for page in PAGES.values():
        for _ in range(WARM):
            _asked(client, page)
    return [median(_asked(client, page) for _ in range(rounds)) for page in PAGES.values()]


def _asked(client: FlaskClient, page: str) -> float:
    begun = perf_counter()
    answer = client.get(page)
    taken = (perf_counter() - begun) * 1000
    if answer.status_code != 200:
        raise RuntimeError(f"{page} answered {answer.status}")
    return taken


def main(size: int, rounds: int) -> None:
    app = make_app(load_config(os.environ["CKAN_INI"]))
    logging.disable(logging.WARNING)
    with app._wsgi_app.test_request_context(tk.config["ckan.site_url"]):  # pyright: ignore[reportAttributeAccessIssue]
        fill(size)
    client = app._wsgi_app.test_client()  # pyright: ignore[reportAttributeAccessIssue]
    phases = {"without": [phase(client, rounds)], "with": []}
    for change, name in ((offer_all, "with"), (drop_all, "without")) * TURNS:
        with app._wsgi_app.test_request_context(tk.config["ckan.site_url"]):  # pyright: ignore[reportAttributeAccessIssue]
            change()
        phases[name].append(phase(client, rounds))
    measured = enumerate(PAGES)
    print(json.dumps({page: [[seen[at] for seen in found] for found in phases.values()] for at, page in measured}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
