"""What a publisher may answer instead of its catalogue, in each dialect: on two nights, then it is well again."""

from __future__ import annotations

import gzip
import socket
import struct
import time
from functools import cache
from http.server import BaseHTTPRequestHandler

import pytest
from ckanext.orden.fetching.limits import MIB
from fetching.server import Answer, reply

from .dialects import CKAN, DIALECTS, LIST, PAGED
from .publisher import Fault, Publisher, on_page
from .whole import assert_whole

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "impatient")
XHTML = b"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>maintenance</title></head><body><p>maintenance</p></body></html>
"""
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "%s">%s]><r>&z;</r>' % (
    b"x" * 1000,
    b"".join(b'<!ENTITY %c "%s">' % (code, b"&%c;" % (code - 1) * 10) for code in range(ord("b"), ord("z") + 1)),
)


def always(answer: Answer) -> Fault:
    return lambda _publisher, _number: answer


@cache
def bomb() -> bytes:
    return gzip.compress(bytes(64 * MIB), 9)


def cut_in_the_middle(publisher: Publisher, number: int) -> Answer:
    page = publisher.page(number)
    return publisher.reply(page[: len(page) // 2 + 5])


def broken_off(publisher: Publisher, number: int) -> Answer:
    page = publisher.page(number)
    return publisher.reply(page[: len(page) // 2], Content_Length=str(len(page)))


def reset(publisher: Publisher, number: int) -> Answer:
    """A connection that is torn down while the body is on its way."""
    page = publisher.page(number)

    def answer(handler: BaseHTTPRequestHandler) -> None:
        publisher.reply(page[: len(page) // 2], Content_Length=str(len(page)))(handler)
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.connection.close()

    return answer


def broken_gzip(publisher: Publisher, number: int) -> Answer:
    return publisher.reply(gzip.compress(publisher.page(number))[:-9], Content_Encoding="gzip")


def redirect_to_itself(publisher: Publisher, number: int) -> Answer:
    return reply(status=302, Location=f"{publisher.url}?page={number}&start={(number - 1) * 3}&rows=3")


def drip(publisher: Publisher, number: int) -> Answer:
    """A byte now and then, for ever."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "999")
        handler.end_headers()
        try:
            for _ in range(50):
                handler.wfile.write(b" ")
                time.sleep(0.1)
        except OSError:
            return

    return answer


def silence(_publisher: Publisher, _number: int) -> Answer:
    return lambda _handler: time.sleep(2)


def in_another_encoding(publisher: Publisher, number: int) -> Answer:
    return publisher.reply(publisher.page(number).decode().encode("utf-16"))


FAULTS: dict[str, Fault] = {
    "status 500": always(reply(b"oops", status=500)),
    "status 404": always(reply(b"gone", status=404)),
    "web page": always(reply(b"<html><body>maintenance</body></html>", Content_Type="text/html")),
    "web page that claims to be the catalogue": lambda publisher, _: publisher.reply(b"<html><body/></html>"),
    "XHTML maintenance page": always(reply(XHTML, Content_Type="application/xhtml+xml")),
    "braces": always(reply(b"{}", Content_Type="application/json")),
    "error object": always(reply(b'{"success": false, "error": {"message": "x"}}', Content_Type="application/json")),
    "null": always(reply(b"null", Content_Type="application/json")),
    "nothing": always(reply(b"")),
    "cut off in the middle": cut_in_the_middle,
    "broken off": broken_off,
    "connection reset": reset,
    "broken gzip": broken_gzip,
    "gzip bomb": lambda publisher, _: publisher.reply(bomb(), Content_Encoding="gzip"),
    "entity expansion": always(reply(ENTITIES, Content_Type="application/xml")),
    "deep nesting": always(reply(b"[" * 200_000, Content_Type="application/json")),
    "redirect inside": always(reply(status=302, Location="http://169.254.169.254/latest/meta-data")),
    "redirect to loopback": always(reply(status=302, Location="http://localhost:1/")),
    "redirect to a file": always(reply(status=302, Location="file:///etc/passwd")),
    "redirect loop": redirect_to_itself,
    "slow drip": drip,
    "silence": silence,
    "status 429 with a long wait": always(reply(status=429, Retry_After="99999")),
    "UTF-16": in_another_encoding,
}
HARMLESS = {("UTF-16", "list"), ("UTF-16", "data_json"), ("UTF-16", "ckan")}
"""What a dialect can read all the same."""


