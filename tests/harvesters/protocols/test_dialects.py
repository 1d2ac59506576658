"""Catalogues of well-known systems through their DCAT outputs, each with its habits."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from fetching.server import reply

from ..conftest import shown

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")

SOCRATA = {
    "@type": "dcat:Catalog",
    "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
    "dataset": [
        {
            "@type": "dcat:Dataset",
            "accessLevel": "public",
            "identifier": "https://data.example.jp/api/views/abcd-1234",
            "landingPage": "https://data.example.jp/d/abcd-1234",
            "title": "避難所",
            "description": "<p>市内の<b>避難所</b></p>",
            "contactPoint": {"@type": "vcard:Contact", "fn": "<Nobody>", "hasEmail": "mailto:"},
            "publisher": {"@type": "org:Organization", "name": "data.example.jp"},
            "theme": ["防災"],
            "issued": "2025-04-01",
            "modified": "2026-04-01",
            "distribution": [
                {
                    "@type": "dcat:Distribution",
                    "downloadURL": "https://data.example.jp/api/views/abcd-1234/rows.csv?accessType=DOWNLOAD",
                    "mediaType": "text/csv",
                },
                {
                    "@type": "dcat:Distribution",
                    "describedBy": "https://data.example.jp/api/views/abcd-1234/columns.json",
                    "downloadURL": "https://data.example.jp/api/views/abcd-1234/rows.json?accessType=DOWNLOAD",
                    "mediaType": "application/json",
                },
            ],
        }
    ],
}
HUB = {
    "@type": "dcat:Catalog",
    "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
    "dataset": [
        {
            "@type": "dcat:Dataset",
            "identifier": "https://www.arcgis.com/home/item.html?id=0123&sublayer=0",
            "landingPage": "https://hub.example.jp/datasets/osaka::roads",
            "title": "道路",
            "description": "<div><font size='4'>道路の中心線</font><script>x()</script></div>",
            "keyword": ["道路", "GIS"],
            "issued": "{{created:toISO}}",
            "modified": "2026-04-01T00:00:00.000Z",
            "publisher": {"name": "大阪府"},
            "contactPoint": {"@type": "vcard:Contact", "fn": "taro_osaka", "hasEmail": "mailto:gis@pref.example.jp"},
            "accessLevel": "public",
            "spatial": "135.1,34.3,135.7,35.0",
            "license": "{{licenseInfo}}",
            "distribution": [
                {"title": "ArcGIS GeoService", "format": "ArcGIS GeoServices REST API", "mediaType": "application/json"}
                | {"accessURL": "https://services.example.jp/arcgis/rest/services/roads/FeatureServer/0"},
                {"title": "GeoJSON", "format": "GeoJSON", "mediaType": "application/vnd.geo+json"}
                | {"accessURL": "https://hub.example.jp/api/download/v1/items/0123/geojson?layers=0"},
            ],
        }
    ],
}
HUB_AP = {
    "@context": {
        "dcat": "http://www.w3.org/ns/dcat#",
        "dct": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "vcard": "http://www.w3.org/2006/vcard/ns#",
        "ftype": "http://publications.europa.eu/resource/authority/file-type/",
        "lang": "http://publications.europa.eu/resource/authority/language/",
    },
    "@id": "https://hub.example.jp",
    "@type": "dcat:Catalog",
    "foaf:homepage": {"foaf:Document": "https://hub.example.jp/search"},
    "dcat:dataset": [
        {
            "@type": "dcat:Dataset",
            "@id": "https://hub.example.jp/datasets/0123_0",
            "dct:title": "道路",
            "dct:description": "<p>道路の中心線</p>",
            "dcat:contactPoint": {"@id": "https://arcgis.example.jp/users/a", "@type": "Contact", "vcard:fn": "GIS"},
            "dct:publisher": "大阪府",
            "dcat:keyword": ["道路"],
            "dct:language": {"@id": "lang:JPN"},
            "dct:issued": "2025-04-01T00:00:00.000Z",
            "dcat:distribution": [
                {
                    "@id": "https://hub.example.jp/datasets/0123_0.geojson",
                    "@type": "dcat:Distribution",
                    "dct:title": "GeoJSON",
                    "dct:format": {"@id": "ftype:GEOJSON"},
                    "dcat:accessURL": {"@id": "https://hub.example.jp/datasets/0123_0.geojson"},
                }
            ],
        }
    ],
}
OPENDATASOFT = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:dcterms="http://purl.org/dc/terms/" xmlns:dcat="http://www.w3.org/ns/dcat#"
  xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:vcard="http://www.w3.org/2006/vcard/ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
  <rdf:Description rdf:about="https://ods.example.jp/api/explore/v2.1/catalog/datasets/">
    <rdf:type rdf:resource="http://www.w3.org/ns/dcat#Catalog"/>
    <dcat:dataset>
      <dcat:Dataset rdf:about="https://ods.example.jp/api/explore/v2.1/catalog/datasets/ecoles">
        <rdf:type rdf:resource="dctype:Dataset"/>
        <dcterms:title xml:lang="ja">学校</dcterms:title>
        <dcterms:description xml:lang="ja"><![CDATA[<p>市内の学校 &amp; 園</p>]]></dcterms:description>
        <dcterms:identifier>ecoles@osaka</dcterms:identifier>
        <dcterms:publisher><foaf:Agent rdf:about="https://ods.example.jp/explore/?refine.publisher=A+%3E+B">
          <foaf:name>教育委員会</foaf:name></foaf:Agent></dcterms:publisher>
        <dcterms:license><dcterms:LicenseDocument rdf:about="https://creativecommons.org/licenses/by/4.0/"/>
        </dcterms:license>
        <dcterms:language><dcterms:LinguisticSystem rdf:about="http://id.loc.gov/vocabulary/iso639-1/ja"/>
        </dcterms:language>
        <dcterms:accrualPeriodicity><dcterms:Frequency rdf:about="En continu"/></dcterms:accrualPeriodicity>
        <dcterms:spatial rdf:resource="大阪市 &lt;全域&gt; と 周辺"/>
        <dcat:contactPoint><vcard:Organization><vcard:hasEmail rdf:resource="mailto:gakko@city.example.jp"/>
        </vcard:Organization></dcat:contactPoint>
        <dcat:theme><skos:Concept rdf:about="https://ods.example.jp/explore/?refine.theme=教育">
          <skos:prefLabel>教育</skos:prefLabel></skos:Concept></dcat:theme>
        <dcat:distribution>
          <dcat:Distribution rdf:about="https://ods.example.jp/api/explore/v2.1/catalog/datasets/ecoles-csv">
            <dcterms:title xml:lang="ja">csv</dcterms:title>
            <dcat:accessURL rdf:resource="https://ods.example.jp/api/explore/v2.1/catalog/datasets/ecoles/exports/csv"/>
            <dcat:mediaType rdf:resource="https://www.iana.org/assignments/media-types/text/csv"/>
          </dcat:Distribution>
        </dcat:distribution>
      </dcat:Dataset>
    </dcat:dataset>
  </rdf:Description>
</rdf:RDF>
"""


