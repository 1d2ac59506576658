"""An organisation with an editor, lists to hand in, and counters of what was written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from metadata.lists import NEW_ROW, table
from sqlalchemy import text

Act = Callable[..., Any]
CATALOGUE = ("package", "resource", "activity", "tag", "package_tag", "member", "orden_report")


@pytest.fixture
def editor() -> dict[str, Any]:
    return factories.UserWithToken(name="clerk")


@pytest.fixture
def organization(editor: dict[str, Any]) -> dict[str, Any]:
    """堺市, where the clerk is an editor."""
    users = [{"name": editor["name"], "capacity": "editor"}]
    return factories.Organization(
        name="sakai", title="堺市", users=users, orden_org_kind="public", orden_municipality="271403"
    )


@pytest.fixture
def act(organization: dict[str, Any], editor: dict[str, Any]) -> Act:
    """Calls an action as the clerk."""
    return lambda action, **data: tk.get_action(action)({"user": editor["name"]}, data)


@pytest.fixture
def preview(act: Act) -> Act:
    """Hands in a list of the new form; returns the upload with its rows."""
    return lambda *rows, **data: act("orden_list_preview", organization="sakai", text=table("new", rows), **data)


@pytest.fixture
def apply(act: Act, preview: Act) -> Act:
    """Hands in a list and applies it; returns the upload."""
    return lambda *rows, **data: act("orden_list_apply", id=preview(*rows, **data)["id"])


def row(number: int, **cells: str) -> dict[str, str]:
    """A row of the new form with an identifier, title and address of its own."""
    own = {
        "データセット_ID": f"{number:04d}",
        "データセット_タイトル": f"公衆トイレ一覧{number}",
        "データセット_サブタイトル": "",
        "ファイル_ダウンロードURL": f"https://www.city.example.jp/{number}.csv",
    }
    return {**NEW_ROW, **own, **cells}


def shown(**found: Any) -> list[dict[str, Any]]:
    """The organisation's datasets by title, from the database."""
    query = model.Session.query(model.Package.id).filter_by(type="dataset", state="active", **found)
    ids = [row.id for row in query.order_by(model.Package.title)]
    return [tk.get_action("package_show")({"ignore_auth": True, "use_cache": False}, {"id": id}) for id in ids]


def written(tables: Iterable[str] = CATALOGUE) -> Mapping[str, list[tuple[Any, ...]]]:
    """Every row of these tables with its system version: an update, even to the same value, shows."""
    model.Session.rollback()
    key = {"orden_report": "package_id"}
    found = {}
    for name in tables:
        query = f'SELECT xmin::text, {key.get(name, "id")} FROM "{name}"'  # noqa: S608
        found[name] = sorted(map(tuple, model.Session.execute(text(query))))
    return found
