"""Fixtures that every room's tests share."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import freezegun
import pytest
from ckan import model
from ckan import plugins as p
from ckan.cli.db import _resolve_alembic_config
from ckan.model import user
from ckan.plugins import core
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp
from sqlalchemy import text
from sqlalchemy.orm import close_all_sessions

# It makes its thousands of models when they are looked at, as freezegun does with all that is loaded.
freezegun.configure(extend_ignore_list=["schema_org"])

EMPTY = """
DO $$
DECLARE name text;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename !~ 'alembic_version$' LOOP
        EXECUTE format('DELETE FROM %I', name);
    END LOOP;
END $$
"""


def pytest_configure(config: pytest.Config) -> None:
    """Each worker of pytest-xdist has a stack of its own."""
    worker: str | None = getattr(config, "workerinput", {}).get("workerid")
    if worker:
        stacks: list[dict[str, str]] = json.loads(os.environ.get("ORDEN_TEST_STACKS", "[]"))
        number = int(worker.removeprefix("gw"))
        if number >= len(stacks):
            raise pytest.UsageError("each worker needs a stack: only `./orden test` without arguments shares tests out")
        os.environ.update(stacks[number])


def pytest_collection_finish() -> None:
    """CKAN's pytest plugin lets tests begin without plugins; to the workers of pytest-xdist it does not come."""
    p.unload_all()


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Accounts whose passwords need no strength, without CKAN's 25,000 rounds for each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(user, "pbkdf2_sha512", user.pbkdf2_sha512.using(rounds=1))
        yield


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
    """CKAN's empty database, with the tables of every plugin that is on.

    CKAN asks of each table whether it is there and empties it with its references looked after; one statement does.
    """
    close_all_sessions()
    model.Session.remove()  # a test's session may hold objects that it never committed
    if not model.repo.tables_created_and_initialised:
        reset_db()
    for plugin in set(tk.config["ckan.plugins"]) - migrated:
        if has_tables(plugin):
            migrate_db_for(plugin)
        migrated.add(plugin)
    model.Session.execute(text(EMPTY))
    model.Session.commit()
    model.Session.remove()


@pytest.fixture()
def sysadmin() -> dict[str, Any]:
    """A system administrator with an API token under `token`."""
    return factories.SysadminWithToken()


@pytest.fixture()
def auth(sysadmin: dict[str, Any]) -> dict[str, str]:
    """The request headers of that administrator."""
    return {"Authorization": sysadmin["token"]}
