"""schema.org's Dataset: what search engines ask for is there, and nothing breaks out of the page."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from ckan.tests import helpers
from ckanext.orden.dcat.exports import schemaorg
from ckanext.orden.dcat.exports.said import Site
from ckanext.orden.dcat.exports.site import in_page

from ..conftest import Act
from ..examples import EU, KINDS, example

SITE = Site("大阪のカタログ", "府内のデータです。", "https://odpo.example.jp")
Dict = dict[str, Any]
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def described(kind: str = "rich", **changed: Any) -> Dict:
    return schemaorg.dataset({**example(kind), **changed}, SITE)


def of_page(app: Any, path: str) -> list[Dict]:
    return [json.loads(text) for text in SCRIPT.findall(app.get(path).get_data(as_text=True))]


def test_all_that_search_engines_ask_for_is_there():
    found = described()
    assert found["name"] == "指定緊急避難場所一覧"
    assert found["@id"] == "https://odpo.example.jp/dataset/11111111-1111-4111-8111-111111111111"
    assert found["url"] == "https://odpo.example.jp/dataset/272035-hinanjo"
    assert found["identifier"] == "272035-hinanjo"
    assert found["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert found["isAccessibleForFree"] is True
    assert found["keywords"] == ["防災", "ＡＥＤ"]
    assert found["inLanguage"] == ["en", "ja"]
    assert found["dateModified"] == "2026-04-01T09:00:00+09:00"
    assert found["temporalCoverage"] == ["2025-04/2026-03-31"]
    assert [place["name"] for place in found["spatialCoverage"]] == ["豊中市全域", "大阪府豊中市"]
    assert found["creator"][0]["name"] == "豊中市防災課"
    assert found["publisher"] == [{"@type": "Organization", "name": "豊中市", "url": "https://www.city.example.jp/"}]
    assert found["includedInDataCatalog"]["name"] == "大阪のカタログ"


def test_a_licence_without_an_address_is_a_work_with_a_name():
    found = described("minimal", license_id="other-closed", license_title="その他", orden_license_text="市の規約による")
    assert found["license"] == {"@type": "CreativeWork", "name": "市の規約による"}
    assert "license" not in described("minimal")


def test_a_file_has_its_address_and_media_type():
    csv, pdf = described()["distribution"]
    assert csv["contentUrl"] == "https://data.example.jp/files/避難所2026.csv"
    assert (csv["encodingFormat"], csv["contentSize"]) == ("text/csv", "2048 B")
    assert pdf["encodingFormat"] == "application/pdf"
    assert pdf["license"] == "https://creativecommons.org/licenses/by-nc/4.0/"


def test_an_interface_is_no_download_of_data():
    (api,) = described("ngsi")["distribution"]
    assert "contentUrl" not in api
    assert api["url"].startswith("https://odpo.example.jp/dataset/river-level/resource/")


@pytest.mark.parametrize("code", ["NON_PUBLIC", "CONFIDENTIAL", "SENSITIVE"])
def test_no_target_of_closed_data_is_told(code: str):
    right = f"{EU}/access-right/{code}"
    whole = described(access_rights=right)
    files = [{**file, "access_rights": right} for file in example("rich")["resources"]]
    for found in (whole, described(resources=files)):
        assert "data.example.jp" not in json.dumps(found)
        assert len(found["distribution"]) == 2


def test_paid_data_is_not_free_and_an_unknown_price_is_not_said():
    assert described("paid")["isAccessibleForFree"] is False
    assert "isAccessibleForFree" not in described("minimal")
    offered = {"price": {"values": ["free", "paid"]}}
    assert "isAccessibleForFree" not in described("minimal", orden_axes=offered)


def test_a_place_is_a_box_or_a_point():
    square = json.dumps({"type": "Polygon", "coordinates": [[[135, 34], [136, 34], [136, 35], [135, 34]]]})
    point = json.dumps({"type": "Point", "coordinates": [135.5, 34.7]})
    places = described(spatial_coverage=[{"bbox": square}, {"centroid": point}], orden_municipality="")
    box, centre = (place["geo"] for place in places["spatialCoverage"])
    assert box == {"@type": "GeoShape", "box": "34.0 135.0 35.0 136.0"}
    assert centre == {"@type": "GeoCoordinates", "latitude": 34.7, "longitude": 135.5}


@pytest.mark.parametrize("depth", [100, 300, 2000])
def test_shapes_within_shapes_cost_no_page(depth: int):
    deep = '{"type": "GeometryCollection", "geometries": [' * depth + "]}" * depth
    text = "GEOMETRYCOLLECTION (" * depth + "POINT (1 2)" + ")" * depth
    assert described(spatial_coverage=[{"text": "x", "geom": deep}, {"text": "y", "geom": text}])["name"]


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_values_never_become_addresses(kind: str):
    text = json.dumps(described(kind))
    assert "javascript:" not in text
    assert "file:///" not in text


def test_a_text_cannot_end_the_script_of_the_page():
    title = "</script><script>alert(1)</script><!-- & \u2028"
    text = in_page(schemaorg.dataset({**example("minimal"), "title": title}, SITE))
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text)["name"] == title


@pytest.mark.usefixtures("with_plugins", "non_clean_db")
class TestPages:
    def test_a_datasets_page_carries_it_unbroken_whatever_the_title(self, app: Any, act: Act, stored: list[Dict]):
        title = "</script><script>alert(1)</script>"
        act("package_patch", id=stored[0]["id"], title=title)
        path = f"/dataset/{stored[0]['name']}"
        assert "<script>alert(1)" not in app.get(path).get_data(as_text=True)
        (found,) = of_page(app, path)
        assert (found["@type"], found["name"]) == ("Dataset", title)

    def test_the_first_page_describes_the_catalogue(self, app: Any, stored: list[Dict]):
        (found,) = of_page(app, "/")
        assert found["@type"] == "DataCatalog"

    @pytest.mark.ckan_config("ckanext.dcat.structured_data.profiles", "schemaorg croissant")
    def test_profiles_that_the_operator_chose_are_ckanext_dcats(self, app: Any, stored: list[Dict]):
        (found,) = of_page(app, f"/dataset/{stored[0]['name']}")
        assert "@graph" in found

    def test_it_says_of_the_dataset_what_its_rdf_says(self, app: Any, stored: list[Dict]):
        shown = helpers.call_action("package_show", id=stored[0]["id"])
        (found,) = of_page(app, f"/dataset/{stored[0]['name']}")
        rdf = app.get(f"/dataset/{stored[0]['name']}.nt").get_data(as_text=True)
        assert f'<{found["@id"]}> <http://schema.org/isAccessibleForFree> "true"' in rdf
        assert shown["fee"] == "無償"
        assert found["isAccessibleForFree"] is True
