"""The report of a dataset: stored once, replaced, gone with its dataset."""

from __future__ import annotations

from typing import Any, cast

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckan.types import Context
from ckanext.orden.model import OrdenReport
from ckanext.orden.types import Issue, Report

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
WRONG = Issue("licence.missing", "error", "license_id", {"ja": "ありません。", "en": "Missing."})


@pytest.fixture()
def dataset(toyonaka: dict[str, Any]) -> dict[str, Any]:
    return factories.Dataset(owner_org=toyonaka["id"], notes="説明")


@pytest.fixture()
def toyonaka(clean_db: None) -> dict[str, Any]:
    return factories.Organization()


def site(**changes: Any) -> Context:
    return cast(Context, {"ignore_auth": True, "user": "", **changes})


def store(dataset: dict[str, Any], report: Any, **context: Any) -> dict[str, Any]:
    return tk.get_action("orden_report_update")(site(**context), {"id": dataset["id"], "report": report})


def show(dataset: dict[str, Any], **context: Any) -> dict[str, Any]:
    return tk.get_action("orden_report_show")(site(**context), {"id": dataset["name"]})


def test_stored_report_is_shown_and_replaced(dataset: dict[str, Any]) -> None:
    store(dataset, Report((WRONG,), "subject", "odpo", 3))
    shown = show(dataset)
    assert (shown["valid"], shown["errors"], shown["checked"], shown["level"]) == (False, 1, 3, "odpo")
    assert shown["issues"][0]["message"]["ja"] == "ありません。"
    store(dataset, {key: shown[key] for key in ("subject", "level", "checked")} | {"issues": []})
    assert show(dataset)["valid"]
    assert model.Session.query(OrdenReport).count() == 1


def test_deferred_report_is_committed_by_the_caller(dataset: dict[str, Any]) -> None:
    store(dataset, Report((WRONG,)))
    store(dataset, Report(), defer_commit=True)
    model.Session.rollback()
    assert show(dataset)["errors"] == 1


def test_report_goes_with_its_dataset(dataset: dict[str, Any]) -> None:
    store(dataset, Report((WRONG,)))
    tk.get_action("dataset_purge")(site(), {"id": dataset["id"]})
    assert model.Session.query(OrdenReport).count() == 0


@pytest.mark.parametrize("value", [None, 3, "text", {}, {"issues": [{"code": "x"}]}, {"issues": 3}, []])
def test_odd_report_is_an_error(dataset: dict[str, Any], value: Any) -> None:
    with pytest.raises(tk.ValidationError):
        store(dataset, value)


def test_unknown_dataset_is_not_found(toyonaka: dict[str, Any]) -> None:
    with pytest.raises(tk.ObjectNotFound):
        show({"name": "nothing"})
    with pytest.raises(tk.ObjectNotFound):
        store({"id": "nothing"}, Report())


def test_private_dataset_keeps_its_report(toyonaka: dict[str, Any]) -> None:
    private = factories.Dataset(owner_org=toyonaka["id"], notes="説明", private=True)
    with pytest.raises(tk.NotAuthorized):
        show(private, ignore_auth=False)
    editor = factories.User()["name"]
    with pytest.raises(tk.NotAuthorized):
        store(private, Report(), ignore_auth=False, user=editor)
