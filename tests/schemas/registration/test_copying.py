"""A form that begins like another dataset."""

from __future__ import annotations

from typing import Any

import pytest
from ckan.tests import factories

from .desk import SMALL, Act, Desk

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "storage")


class TestCopy:
    @pytest.fixture()
    def old(self, act: Act, toilets: dict[str, Any]) -> dict[str, Any]:
        """A dataset to copy."""
        more = {
            "identifier": "272035-1",
            "issued": "2020-04-01",
            "theme": ["環境"],
            "contact": [{"name": "環境部", "email": "kankyo@example.org"}],
            "temporal_coverage": [{"start": "2024-04-01", "end": "2025-03-31"}],
            "tags": [{"name": "トイレ"}, {"name": "観光"}],
        }
        return act("package_create", **{**toilets, **more})

    def test_short_form_begins_like_another_dataset(self, desk: Desk, act: Act, old: dict[str, Any]) -> None:
        page = desk.open(f"/ja/dataset/register?copy={old['name']}")
        values = desk.values(page)
        assert values["title"] == old["title"]
        assert values["contact"] == "環境部 kankyo@example.org"
        assert "name" not in values and values["issued"] != "2020-04-01"
        assert desk.send(page, file=SMALL, title="豊中市 公衆トイレ一覧 2026").status_code == 302
        new = next(found for found in act("package_search")["results"] if found["id"] != old["id"])
        assert {tag["name"] for tag in new["tags"]} == {"トイレ", "観光"}
        assert (new["theme"], new["frequency"]) == (old["theme"], old["frequency"])

    def test_full_form_begins_like_another_dataset(self, desk: Desk, old: dict[str, Any]) -> None:
        page = desk.open(f"/ja/dataset/new?copy={old['name']}")
        values = dict(page.get_element_by_id("dataset-edit").form_values())
        assert values["title"] == old["title"]
        assert values["temporal_coverage-0-end"] == "2025-03-31"
        assert values["tag_string"] == "トイレ, 観光"
        assert not any(values.get(name) for name in ("name", "identifier", "issued", "pkg_name"))

    def test_hidden_dataset_is_not_copied(self, desk: Desk, act: Act, toilets: dict[str, Any]) -> None:
        other = factories.Organization()
        act("package_create", **{**toilets, "owner_org": other["id"], "private": True})
        desk.open(f"/dataset/register?copy={toilets['name']}", status=404)
        desk.open(f"/dataset/new?copy={toilets['name']}", status=404)
        desk.open("/dataset/new?copy=nothing", status=404)
