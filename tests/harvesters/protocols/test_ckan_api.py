"""CKAN as a true mirror: little is asked for, deletions are seen, and the dialects of the family are read."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckanext.harvest.model import HarvestObject
from ckanext.orden.harvesters.engine import basis
from ckanext.orden.harvesters.model import HarvestRecord
from ckanext.orden.harvesters.protocols.ckan_api import api, home
from ckanext.orden.metadata.axes import derive
from fetching.server import Server, reply

from ..catalogues import ACTIONS, NOT_FOUND, ckan, dkan
from ..conftest import acting, found, shown
from ..feeds import package, packages

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
SEARCH = f"{ACTIONS}/package_search"


def asked(server: Server) -> list[str]:
    """The kinds of requests since the last look."""
    paths = [path for path, _ in server.seen]
    server.seen.clear()
    return ["listing" if "fl=" in path else "ids" if "id%3A%28" in path else urlsplit(path).path[-4:] for path in paths]


def touched(number: int, **changes: Any) -> dict[str, Any]:
    return package(number, metadata_modified="2024-09-09T00:00:00", **changes)


class TestMirror:
    def test_unchanged_site_is_asked_for_its_listing_only(self, server, make_source, harvest):
        ckan(server, packages(*range(5)))
        source = make_source(server.url("/"))
        assert harvest(source).counts["added"] == 5
        assert asked(server) == ["listing", "arch"]
        run = harvest(source, hours=1)
        assert (run.state, run.read, run.counts["unchanged"]) == ("finished", 5, 5)
        assert asked(server) == ["listing"]

    def test_site_whose_listings_are_known_is_asked_for_a_thousand_at_once(self, server, make_source, harvest):
        ckan(server, packages(*range(7)))
        source = make_source(server.url("/"), rows=3)
        for hours, rows in ((0, ["3", "1000"]), (1, ["1000"])):
            server.seen.clear()
            assert harvest(source, hours=hours).read == 7
            listings = [parse_qs(urlsplit(path).query) for path, _ in server.seen if "fl=" in path]
            assert [query["rows"][0] for query in listings] == rows

    def test_only_what_has_moved_is_read(self, server, make_source, harvest):
        dated = {"resources": [{"url": "https://data.example.jp/4.csv", "last_modified": "2024-01-01T00:00:00"}]}
        records = [*packages(*range(4)), package(4, **dated), *packages(*range(5, 8))]
        ckan(server, records)
        source = make_source(server.url("/"))
        harvest(source)
        asked(server)
        records[3] = touched(3, title="別の名前")
        records[4] = touched(4, **dated)
        run = harvest(source, hours=1)
        assert [run.counts[name] for name in ("updated", "unchanged", "added")] == [1, 7, 0]
        assert asked(server) == ["listing", "ids"]
        assert harvest(source, hours=2).counts["unchanged"] == 8
        assert asked(server) == ["listing"]

    def test_deleted_and_returning_datasets_are_seen(self, server, make_source, harvest):
        records = packages(*range(5))
        ckan(server, records)
        source = make_source(server.url("/"))
        harvest(source)
        gone = records.pop()
        assert harvest(source, hours=24).counts["missing"] == 1
        assert harvest(source, hours=49).counts["deleted"] == 1
        assert found() == 4
        records.append(gone)
        assert harvest(source, hours=50).counts["updated"] == 1
        assert found() == 5

    def test_stamp_in_the_future_or_without_one_hides_no_change(self, server, make_source, harvest):
        records = [package(0, metadata_modified="2199-01-01T00:00:00"), package(1, metadata_modified=None)]
        ckan(server, records)
        source = make_source(server.url("/"))
        harvest(source)
        records[:] = [touched(0, title="別の名前"), package(1, title="別の名前", metadata_modified=None)]
        assert harvest(source, hours=1).counts["updated"] == 2

    def test_every_record_is_read_again_within_some_days(self, server, make_source, harvest):
        records = packages(*range(6))
        ckan(server, records)
        source = make_source(server.url("/"), full_days=3)
        harvest(source)
        records[:] = [{**record, "title": f"{record['title']}新"} for record in records]
        updated = [harvest(source, hours=24 * day).counts["updated"] for day in (1, 2, 3)]
        assert sum(updated) == 6
        assert max(updated) < 6

    @pytest.mark.parametrize("changes", [{"owner_org": "other"}, {"VERSION": 99}])
    def test_stamp_is_worth_nothing_after_another_mapping_or_owner(
        self, server, make_source, harvest, monkeypatch, changes
    ):
        ckan(server, packages(1, 2))
        source = make_source(server.url("/"))
        harvest(source)
        if "VERSION" in changes:
            monkeypatch.setattr(basis, "VERSION", changes["VERSION"])
        else:
            other = factories.Organization(name="other")["id"]
            model.Session.query(model.Package).filter_by(id=source).update({"owner_org": other})
            model.Session.commit()
        asked(server)
        harvest(source, hours=1)
        assert asked(server) == ["listing", "arch"]

    def test_broken_record_is_read_until_it_is_mended(self, server, make_source, harvest):
        records = [package(1), package(2, title="", name="")]
        ckan(server, records)
        source = make_source(server.url("/"))
        assert harvest(source).counts["errors"] == 1
        assert harvest(source, hours=1).counts["errors"] == 1
        records[1] = package(2)
        assert harvest(source, hours=2).counts["added"] == 1

    def test_site_that_ignores_the_wish_for_a_listing_gives_everything_at_once(self, server, make_source, harvest):
        ckan(server, packages(*range(5)), listing=False)
        source = make_source(server.url("/"))
        assert harvest(source).counts["added"] == 5
        assert harvest(source, hours=1).counts["unchanged"] == 5
        assert asked(server) == ["listing", "listing"]

    @pytest.mark.parametrize("status", [400, 409, 500])
    def test_site_that_stumbles_over_a_listing_is_read_in_full(self, server, make_source, harvest, status):
        ckan(server, packages(*range(3)))
        whole = server.answers[SEARCH]
        server.answers[SEARCH] = lambda handler: (reply(status=status) if "fl=" in handler.path else whole)(handler)
        assert harvest(make_source(server.url("/"))).counts["added"] == 3

    def test_listing_can_be_switched_off(self, server, make_source, harvest):
        ckan(server, packages(*range(3)))
        source = make_source(server.url("/"), incremental=False)
        harvest(source)
        assert harvest(source, hours=1).counts["unchanged"] == 3
        assert asked(server) == ["arch", "arch"]

    def test_site_that_ignores_filters_is_asked_for_single_datasets(self, server, make_source, harvest):
        records = packages(*range(8))
        ckan(server, records)
        whole = server.answers[SEARCH]

        def deaf(handler: BaseHTTPRequestHandler) -> None:
            handler.path = handler.path.partition("&fq=")[0]
            whole(handler)

        server.answers[SEARCH] = deaf
        source = make_source(server.url("/"))
        harvest(source)
        records[7] = touched(7, title="別の名前")
        asked(server)
        assert harvest(source, hours=1).counts["updated"] == 1
        assert asked(server) == ["listing", "ids", "show"]

    def test_dataset_that_vanishes_between_listing_and_reading_is_in_error(self, server, make_source, harvest):
        records = packages(*range(8))
        ckan(server, records)
        source = make_source(server.url("/"))
        harvest(source)
        records[7] = touched(7)
        lister = server.answers[SEARCH]
        server.answers[f"{ACTIONS}/package_show"] = NOT_FOUND
        server.answers[SEARCH] = lambda handler: (
            reply(b'{"success": true, "result": {"count": 0, "results": []}}') if "id%3A" in handler.path else lister
        )(handler)
        run = harvest(source, hours=1)
        assert (run.state, run.counts["errors"], run.counts["missing"]) == ("errors", 1, 0)
        assert found() == 8

    def test_page_of_a_listing_that_a_cache_repeats_ends_the_run(self, server, make_source, harvest):
        ckan(server, packages(*range(6)), most=3)
        whole = server.answers[SEARCH]

        def stuck(handler: BaseHTTPRequestHandler) -> None:
            handler.path = handler.path.replace("start=3", "start=0")
            whole(handler)

        source = make_source(server.url("/"), rows=3)
        harvest(source)
        server.answers[SEARCH] = stuck
        run = harvest(source, hours=1)
        assert (run.state, run.counts["deleted"]) == ("failed", 0)

    def test_interrupted_run_goes_on_and_forgets_nothing_that_it_added(self, server, make_source, harvest):
        ckan(server, packages(*range(6)))
        whole = server.answers[SEARCH]
        source = make_source(server.url("/"), rows=3)
        server.answers[SEARCH] = lambda handler: (reply(status=503) if "start=3" in handler.path else whole)(handler)
        assert harvest(source).counts["added"] == 3
        server.answers[SEARCH] = whole
        run = harvest(source, hours=1)
        assert (run.state, run.counts["added"], run.counts["unchanged"]) == ("finished", 3, 3)


class TestPrivate:
    def test_private_dataset_stays_private_and_opens_with_its_source(self, server, make_source, harvest):
        records = [package(1, private=True), package(2)]
        ckan(server, records)
        source = make_source(server.url("/"), private=True)
        harvest(source)
        assert all("include_private=true" in path for path, _ in server.seen)
        assert found() == 1
        assert {dataset["title"][-1]: dataset["private"] for dataset in shown()} == {"1": True, "2": False}
        records[:] = [touched(1), touched(2, private=True)]
        harvest(source, hours=1)
        assert {dataset["title"][-1]: dataset["private"] for dataset in shown()} == {"1": False, "2": True}

    def test_private_dataset_can_be_edited_and_is_not_published(self, server, make_source, harvest):
        records = [package(1, private=True)]
        ckan(server, records)
        source = make_source(server.url("/"))
        harvest(source)
        dataset_id = shown()[0]["id"]
        tk.get_action("package_patch")(acting(), {"id": dataset_id, "title": "題"})
        records[:] = [touched(1, title="別の名前")]
        assert harvest(source, hours=1).counts["updated"] == 1
        assert shown()[0]["private"] is True
        assert tk.get_action("orden_report_show")(acting(), {"id": dataset_id})["errors"] == 0

    def test_what_is_not_active_or_no_dataset_is_left_out(self, server, make_source, harvest):
        others = [package(2, state="deleted"), package(3, type="harvest"), package(4, state="draft")]
        ckan(server, [package(1), *others])
        assert harvest(make_source(server.url("/"))).counts["added"] == 1


class TestFamily:
    def test_dkan_is_walked_by_its_list(self, server, make_source, harvest):
        stamps = {"metadata_created": "月, 03/27/2017 - 00:00", "metadata_modified": "火, 03/28/2017 - 10:30"}
        dkan(server, [package(number, state="Active", **stamps) for number in range(3)])
        source = make_source(server.url("/"))
        run = harvest(source)
        assert (run.state, run.problems, run.counts["added"], run.total) == ("finished", [], 3, 3)
        assert shown()[0]["issued"] == "2017-03-27"
        assert harvest(source, hours=1).counts["unchanged"] == 3

    def test_list_is_no_way_round_a_search_that_fails(self, server, make_source, harvest):
        ckan(server, packages(1, 2))
        server.answers[SEARCH] = reply(status=500)
        assert harvest(make_source(server.url("/"))).state == "failed"
        assert "show" not in asked(server)

    def test_dataset_without_a_licence_is_never_open(self, server, make_source, harvest):
        record = package(1)
        del record["license_id"]
        ckan(server, [record], at="/ckan_api")
        run = harvest(make_source(server.url("/ckan_api/")))
        assert run.counts["added"] == 1
        dataset = shown()[0]
        assert not dataset.get("license_id")
        assert "open" not in derive(dataset)["openness"].values

    def test_additions_of_egov_are_read(self, server, make_source, harvest):
        files = [
            {
                "name": "一覧",
                "download_url": "https://data.example.jp/1.csv",
                "access_url": "https://data.example.jp/1",
                "license_id": "CC-BY-4.0",
                "format": "CSV",
                "provider_last_modified_date": "2025-04-01",
                "copyright": "内閣府",
            },
            {"name": "内部用", "download_url": "https://data.example.jp/2.csv", "private": True},
        ]
        record = package(1, resources=files, extras=[], publisher="内閣府", frequency_of_update="年1回")
        del record["license_id"]
        record |= {"landingPage": "https://www.example.jp/page", "contactPoint": "広報室", "spatial": "日本"}
        ckan(server, [record])
        run = harvest(make_source(server.url("/")))
        assert (run.state, run.counts["added"]) == ("finished", 1)
        dataset = shown()[0]
        assert (dataset["url"], dataset["license_id"]) == ("https://www.example.jp/page", "CC-BY-4.0")
        assert [agent["name"] for agent in (*dataset["publisher"], *dataset["contact"])] == ["内閣府", "広報室"]
        assert [(file["url"], file["modified"]) for file in dataset["resources"]] == [
            ("https://data.example.jp/1.csv", "2025-04-01")
        ]

    def test_accounts_are_not_kept(self, server, make_source, harvest):
        owner = {"name": "270008", "title": "大阪府", "users": [{"name": "hanako", "email": "hanako@example.jp"}]}
        ckan(server, [package(1, creator_user_id="taro", organization=owner)])
        harvest(make_source(server.url("/")))
        kept = model.Session.query(HarvestObject.content).scalar()
        assert "hanako" not in kept
        assert "taro" not in kept


def test_this_very_software_is_mirrored(app: Any, server, make_source, harvest):
    """CKAN 2.12's own API answers: its listing, its filter by ids, its stamps."""
    other = factories.Organization(name="nara")
    theirs = [
        tk.get_action("package_create")(
            acting(),
            {"name": f"theirs-{number}", "title": f"奈良の一覧{number}", "notes": "一覧", "owner_org": other["id"],
             "license_id": "CC-BY-4.0"},
        )["id"]
        for number in range(9)
    ]  # fmt: skip

    def forwarded(handler: BaseHTTPRequestHandler) -> None:
        answer = app.get(handler.path)
        reply(answer.get_data(), answer.status_code, Content_Type="application/json")(handler)

    server.otherwise = NOT_FOUND
    server.answers |= {SEARCH: forwarded, f"{ACTIONS}/package_show": forwarded}
    source = make_source(server.url("/"), fq="organization:nara")
    run = harvest(source)
    assert (run.counts["added"], run.total) == (9, 9)
    asked(server)
    assert harvest(source, hours=2).counts["unchanged"] == 9
    assert asked(server) == ["listing"]
    tk.get_action("package_patch")(acting(), {"id": theirs[4], "title": "新しい題"})
    run = harvest(source, hours=3)
    assert (run.counts["updated"], run.counts["unchanged"]) == (1, 8)
    assert asked(server) == ["listing", "ids"]
    assert model.Session.query(HarvestRecord.stamp).filter_by(source_id=source, guid=theirs[4]).scalar()


@pytest.mark.parametrize(
    ("given", "actions", "site"),
    [
        ("https://x.jp/ckan_api/", "https://x.jp/ckan_api", "https://x.jp/ckan_api"),
        ("https://x.jp/data/api/action/", "https://x.jp/data/api/action", "https://x.jp/data/api/action"),
        ("https://x.jp/data/api/3/action/package_show?id=1", "https://x.jp/data/api/3/action", "https://x.jp/data"),
        ("https://x.jp/data/", "https://x.jp/data/api/3/action", "https://x.jp/data"),
        ("https://x.jp/cross/api/package_list", "https://x.jp/cross/api", "https://x.jp/cross/api/package_search"),
    ],
)
def test_address_of_the_actions_is_found_and_shortened(given: str, actions: str, site: str):
    assert api(given) == actions
    assert home(given) == site
    assert api(site) == actions