@pytest.fixture
def one(server: Any, make_source: Any, harvest: Any) -> Callable[..., dict[str, Any]]:
    """The only dataset of a catalogue, which a second run leaves unchanged."""

    def read(kind: str, path: str, body: bytes, media_type: str = "application/json") -> dict[str, Any]:
        server.answers[path] = reply(body, 200, Content_Type=media_type)
        source = make_source(server.url(path), kind)
        run = harvest(source)
        assert (run.state, run.problems, run.counts["added"]) == ("finished", [], 1)
        assert harvest(source, hours=24).counts["unchanged"] == 1
        (dataset,) = shown()
        return dataset

    return read


def test_socrata_is_read_from_its_data_json(one):
    body = json.dumps(SOCRATA).encode()
    found = one("orden_data_json", "/data.json", body)
    assert (found["notes"], found["identifier"]) == ("市内の避難所", "https://data.example.jp/api/views/abcd-1234")
    assert [file["format"] for file in found["resources"]] == ["CSV", "JSON"]
    assert not found.get("contact")


def test_arcgis_hub_is_read_from_its_feed_for_dcat_us(one):
    body = json.dumps(HUB).encode()
    path = "/api/feed/dcat-us/1.1.json"
    found = one("orden_data_json", path, body)
    assert (found["notes"], found["modified"][:10]) == ("道路の中心線", "2026-04-01")
    assert (found.get("issued"), found.get("license_id")) == (None, None)
    assert found["contact"] == [{"email": "gis@pref.example.jp"}]
    assert [file["format"] for file in found["resources"]] == ["ArcGIS GeoServices REST API", "GeoJSON"]
    assert "{{" not in json.dumps(found)


def test_arcgis_hub_is_read_from_its_feed_for_dcat_ap(one):
    body = json.dumps(HUB_AP).encode()
    found = one("orden_dcat", "/api/feed/dcat-ap/3.0.0.json", body)
    assert (found["title"], found["notes"]) == ("道路", "道路の中心線")
    assert [file["format"] for file in found["resources"]] == ["GeoJSON"]


def test_opendatasoft_is_read_from_its_export_with_words_for_addresses(one):
    path = "/api/explore/v2.1/catalog/exports/dcat"
    found = one("orden_dcat", path, OPENDATASOFT.encode(), "application/rdf+xml")
    assert (found["title"], found["notes"], found["license_id"]) == ("学校", "市内の学校 & 園", "CC-BY-4.0")
    assert found["language"] == ["http://publications.europa.eu/resource/authority/language/JPN"]
    assert found["publisher"][0]["name"] == "教育委員会"
    assert found["contact"][0]["email"] == "gakko@city.example.jp"
    assert [file["format"] for file in found["resources"]] == ["CSV"]
    assert found["orden_frequency_text"] == "En continu"
    assert found["spatial_coverage"] == [{"text": "大阪市 <全域> と 周辺"}]
    assert found["theme"] == ["http://publications.europa.eu/resource/authority/data-theme/EDUC"]
