"""A clerk at the short form, with a storage for the files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp

from .desk import Desk


@pytest.fixture()
def storage(ckan_config: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """The folder of uploaded files."""
    monkeypatch.setitem(ckan_config, "ckan.storage_path", str(tmp_path))
    yield tmp_path


@pytest.fixture()
def clerk(toyonaka: dict[str, Any]) -> dict[str, Any]:
    """A user who may register datasets of one organisation."""
    user = factories.UserWithToken()
    capacity = {"id": toyonaka["id"], "username": user["name"], "role": "editor"}
    tk.get_action("organization_member_create")({"ignore_auth": True, "user": user["name"]}, capacity)
    return user


@pytest.fixture()
def desk(app: CKANTestApp, clerk: dict[str, Any]) -> Desk:
    """The clerk's browser."""
    return Desk(app, {"Authorization": clerk["token"]})
