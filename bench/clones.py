"""Fill a site with N more datasets, written set-wise: `python -m bench.clones N` in the site's environment.

They belong to organisations of their own, and are in the search index.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import uuid
from datetime import datetime
from typing import Any

from ckan import model
from ckan.cli import load_config
from ckan.config.middleware import make_app
from ckan.lib.search import rebuild
from ckan.plugins import toolkit as tk
from sqlalchemy import insert

from .feed import BODIES, NOTES, TOPICS
from .harvest_run import context

BATCH = 1000
MOMENT = datetime(2026, 4, 1)


def organizations() -> list[str]:
    names = {f"clones{number}": body for number, body in enumerate(BODIES)}
    made = (tk.get_action("organization_create")(context(), {"name": name, "title": names[name]}) for name in names)
    return [organization["id"] for organization in made]


def rows(numbers: range, owners: list[str]) -> dict[Any, list[dict[str, Any]]]:
    """The rows of some datasets by table."""
    packages, resources, members = [], [], []
    for number in numbers:
        body, topic, year = BODIES[number % 10], TOPICS[number % 12], 1 + number % 8
        name, owner = str(uuid.uuid4()), owners[number % len(owners)]
        notes = NOTES.format(body=body, topic=topic, year=year)
        title = f"{body} {topic} 令和{year}年度 その{number}"
        common = {"state": "active", "metadata_modified": MOMENT}
        packages.append(
            {"id": name, "name": f"clone-{number:06d}", "title": title, "notes": notes, "type": "dataset"}
            | {"owner_org": owner, "private": False, "license_id": "CC-BY-4.0", **common}
        )
        resources += [
            {
                "id": str(uuid.uuid4()),
                "package_id": name,
                "url": f"https://clone.example.jp/{number}.{kind}",
                "name": kind,
            }
            | {"format": kind.upper(), "position": position, "state": "active"}
            for position, kind in enumerate(("csv", "json"))
        ]
        members.append(
            {"id": str(uuid.uuid4()), "table_name": "package", "table_id": name, "group_id": owner}
            | {"capacity": "organization", "state": "active"}
        )
    return {model.package_table: packages, model.resource_table: resources, model.member_table: members}


def fill(size: int) -> None:
    """Write the datasets and index them."""
    owners = organizations()
    for start in range(0, size, BATCH):
        for table, values in rows(range(start, min(size, start + BATCH)), owners).items():
            model.Session.execute(insert(table), values)
        model.Session.commit()
    rebuild(defer_commit=True, force=True, quiet=True)


def main(size: int) -> None:
    app = make_app(load_config(os.environ["CKAN_INI"]))
    logging.disable(logging.WARNING)
    with app._wsgi_app.test_request_context(tk.config["ckan.site_url"]):  # pyright: ignore[reportAttributeAccessIssue]
        fill(size)
        print(json.dumps({"datasets": size}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
