"""Feeds of events through the whole engine."""

from __future__ import annotations

from pathlib import Path

import pytest
from ckanext.orden.errors import SourceError
from ckanext.orden.harvesters.detect import detect
from ckanext.orden.harvesters.protocols import events, feed_document
from ckanext.orden.metadata.mapping import event_feed
from fetching.server import reply

from ..catalogues import NOT_FOUND
from ..conftest import faults, found, shown

CAPTURES = Path(__file__).parents[3].parent / "shared" / "feeds" / "events"


def rss(*titles: str, more: str = "") -> bytes:
    items = "".join(
        f"<item><title>{title}</title><pubDate>Wed, 01 Apr 2026 00:00:00 +0900</pubDate></item>" for title in titles
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:ev="http://purl.org/rss/1.0/modules/event/" '
        'xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>大阪市の催し</title><link>/events/</link>'
        '<atom:link rel="self" href="http://127.0.0.1/elsewhere"/>'
        "<description>&lt;p&gt;市の&lt;b&gt;催し&lt;/b&gt;&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</description>"
        "<language>ja</language><managingEditor>taro@city.example.jp (大阪 太郎)</managingEditor>"
        f"<lastBuildDate>Wed, 01 Apr 2026 00:00:00 +0900</lastBuildDate>{more}{items}</channel></rss>"
    ).encode()


def calendar(*days: str) -> bytes:
    dated = "".join(f"BEGIN:VEVENT\r\nUID:{day}\r\nDTSTART:{day}\r\nEND:VEVENT\r\n" for day in days)
    head = "BEGIN:VCALENDAR\r\nX-WR-CALNAME:催しの暦\r\nX-WR-CALDESC:市の催し\r\nX-PUBLISHED-TTL:PT1H\r\n"
    return f"{head}{dated}END:VCALENDAR\r\n".encode()


