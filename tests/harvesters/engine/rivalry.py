"""Two sources with the same dataset, and whose it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ckan import model
from ckan.lib.search.common import make_connection
from ckan.plugins import toolkit as tk
from ckanext.harvest.model import HarvestObject
from ckanext.orden.harvesters.model import HarvestRecord, HarvestRun
from ckanext.orden.harvesters.planning import plans

from ..conftest import acting, row, shown
from ..feeds import package, search

SEARCH = "/api/3/action/package_search"
PAGE = "https://www.city.example.jp/aed"
FIRST = package(1, title="AED設置箇所　一覧", url=PAGE)


class Sources:
    """Sources by name, each with the records that it publishes at this moment."""

    def __init__(self, server: Any, make_source: Callable[..., str], harvest: Callable[..., HarvestRun]) -> None:
        self._server, self._make, self._harvest = server, make_source, harvest
        self.ids: dict[str, str] = {}

    def add(self, name: str, priority: int, *records: dict[str, Any]) -> None:
        self.publish(name, *records)
        self.ids[name] = self._make(self._server.url(f"/{name}"), name=name)
        self.prefer(name, priority)

    def publish(self, name: str, *records: dict[str, Any]) -> None:
        self._server.answers[f"/{name}{SEARCH}"] = search(list(records))

    def prefer(self, name: str, priority: int) -> None:
        plans.change(self.ids[name], priority=priority)
        model.Session.commit()

    def run(self, name: str, hours: float = 0) -> HarvestRun:
        return self._harvest(self.ids[name], hours=hours)

    def record(self, name: str, guid: str = package(1)["id"]) -> HarvestRecord:
        return row(HarvestRecord, (self.ids[name], guid))

    def listed(self, name: str, **asked: Any) -> list[dict[str, Any]]:
        asked = {"id": self.ids[name], **asked}
        return tk.get_action("orden_harvest_record_list")(acting(), asked)["records"]

    def code(self, name: str) -> str:
        """Of what the one record of the source has to say."""
        (record,) = self.listed(name)
        return record["issues"][0]["code"]


def other(number: int = 101, **changes: Any) -> dict[str, Any]:
    """The first record as another catalogue has it: its own identifier, the same page and title."""
    return package(number, title="ＡＥＤ設置箇所 一覧", url=f"{PAGE}/", **changes)


ALIKE = {"identifier": package(1, title="別の題"), "page and title": other()}


def owner(title: str = "") -> tuple[str, str]:
    """The source of the only dataset there is, as the table and as the search index have it."""
    (dataset,) = shown()
    assert title in ("", dataset["title"])
    record: Any = model.Session.query(HarvestRecord).filter_by(dataset_id=dataset["id"]).one()
    current: Any = model.Session.query(HarvestObject).filter_by(package_id=dataset["id"], current=True).one()
    assert current.harvest_source_id == record.source_id
    make_connection().commit(waitSearcher=True)
    (document,) = tk.get_action("package_search")({}, {"q": "*:*"})["results"]
    extras = {extra["key"]: extra["value"] for extra in document["extras"]}
    assert (document["id"], document["title"]) == (dataset["id"], dataset["title"])
    names = {source.id: source.name for source in model.Session.query(model.Package).filter_by(type="harvest")}
    return names[record.source_id], names[extras["harvest_source_id"]]