BELOW = (
    *("status 500", "status 404", "broken off", "connection reset", "broken gzip", "gzip bomb", "redirect inside"),
    *("redirect to loopback", "redirect to a file", "redirect loop", "slow drip", "silence"),
    "status 429 with a long wait",
)
"""What fetching refuses before any dialect sees it: one in pages and one in a single document will do."""
COMBINED = [
    (fault, dialect) for fault in FAULTS for dialect in DIALECTS if fault not in BELOW or dialect in (CKAN, LIST)
]


@pytest.mark.parametrize(("fault", "dialect"), COMBINED, ids=str)
def test_faulty_answer_ends_the_run_as_failed_and_harms_nothing(publish, fault, dialect):
    catalogue = publish(dialect)
    catalogue.publisher.fault = on_page(None, FAULTS[fault])
    for _ in range(2):
        ends = "finished" if (fault, str(dialect)) in HARMLESS else "failed"
        assert_whole(catalogue.night(), catalogue.publisher.titles, ends=ends)
    assert catalogue.assert_recovers().counts["unchanged"] == len(catalogue.publisher.entries)


@pytest.mark.parametrize("dialect", PAGED, ids=str)
@pytest.mark.parametrize("page", [1, 2, 3])
def test_error_on_any_page_ends_the_run_as_failed_and_harms_nothing(publish, dialect, page):
    catalogue = publish(dialect, 9)
    catalogue.publisher.fault = on_page(page, FAULTS["status 500"])
    for _ in range(2):
        assert_whole(catalogue.night(), catalogue.publisher.titles, ends="failed")
    assert catalogue.assert_recovers().counts["unchanged"] == 9


@pytest.mark.parametrize("dialect", DIALECTS, ids=str)
def test_error_in_the_first_run_leaves_what_was_read_for_the_next(publish, dialect):
    catalogue = publish(dialect, harvested=False)
    catalogue.publisher.fault = on_page(None, FAULTS["status 500"])
    read = [entry.title for entry in catalogue.publisher.entries[: 3 if dialect.rows else 0]]
    assert_whole(catalogue.night(), read, ends="failed")
    catalogue.assert_recovers()


@pytest.mark.parametrize("dialect", DIALECTS, ids=str)
def test_wait_that_the_publisher_asks_for_is_kept_and_the_run_finishes(publish, dialect):
    catalogue = publish(dialect)
    answers = iter([reply(status=429, Retry_After="1")])
    catalogue.publisher.fault = lambda publisher, number: next(answers, publisher.healthy(number))
    run = catalogue.night()
    assert_whole(run, catalogue.publisher.titles)
    assert list(answers) == []
    assert run.counts["unchanged"] == len(catalogue.publisher.entries)


@pytest.mark.parametrize("dialect", DIALECTS, ids=str)
def test_name_that_turns_private_after_the_first_look_is_not_opened(publish, dialect, monkeypatch):
    """The name was public when somebody looked; now it leads to a server of our own."""
    catalogue = publish(dialect)
    port = catalogue.publisher.server.host.rpartition(":")[2]
    catalogue.publisher.fault = on_page(
        None, always(reply(status=302, Location=f"http://rebound.example:{port}/inside"))
    )
    original = socket.getaddrinfo

    def lookup(host, *arguments, **options):
        return original("127.0.0.1" if host == "rebound.example" else host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    for _ in range(2):
        assert_whole(catalogue.night(), catalogue.publisher.titles, ends="failed")
    assert all("/inside" not in path for path, _headers in catalogue.publisher.server.seen)
    catalogue.assert_recovers()
