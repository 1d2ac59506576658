"""Fixtures that every room's tests share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ckan.cli.db import _resolve_alembic_config
from ckan.plugins import toolkit as tk
from ckan.tests import factories


def has_tables(plugin: str) -> bool:
    return Path(_resolve_alembic_config(plugin)).exists()


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
