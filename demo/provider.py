"""How a provider registers its datasets from its own systems: a recipe in plain `ckanapi`.

Copy this file, replace `demo`'s records by your own and give it your organisation's API token:

    site = RemoteCKAN("https://odpo.example.jp", apikey="...")
    register(site, {"name": "my-company-traffic", "owner_org": "my-company", "title": "...", "resources": [...]})

It may run every night: what has not changed is not written.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from ckanapi import NotFound

Record = dict[str, Any]


class Site(Protocol):
    """A `RemoteCKAN` or `LocalCKAN`."""

    action: Any


@dataclass
class Tally:
    """What a run did."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0

    def add(self, other: "Tally") -> None:
        """Count in another run."""
        self.created += other.created
        self.updated += other.updated
        self.unchanged += other.unchanged


def register(site: Site, wanted: Record, tally: Tally) -> Record:
    """Create the dataset, update it when it differs, leave it alone when it does not."""
    try:
        shown = site.action.package_show(id=wanted["name"])
    except NotFound:
        tally.created += 1
        return site.action.package_create(**wanted)
    named = shown | {"owner_org": shown["organization"]["name"]}
    if holds(named, wanted | {"resources": _linked(shown, wanted)}):
        tally.unchanged += 1
        return shown
    tally.updated += 1
    return site.action.package_patch(id=shown["id"], **wanted | {"resources": _merged(shown, wanted)})


def upload(site: Site, dataset: Record, resource: Record, content: Path, tally: Tally) -> None:
    """Upload a file as a resource, once: a resource of that name and size is left alone."""
    known = {shown["name"]: shown for shown in dataset.get("resources", [])}
    shown = known.get(resource["name"])
    if shown and shown.get("size") == content.stat().st_size:
        return
    action = site.action.resource_patch if shown else site.action.resource_create
    target = {"id": shown["id"]} if shown else {"package_id": dataset["id"]}
    with content.open("rb") as file:
        action(**target, **resource, upload=file)
    tally.updated += 1


def holds(shown: Any, wanted: Any) -> bool:
    """Whether what the site shows says all that we want to say; what the site adds does not count."""
    if isinstance(wanted, dict):
        return isinstance(shown, dict) and all(holds(shown.get(key), value) for key, value in wanted.items())
    if isinstance(wanted, list):
        return (
            isinstance(shown, list)
            and len(shown) == len(wanted)
            and all(map(holds, sorted(shown, key=_label), sorted(wanted, key=_label)))
        )
    return str(shown) == str(wanted)


def _label(item: Any) -> str:
    return str(item.get("name", "")) if isinstance(item, dict) else str(item)


def _linked(shown: Record, wanted: Record) -> list[Record]:
    uploaded = [{"name": resource["name"]} for resource in shown["resources"] if resource.get("url_type") == "upload"]
    return [*wanted["resources"], *uploaded]


def _merged(shown: Record, wanted: Record) -> list[Record]:
    ids = {resource["name"]: resource["id"] for resource in shown["resources"]}
    kept = [resource for resource in shown["resources"] if resource.get("url_type") == "upload"]
    return [
        *kept,
        *(
            {**resource, "id": ids[resource["name"]]} if resource["name"] in ids else resource
            for resource in wanted["resources"]
        ),
    ]