@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
class TestRuns:
    def test_feed_is_one_dynamic_dataset_and_new_events_leave_it_unchanged(self, server, make_source, harvest):
        server.answers["/feed.rss"] = reply(rss("盆踊り", "花火"))
        source = make_source(server.url("/feed.rss"), "orden_events", licence="CC BY 4.0")
        run = harvest(source)
        assert (run.state, run.problems, run.counts["added"]) == ("finished", [], 1)
        (dataset,) = shown()
        assert (dataset["title"], dataset["notes"], dataset["license_id"]) == ("大阪市の催し", "市の催し", "CC-BY-4.0")
        assert dataset["url"] == server.url("/events/")
        assert dataset["orden_axes"]["dynamics"]["values"] == ["dynamic"]
        assert [(file["url"], file["format"]) for file in dataset["resources"]] == [(server.url("/feed.rss"), "RSS")]
        assert "太郎" not in str(dataset)
        assert "taro@" not in str(dataset)
        server.answers["/feed.rss"] = reply(rss("花火", "月見", "朝市").replace(b"01 Apr", b"09 Sep"))
        assert harvest(source, hours=24).counts["unchanged"] == 1

    def test_dataset_follows_the_feeds_own_words_and_the_years_of_its_events(self, server, make_source, harvest):
        server.answers["/a.ics"] = reply(calendar("20260401", "20260901"))
        source = make_source(server.url("/a.ics"), "orden_events")
        harvest(source)
        assert shown()[0]["temporal_coverage"] == [{"start": "2026", "end": "2026"}]
        assert faults(shown()[0]) == []
        server.answers["/a.ics"] = reply(calendar("20260801", "20261001", "20261111"))
        assert harvest(source, hours=24).counts["unchanged"] == 1
        server.answers["/a.ics"] = reply(calendar("20261001", "20270101"))
        assert harvest(source, hours=48).counts["updated"] == 1
        server.answers["/a.ics"] = reply(calendar("20261001", "20270101").replace("催しの暦".encode(), "行事".encode()))
        assert harvest(source, hours=72).counts["updated"] == 1
        assert shown()[0]["title"] == "行事"

    @pytest.mark.parametrize(
        "answer",
        [
            rss("盆踊り")[:-30],
            calendar("20260401")[:-20],
            b"<!DOCTYPE html><html><head><title>maintenance</title></head></html>",
            b"<error><title>no</title></error>",
            b'<rss version="2.0"><channel></channel></rss>',
            b'<rss version="2.0"/>',
            b'<feed xmlns="http://www.w3.org/2005/Atom"/>',
            b"{}",
            b"",
        ],
    )
    def test_answer_that_only_looks_like_a_feed_changes_nothing(self, server, make_source, harvest, answer):
        server.answers["/feed"] = reply(rss("盆踊り"))
        source = make_source(server.url("/feed"), "orden_events")
        harvest(source)
        before = shown()
        server.answers["/feed"] = reply(answer)
        for day in (1, 2):
            run = harvest(source, hours=25 * day)
            assert (run.state, len(run.problems)) == ("failed", 1)
        assert shown() == before
        assert found() == 1

    def test_feed_without_events_or_a_name_is_a_dataset_all_the_same(self, server, make_source, harvest):
        server.answers["/a.ics"] = reply(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
        assert harvest(make_source(server.url("/a.ics"), "orden_events")).state == "finished"
        assert shown()[0]["title"] == "大阪府のデータ"

    @pytest.mark.parametrize(
        "path",
        ["/a.ics?token=abc", "/a.ics?api_key=abc", "/ical/private-0123456789abcdef/basic.ics", "/?X-Amz-Signature=a"],
    )
    def test_address_with_a_key_is_never_published(self, server, make_source, harvest, path):
        run = harvest(make_source(server.url(path), "orden_events"))
        assert run.state == "failed"
        assert "holds a key" in run.problems[0]["en"]
        assert "abc" not in str(run.problems)
        assert server.seen == []


@pytest.mark.parametrize("query", ["keyword=祭り", "format=ical", "author=1", "monkey=1", "signs=1"])
def test_address_with_a_question_only_is_no_secret(query):
    assert not events._is_secret(f"https://city.example.jp/feed?{query}")


def read(body: bytes) -> dict:
    return feed_document.read(body, "https://city.example.jp/feeds/events")


def test_rss_says_its_office_licence_and_pace():
    more = (
        "<dc:publisher>大阪市</dc:publisher><copyright>&amp;copy; 大阪市</copyright><category>観光</category>"
        "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>1</sy:updateFrequency>"
        '<creativeCommons:license xmlns:creativeCommons="http://backend.userland.com/creativeCommonsRssModule">'
        "https://creativecommons.org/licenses/by/4.0/</creativeCommons:license>"
    )
    dataset = event_feed.dataset(read(rss("盆踊り", more=more)), "https://city.example.jp/feeds/events", {}).dataset
    assert (dataset["publisher"], dataset["rights"]) == ([{"name": "大阪市"}], "© 大阪市")
    assert dataset["license_id"] == "CC-BY-4.0"
    assert dataset["frequency"].endswith("/HOURLY")
    assert {"name": "観光"} in dataset["tags"]
    assert dataset["language"] == ["http://publications.europa.eu/resource/authority/language/JPN"]


def test_publisher_with_a_mail_address_is_a_person_and_left_out():
    found = read(rss("盆踊り", more="<dc:publisher>太郎 &lt;taro@city.example.jp&gt;</dc:publisher>"))
    assert "太郎" not in str(found)
    assert "publisher" not in event_feed.dataset(found, "https://city.example.jp/f", {}).dataset


def test_source_counts_more_than_what_the_feed_says():
    settings = {"licence": "CC0", "frequency": "毎日"}
    dataset = event_feed.dataset(read(calendar()), "https://city.example.jp/a.ics", settings).dataset
    assert (dataset["license_id"], dataset["frequency"].rpartition("/")[2]) == ("CC0-1.0", "DAILY")


def test_rss_1_and_its_dated_events_are_read():
    body = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:ev="http://purl.org/rss/1.0/modules/event/" xmlns:cc="http://web.resource.org/cc/">'
        "<channel><title>催し</title><link>https://city.example.jp/</link><description>説明</description>"
        '<cc:license rdf:resource="https://creativecommons.org/publicdomain/zero/1.0/"/></channel>'
        "<item><title>盆踊り</title><ev:startdate>2026-08-01</ev:startdate><ev:enddate>2027-01-01</ev:enddate></item>"
        "<item><title>未定</title><ev:startdate>未定</ev:startdate></item></rdf:RDF>"
    ).encode()
    found = read(body)
    assert (found["title"], found["page"], found["years"]) == ("催し", "https://city.example.jp/", ["2026", "2027"])
    assert found["licence"].endswith("/zero/1.0/")


