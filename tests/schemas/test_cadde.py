"""The action that gives a dataset in CADDE's words."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests import factories, helpers
from ckanext.orden.metadata.mapping.ckan_package import dataset

Act = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


def test_dataset_is_given_in_caddes_words(act: Act, toilets: dict[str, Any], app: helpers.CKANTestApp) -> None:
    stored = act("package_create", **toilets, fee="free", theme=["ごみ"], orden_kind="public_toilet")
    answer = json.loads(app.get(f"/api/3/action/orden_schema_cadde_show?id={stored['name']}").text)["result"]
    extras = {extra["key"]: extra["value"] for extra in answer["package"]["extras"]}
    assert (extras["access_rights"], extras["fee"], extras["theme"]) == ("公開", "無償", "国土・気象")
    assert extras["publisher_name"] == "豊中市"
    assert extras["dataset_url"].endswith("/dataset/272035_public_toilet")
    assert answer["package"]["resources"][0]["mime_type"].endswith("/media-types/text/csv")
    assert [(issue["code"], issue["field"]) for issue in answer["issues"]] == [
        ("lossy.cadde", "orden_frequency_text"),
        ("lossy.cadde", "orden_kind"),
    ]
    again = dataset(answer["package"]).dataset
    assert {name: again[name] for name in ("title", "license_id", "frequency", "access_rights")} == {
        name: stored[name] for name in ("title", "license_id", "frequency", "access_rights")
    }


def test_private_dataset_is_for_its_organisation(act: Act, toilets: dict[str, Any]) -> None:
    act("package_create", **toilets, private=True)
    with pytest.raises(tk.NotAuthorized):
        tk.get_action("orden_schema_cadde_show")({"user": factories.User()["name"]}, {"id": toilets["name"]})
    with pytest.raises(tk.ObjectNotFound):
        act("orden_schema_cadde_show", id="nothing")
