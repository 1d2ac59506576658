"""One organisation, one dataset, and a way to act as the site itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests import factories

Act = Callable[..., Any]


@pytest.fixture()
def act(clean_db: None) -> Act:
    """Calls an action as the site's own user."""
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]

    def call(action: str, **data: Any) -> Any:
        return tk.get_action(action)({"user": user, "ignore_auth": True}, data)

    return call


@pytest.fixture()
def toyonaka(clean_db: None) -> dict[str, Any]:
    """A municipality."""
    return factories.Organization(title="豊中市", orden_org_kind="public", orden_municipality="272035")


@pytest.fixture()
def toilets(toyonaka: dict[str, Any]) -> dict[str, Any]:
    """A dataset of that municipality, as a person would write it."""
    return {
        "name": "272035_public_toilet",
        "title": "豊中市 公衆トイレ一覧",
        "notes": "市内の公衆トイレの場所。",
        "owner_org": toyonaka["id"],
        "license_id": "CC BY 4.0",
        "frequency": "年1回",
        "access_rights": "公開",
        "resources": [{"url": "https://example.org/toilet.csv", "format": "ｃｓｖ", "name": "公衆トイレ"}],
    }
