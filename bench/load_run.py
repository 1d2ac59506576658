"""One site's part of `bench load`: `python -m bench.load_run DATASETS TAGS` fills it, `0 0` forgets kept vectors."""

from __future__ import annotations

import json
import logging
import os
import sys
import uuid
from collections.abc import Iterator
from itertools import islice, product
from typing import Any

from ckan import model
from ckan.cli import load_config
from ckan.config.middleware import make_app
from ckan.plugins import toolkit as tk
from ckanext.orden.metadata.vocabularies import municipalities, themes, wards
from ckanext.orden.model import OrdenMeaning
from sqlalchemy import insert

from .clones import BATCH, organizations, rows
from .feed import TOPICS

A_DATASET = 3
"""Tags on each dataset."""


def tag_names(many: int) -> list[str]:
    """Tags as cities make them: what it is, and what it is with a place."""
    places = [place.name for place in (*wards(), *reversed(municipalities()))]
    named: Iterator[str] = (f"{place}{topic}" for place, topic in product(places, TOPICS))
    return list(islice((*TOPICS, *dict.fromkeys(named)), many))


def fill(size: int, tags: list[str]) -> None:
    """Write datasets with tags, places and themes."""
    owners = organizations()
    ids = {name: str(uuid.uuid4()) for name in tags}
    model.Session.execute(insert(model.Tag), [{"id": ids[name], "name": name} for name in tags])
    for start in range(0, size, BATCH):
        numbers = range(start, min(size, start + BATCH))
        tables = rows(numbers, owners)
        packages = tables[model.package_table]
        for number, package in zip(numbers, packages, strict=True):
            package["extras"] = _extras(number)
        tables[model.PackageTag] = [
            {"id": str(uuid.uuid4()), "package_id": package["id"], "state": "active"}
            | {"tag_id": ids[tags[(number * A_DATASET + place) % len(tags)]]}
            for number, package in zip(numbers, packages, strict=True)
            for place in range(min(A_DATASET, len(tags)))
        ]
        for table, values in tables.items():
            model.Session.execute(insert(table), values)
        model.Session.commit()


def _extras(number: int) -> dict[str, Any]:
    place = municipalities()[number % len(municipalities())]
    return {"orden_municipality": place.code, "theme": json.dumps([themes()[number % len(themes())].iri])}


def main(size: int, many: int) -> None:
    app = make_app(load_config(os.environ["CKAN_INI"]))
    logging.disable(logging.WARNING)
    tags = tag_names(many)
    with app._wsgi_app.test_request_context(tk.config["ckan.site_url"]):  # pyright: ignore[reportAttributeAccessIssue]
        if size:
            fill(size, tags)
        else:
            OrdenMeaning.clear()
        print(json.dumps({"datasets": size}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
