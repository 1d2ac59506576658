"""Fixtures that every room's tests share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ckan import plugins as p
from ckan.cli.db import _resolve_alembic_config
from ckan.plugins import core
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp


def has_tables(plugin: str) -> bool:
    return Path(_resolve_alembic_config(plugin)).exists()


@pytest.fixture()
def with_plugins(ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The plugins that `ckan.plugins` names; they are loaded anew only after a test that had others.

    CKAN's fixture of this name loads and unloads them for each test, which takes most of a short test's time.
    """
    wanted = tk.aslist(ckan_config["ckan.plugins"])
    monkeypatch.setitem(ckan_config, "ckan.plugins", wanted)
    if wanted != core._PLUGINS:
        p.load_all()


@pytest.fixture(scope="session")
def applications() -> dict[str, Any]:
    """The Flask applications made so far, by what they were made from."""
    return {}


@pytest.fixture()
def app(
    request: pytest.FixtureRequest, make_app: Callable[[], CKANTestApp], applications: dict[str, Any]
) -> CKANTestApp:
    """A browser on CKAN's application, which is made once for each set of options that tests ask for."""
    marks = [(mark.args, mark.kwargs) for mark in request.node.iter_markers("ckan_config")]
    key = repr((tk.config["ckan.plugins"], marks))
    if key not in applications:
        applications[key] = make_app().app
    tk.config["testing"] = True
    return CKANTestApp(applications[key])


@pytest.fixture(scope="session")
def migrated() -> set[str]:
    """The plugins whose tables this run has made already; emptying the tables keeps them."""
    return set()


@pytest.fixture()
def clean_db(
    reset_db: Callable[[], None], migrate_db_for: Callable[[str], None], with_plugins: None, migrated: set[str]
) -> None:
    """CKAN's empty database, with the tables of every plugin that is on."""
    reset_db()
    for plugin in set(tk.config["ckan.plugins"]) - migrated:
        if has_tables(plugin):
            migrate_db_for(plugin)
        migrated.add(plugin)


@pytest.fixture()
def sysadmin() -> dict[str, Any]:
    """A system administrator with an API token under `token`."""
    return factories.SysadminWithToken()


@pytest.fixture()
def auth(sysadmin: dict[str, Any]) -> dict[str, str]:
    """The request headers of that administrator."""
    return {"Authorization": sysadmin["token"]}
