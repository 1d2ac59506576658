"""Catalogue services with ISO 19139 through the whole engine."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from ckanext.orden.errors import RecordError
from ckanext.orden.harvesters.detect import detect
from ckanext.orden.harvesters.protocol import Source
from ckanext.orden.harvesters.protocols import csw, iso_record
from ckanext.orden.metadata.mapping import iso19139
from fetching.server import reply

from ..catalogues import NOT_FOUND
from ..conftest import faults, found, shown
from ..iso import NAMESPACES, metadata, paged, party, response

CAPTURE = Path(__file__).parents[3].parent / "shared" / "feeds" / "dcat" / "csw_geonetwork-iso19139-page-1.xml"


def source(url: str, **settings: object) -> Source:
    return Source("id", "name", "title", url, settings=settings)


@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
class TestRuns:
    def test_pages_are_followed_and_then_unchanged(self, server, make_source, harvest):
        server.answers["/csw"] = paged([metadata(number) for number in range(5)])
        source = make_source(server.url("/csw?map=a&REQUEST=GetCapabilities"), "orden_csw", rows=2)
        run = harvest(source)
        assert (run.state, run.problems, run.counts["added"]) == ("finished", [], 5)
        assert len(server.seen) == 3
        first = next(dataset for dataset in shown() if dataset["title"].endswith(" 0"))
        assert (first["license_id"], first["issued"], first["modified"]) == ("CC-BY-4.0", "2024-04-01", "2025-04-01")
        assert [file["format"] for file in first["resources"]] == ["GeoJSON", "WMS"]
        assert faults(first) == []
        server.answers["/csw"] = paged([metadata(number) for number in reversed(range(5))])
        assert harvest(source, hours=24).counts["unchanged"] == 5

    def test_interrupted_run_goes_on_at_the_page_after_its_last(self, server, make_source, harvest):
        server.answers["/csw"] = paged([metadata(number) for number in range(3)])
        asked = source(server.url("/csw"), rows=2)
        first, second = csw.CswHarvester().pages(asked, None)
        again = next(csw.CswHarvester().pages(asked, first.next))
        assert [record.guid for record in again.records] == [record.guid for record in second.records] == ["jp-osaka-2"]
        assert (again.next, again.total) == (None, 3)

    def test_services_are_passed_over_and_odd_records_are_errors_of_their_own(self, server, make_source, harvest):
        records = [metadata(0), metadata(1, kind="service"), "<other/>", metadata(2)]
        server.answers["/csw"] = paged(records)
        run = harvest(make_source(server.url("/csw"), "orden_csw"))
        assert (run.state, run.counts["added"], run.counts["errors"]) == ("errors", 2, 1)

    def test_record_without_identifier_or_title_is_an_error_and_deletes_nothing(self, server, make_source, harvest):
        server.answers["/csw"] = paged([metadata(0), metadata(1)])
        source = make_source(server.url("/csw"), "orden_csw")
        harvest(source)
        nameless = metadata(1).replace("jp-osaka-1", "")
        server.answers["/csw"] = paged([metadata(0), nameless])
        for day in (1, 2):
            assert harvest(source, hours=25 * day).counts["errors"] == 1
        assert found() == 2

    @pytest.mark.parametrize(
        "answer",
        [
            b'<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows"><ows:Exception/></ows:ExceptionReport>',
            b"<!DOCTYPE html><html><body>maintenance</body></html>",
            b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>',
            b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
            b"{}",
            b"",
            response([metadata(0)], 3)[:-40],
            response([], 3),
            response([], 0),
            response([metadata(0)], 3),
            response([metadata(0)], 3, following=1),
            response([metadata(0)], 3, following=2),
            response(["<csw:Record/>", "<csw:Record/>"], 2),
            response([], 3).replace(b' numberOfRecordsMatched="3"', b""),
        ],
    )
    def test_answer_that_only_looks_like_a_page_deletes_nothing(self, server, make_source, harvest, answer):
        server.answers["/csw"] = paged([metadata(number) for number in range(3)])
        source = make_source(server.url("/csw"), "orden_csw")
        harvest(source)
        server.answers["/csw"] = reply(answer, Content_Type="application/xml")
        for day in (1, 2):
            run = harvest(source, hours=25 * day)
            assert (run.state, len(run.problems)) == ("failed", 1)
        assert len(shown()) == found() == 3

    def test_catalogue_that_shrinks_between_pages_is_not_taken_for_whole(self, server, make_source, harvest):
        records = [metadata(number) for number in range(4)]
        answer = paged(records)

        def shrinking(handler):
            answer(handler)
            del records[0]

        server.answers["/csw"] = shrinking
        run = harvest(make_source(server.url("/csw"), "orden_csw", rows=2))
        assert run.state == "failed"

    def test_error_of_the_service_is_shown_in_its_own_words(self, server, make_source, harvest):
        report = (
            b"<ExceptionReport><Exception><ExceptionText>no such schema</ExceptionText></Exception></ExceptionReport>"
        )
        server.answers["/csw"] = reply(report)
        run = harvest(make_source(server.url("/csw"), "orden_csw"))
        assert "no such schema" in run.problems[0]["en"]
        assert "no such schema" in run.problems[0]["ja"]


class TestRequests:
    def test_request_keeps_what_belongs_to_the_address_only(self):
        asked = source(
            "https://gis.example.jp/ows?map=a&request=GetCapabilities&VERSION=3.0.0", rows=7, constraint="x='y'"
        )
        query = parse_qs(urlsplit(csw.address(asked, 8)).query)
        assert (query["map"], query["request"], query["version"]) == (["a"], ["GetRecords"], ["2.0.2"])
        assert (query["startPosition"], query["maxRecords"], query["constraint"]) == (["8"], ["7"], ["x='y'"])
        assert "VERSION" not in query

    @pytest.mark.parametrize(
        ("body", "said"),
        [
            (response([], 0), True),
            (b'<Capabilities version="2.0.2" xmlns="http://www.opengis.net/cat/csw/2.0.2"/>', True),
            (b'<WMS_Capabilities xmlns="http://www.opengis.net/wms"/>', False),
            (b"<rss/>", False),
            (b'{"csw": "http://www.opengis.net/cat/csw"}', False),
            (b"\xff\xfe\x00", False),
        ],
    )
    def test_answers_of_a_catalogue_service_are_told_from_others(self, body, said):
        assert csw.looks_like(body, "application/xml") is said


CAPABILITIES = b'<csw:Capabilities version="2.0.2" xmlns:csw="http://www.opengis.net/cat/csw/2.0.2"/>'


@pytest.mark.usefixtures("with_plugins", "clean_db")
class TestDetection:
    @pytest.mark.parametrize("path", ["/ows?map=a&service=CSW&Request=GetCapabilities", "/ows?map=a"])
    def test_service_is_found_with_and_without_a_request_in_its_address(self, server, path):
        def answer(handler):
            asked = parse_qs(urlsplit(handler.path).query)
            reply(CAPABILITIES if "GetCapabilities" in str(asked) else b"<ows:ExceptionReport/>")(handler)

        server.otherwise = NOT_FOUND
        server.answers["/ows"] = answer
        told = detect(server.url(path))
        assert (told["source_type"], told["url"]) == ("orden_csw", server.url("/ows?map=a"))

    @pytest.mark.parametrize("place", ["/csw", "/geonetwork/srv/eng/csw"])
    def test_service_is_found_from_the_page_of_its_site(self, server, place):
        server.otherwise = NOT_FOUND
        server.answers[place] = reply(CAPABILITIES)
        told = detect(server.url("/"))
        assert (told["source_type"], told["url"], told["config"]) == ("orden_csw", server.url(place), {})

    def test_maps_and_errors_are_no_catalogue_service(self, server):
        server.otherwise = NOT_FOUND
        server.answers["/wms"] = reply(b'<WMS_Capabilities xmlns="http://www.opengis.net/wms"/>')
        assert detect(server.url("/wms"))["found"] is False


class TestRecords:
    def test_people_are_forgotten_before_a_record_is_kept(self):
        parties = party("owner", person="大阪 太郎", mail="taro@pref.example.jp")
        found = csw._results(response([metadata(1, parties=parties)], 1), "u")
        kept = csw._record(found.elements[0]).content["xml"]
        for secret in ("太郎", "taro@", "06-0000", "大手前"):
            assert secret not in kept
        assert iso_record.read(kept)["parties"][0]["name"] == "大阪府 都市整備部"

    def test_mail_address_of_an_office_stays(self):
        found = csw._results(response([metadata(1)], 1), "u")
        kept = iso_record.read(csw._record(found.elements[0]).content["xml"])
        assert iso19139.dataset(kept).dataset["contact"] == [
            {"name": "大阪府 都市整備部", "email": "gis@pref.example.jp"}
        ]

    def test_record_of_a_million_characters_is_an_error_that_keeps_its_identifier(self):
        long = metadata(1).replace("地図データ", "あ" * 1_100_000)
        record = csw._record(csw._results(response([long], 1), "u").elements[0])
        assert record.guid == "jp-osaka-1"
        assert record.content["issue"]["code"] == "iso.too_large"

    def test_record_that_the_library_cannot_read_is_an_error_of_its_own(self):
        polygon = (
            "<gmd:geographicElement><gmd:EX_BoundingPolygon><gmd:polygon><gml:Polygon><gml:exterior><gml:LinearRing>"
            "<gml:pos>north</gml:pos></gml:LinearRing></gml:exterior></gml:Polygon></gmd:polygon>"
            "</gmd:EX_BoundingPolygon></gmd:geographicElement>"
        )
        with pytest.raises(RecordError, match="north"):
            iso_record.read(metadata(1).replace("<gmd:geographicElement>", polygon + "<gmd:geographicElement>", 1))

    def test_empty_record_is_read_as_nothing(self):
        read = iso_record.read(f"<gmd:MD_Metadata {NAMESPACES}/>")
        assert (read["title"], read["parties"], read["online"], read["box"]) == (None, [], [], None)

    def test_real_capture_is_read_without_people_and_with_its_files(self):
        if not CAPTURE.exists():
            return
        found = csw._results(CAPTURE.read_bytes(), "u")
        assert (found.matched, len(found.elements), found.next) == (6, 2, 3)
        for element in found.elements:
            mapped = iso19139.dataset(iso_record.read(csw._record(element).content["xml"]))
            assert mapped.dataset["title"].startswith("Plan local d'urbanisme")
            assert mapped.dataset["resources"]
            assert mapped.dataset["license_id"]
