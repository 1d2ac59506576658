"""A municipality with a dataset whose files lie on a server of ours or in the storage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from ckan import model
from ckan.lib import jobs as queues
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckanext.orden.metadata.tables.standards import standard
from ckanext.orden.tables.jobs import QUEUE
from ckanext.orden.tables.model import TableReport
from fetching.server import Server, reply
from werkzeug.datastructures import FileStorage

Act = Callable[..., Any]
Make = Callable[..., dict[str, Any]]


def toilets(*rows: dict[str, str]) -> bytes:
    """Public toilets by the standard; a row without change is right."""
    found = standard("std-v3/13")
    assert found
    good = {"全国地方公共団体コード": "272035", "ID": "1", "名称": "本町公園", "設置位置": "北側"}
    good |= {"所在地_連結表記": "大阪府豊中市本町1丁目1番1号", "緯度": "34.78", "経度": "135.47"}
    names = [column.name for column in found.columns]
    lines = [names, *([{**good, **row}.get(name, "") for name in names] for row in rows or ({},))]
    return "\r\n".join(",".join(cells) for cells in lines).encode("cp932")


PERSONS = "申請者氏名,生年月日,携帯\n山田 太郎,1980-04-01,090-1234-5678\n".encode()


@pytest.fixture()
def act(clean_db: None) -> Act:
    """Calls an action as the site's own user, each time in a context of its own."""
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]

    def call(action: str, **data: Any) -> Any:
        return tk.get_action(action)({"user": user, "ignore_auth": True}, data)

    return call


@pytest.fixture()
def server(ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A local publisher that the operator has allowed."""
    running = Server()
    monkeypatch.setitem(ckan_config, "ckanext.orden.fetching.allowed_private_hosts", [running.host])
    yield running
    running.close()


@pytest.fixture()
def editor(clean_db: None) -> dict[str, Any]:
    return factories.UserWithToken()


@pytest.fixture()
def toyonaka(editor: dict[str, Any]) -> dict[str, Any]:
    members = [{"name": editor["name"], "capacity": "editor"}]
    return factories.Organization(name="toyonaka", title="豊中市", orden_org_kind="public", users=members)


@pytest.fixture()
def make(act: Act, toyonaka: dict[str, Any], server: Server) -> Make:
    """A dataset of the municipality with one file on the server."""

    def made(content: bytes, name: str = "272035_public_toilet.csv", **more: Any) -> dict[str, Any]:
        server.answers[f"/{name}"] = reply(content, ETag='"1"')
        file = {"url": server.url(f"/{name}"), "name": "一覧", "format": "CSV"}
        dataset = {"name": "toilets", "title": "公衆トイレ", "notes": "一覧", "owner_org": toyonaka["id"]}
        return act("package_create", **{**dataset, "license_id": "CC-BY-4.0", "resources": [file], **more})

    return made


@pytest.fixture()
def uploaded(act: Act, toyonaka: dict[str, Any], ckan_config: Any, tmp_path: Path, monkeypatch: Any) -> Make:
    """A dataset of the municipality with one file in the storage."""
    monkeypatch.setitem(ckan_config, "ckan.storage_path", str(tmp_path))

    def made(content: bytes, name: str = "272035_public_toilet.csv") -> dict[str, Any]:
        dataset = act("package_create", name="stored", title="公衆トイレ", notes="一覧", owner_org=toyonaka["id"])
        upload = FileStorage(BytesIO(content), filename=name)
        act("resource_create", package_id=dataset["id"], upload=upload, url=name, name="一覧", format="CSV")
        return act("package_show", id=dataset["id"])

    return made


@pytest.fixture()
def waiting() -> Iterator[Callable[[], list[str]]]:
    """The datasets that wait for a worker."""
    queue = queues.get_queue(QUEUE)
    queue.empty()
    yield lambda: [dataset_id for job in queue.jobs for dataset_id in job.args[0]]
    queue.empty()


def row(resource_id: str) -> TableReport | None:
    """The stored report, as the database has it now."""
    model.Session.expire_all()
    return TableReport.of(resource_id)
