"""A catalogue with an open and a hidden dataset, visitors with a browser, and nothing counted yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from ckan import model
from ckan.lib.search.common import make_connection
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp
from ckanext.orden import counting
from ckanext.orden.use import keeping, statistics
from ckanext.orden.use.model import UseCount
from ckanext.orden.use.visits import SUBJECT

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
ELSEWHERE = "https://files.example.jp/shelters.csv"
Get = Callable[..., Any]


@pytest.fixture
def nothing_counted(clean_db: None) -> Iterator[None]:
    for forget in (statistics.forget, lambda: counting.forget(SUBJECT)):
        forget()
    yield
    for forget in (statistics.forget, lambda: counting.forget(SUBJECT)):
        forget()


@pytest.fixture
def catalogue(nothing_counted: None, clean_index: None) -> dict[str, dict[str, Any]]:
    """The datasets by their names."""
    organization = factories.Organization(name="toyonaka", title="豊中市", orden_org_kind="public")
    made = {}
    for name, private in (("open", False), ("other", False), ("hidden", True)):
        file = {"name": "避難所", "format": "CSV", "url": ELSEWHERE}
        fields = {"title": f"避難所 {name}", "notes": "一覧です。", "private": private, "resources": [file]}
        made[name] = factories.Dataset(name=name, owner_org=organization["id"], **fields)
    make_connection().commit()
    return made


@pytest.fixture
def get(app: CKANTestApp) -> Get:
    """Opens a page as somebody with a browser and no account, and follows no redirect."""

    def opened(path: str, status: int = 200, **headers: str) -> Any:
        sent = {"User-Agent": BROWSER, **{name.replace("_", "-"): value for name, value in headers.items()}}
        return app.get(path, headers=sent, status=status, follow_redirects=False)

    return opened


def change(action: str, **data: Any) -> Any:
    """Has the site's own user do something."""
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    return tk.get_action(action)({"user": user, "ignore_auth": True}, data)


def kept() -> dict[str, tuple[int, int]]:
    """Views and downloads of all days, by the names of datasets, once the minute has passed."""
    keeping.collect()
    names = {package.id: package.name for package in model.Session.query(model.Package)}
    found: dict[str, tuple[int, int]] = {}
    for row in model.Session.query(UseCount):
        views, downloads = found.get(names[row.package_id], (0, 0))
        found[names[row.package_id]] = (views + row.views, downloads + row.downloads)
    return found


def file_of(dataset: dict[str, Any]) -> str:
    """The address of a dataset's file on this site."""
    return f"/dataset/{dataset['name']}/resource/{dataset['resources'][0]['id']}/download"