def test_atom_is_read_without_its_authors():
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ja"><title type="html">催し &amp;amp; 講座</title>'
        "<subtitle>説明</subtitle><author><name>大阪 太郎</name></author><rights>大阪市</rights>"
        '<link rel="self" href="events"/><link href="../events/"/><link rel="license" href="https://example.jp/terms"/>'
        '<category term="event" label="催し"/></feed>'
    ).encode()
    found = read(body)
    assert (found["kind"], found["page"], found["language"]) == ("Atom", "https://city.example.jp/events/", "ja")
    assert found["licence"] == "https://example.jp/terms"
    assert "太郎" not in str(found)
    assert event_feed.dataset(found, "https://city.example.jp/f", {}).dataset["title"] == "催し & 講座"


def test_feed_in_another_encoding_is_read():
    body = '<?xml version="1.0" encoding="Shift_JIS"?><rss><channel><title>大阪の催し</title></channel></rss>'
    assert read(body.encode("cp932"))["title"] == "大阪の催し"


def test_entities_are_refused_in_feeds_too():
    with pytest.raises(SourceError, match="DOCTYPE"):
        read(b'<!DOCTYPE rss [<!ENTITY a "b">]><rss><channel><title>&a;</title></channel></rss>')


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (rss(), True),
        (calendar(), True),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', True),
        (b'<rdf:RDF xmlns="http://purl.org/rss/1.0/">', True),
        (b'<rdf:RDF xmlns:dcat="http://www.w3.org/ns/dcat#">', False),
        (b"<!DOCTYPE html><html><link type='application/rss+xml'><rss", False),
        (b"{}", False),
        (b"", False),
    ],
)
def test_feeds_are_told_from_other_answers(body, said):
    assert events.looks_like(body, "") is said


def test_real_calendars_become_datasets():
    for path in sorted(CAPTURES.glob("*.ics")) if CAPTURES.exists() else ():
        found = {**read(path.read_bytes()), "title": "暦"}
        dataset = event_feed.dataset(found, f"https://city.example.jp/{path.name}", {}).dataset
        assert dataset["resources"][0]["format"] == "ICS"


@pytest.mark.usefixtures("with_plugins", "clean_db")
class TestDetection:
    @pytest.mark.parametrize(("body", "title"), [(rss("花火"), "大阪市の催し"), (calendar("20260401"), "催しの暦")])
    def test_feed_is_found_where_somebody_points_at_it(self, server, body, title):
        server.answers["/feed"] = reply(body, Content_Type="text/plain")
        told = detect(server.url("/feed"))
        assert (told["source_type"], told["url"], told["title"]) == ("orden_events", server.url("/feed"), title)

    def test_feed_that_cannot_be_read_is_none(self, server):
        server.otherwise = NOT_FOUND
        server.answers["/feed"] = reply(rss("花火")[:-30])
        assert detect(server.url("/feed"))["found"] is False

    def test_feed_of_news_that_a_page_links_to_is_left_alone(self, server):
        server.otherwise = NOT_FOUND
        link = b'<html><link rel="alternate" type="application/rss+xml" href="/feed.rss"></html>'
        server.answers |= {"/": reply(link), "/feed.rss": reply(rss("花火"))}
        assert detect(server.url("/"))["found"] is False
