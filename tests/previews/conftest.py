"""A city with a dataset whose files are stored on the site or lie elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckan.types import Context
from werkzeug.datastructures import FileStorage

Put = Callable[..., dict[str, Any]]


@pytest.fixture()
def put(clean_db: None, clean_index: None, ckan_config: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Put:
    """Registers one file: stored where it has content, else at the address given."""
    monkeypatch.setitem(ckan_config, "ckan.storage_path", str(tmp_path))
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    owner = factories.Organization(name="toyonaka", title="豊中市", image_url="", orden_org_kind="public")

    def act(name: str, data: dict[str, Any]) -> dict[str, Any]:
        return tk.get_action(name)(Context(user=user, ignore_auth=True), data)

    made: list[str] = []

    def registered(name: str, content: bytes | None = None, **fields: Any) -> dict[str, Any]:
        if not made:
            dataset = {"name": "parks", "title": "公園", "notes": "一覧です。", "owner_org": owner["id"]}
            made.append(act("package_create", {**dataset, "private": fields.pop("private", False)})["id"])
        upload = {} if content is None else {"upload": FileStorage(BytesIO(content), filename=name)}
        kind = name.rpartition(".")[2].upper()
        file = {"package_id": made[0], "url": name, "name": "公園の<b>案内</b>", "format": kind, **upload, **fields}
        return act("resource_create", file)

    return registered
