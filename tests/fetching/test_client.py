"""The guarded GET against real servers on this machine."""

from __future__ import annotations

import gzip
import socket
import time

import pytest
from ckanext.orden.errors import SourceError
from ckanext.orden.fetching.client import Request, get
from ckanext.orden.fetching.limits import MIB, Limits
from fetching.server import Server, reply

QUICK = Limits(connect=1, read=1, total=3, retries=2, backoff=0.01)


def ask(server: Server, path: str, limits: Limits = QUICK, **kwargs):
    return get(Request(server.url(path), allow_hosts=frozenset([server.host]), **kwargs), limits)


def test_plain_answer_is_returned(server):
    server.answers["/a"] = reply("避難所".encode(), Content_Type="text/CSV; charset=utf-8", ETag='"1"')
    fetched = ask(server, "/a", user_agent="orden (+https://example.org)")
    assert fetched.body.decode() == "避難所"
    assert fetched.body.decode() == "避難所", "the body can be read twice"
    assert (fetched.status, fetched.media_type, fetched.etag, fetched.size) == (200, "text/csv", '"1"', 9)
    assert server.seen[0][1]["user-agent"] == "orden (+https://example.org)"


def test_gzip_answer_is_unpacked(server):
    server.answers["/a"] = reply(gzip.compress(b"abc" * 9), Content_Encoding="gzip")
    assert ask(server, "/a").body == b"abc" * 9


def test_conditional_request_may_be_answered_not_modified(server):
    server.answers["/a"] = reply(status=304)
    fetched = ask(server, "/a", headers={"If-None-Match": '"1"'})
    assert fetched.not_modified
    assert fetched.body == b""
    assert server.seen[0][1]["if-none-match"] == '"1"'


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "/etc/passwd",
        "ftp://example.org/",
        "gopher://example.org/",
        "javascript:alert(1)",
        "http://",
        "http:///a",
        "http://a b/",
        "http://a\\b/",
        "http://example.org/\r\nHost: inner",
        "",
    ],
)
def test_other_than_http_is_refused(url):
    with pytest.raises(SourceError, match="not an http or https address"):
        get(Request(url), QUICK)


def test_credentials_in_the_address_are_refused_and_not_repeated():
    with pytest.raises(SourceError, match="user name or password") as caught:
        get(Request("http://user:secret@example.org/"), QUICK)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0x7f.1", "2130706433", "[::ffff:127.0.0.1]", "127.1"])
def test_private_address_is_refused_in_any_dress(server, host):
    port = server.host.rpartition(":")[2]
    with pytest.raises(SourceError, match="private network"):
        get(Request(f"http://{host}:{port}/"), QUICK)
    assert server.seen == []


def test_name_that_turns_private_after_the_first_look_is_refused(server, monkeypatch):
    """The address is checked where it is used: there is no second look-up that could answer otherwise."""
    answers = iter(["8.8.8.8"])

    def lookup(_host, port, **_kwargs):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers, "127.0.0.1"), port))]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    next(answers)
    with pytest.raises(SourceError, match="private network"):
        get(Request(f"http://rebound.example:{server.host.rpartition(':')[2]}/"), QUICK)
    assert server.seen == []


def test_redirect_is_followed_and_credentials_stay_with_their_host(server):
    other = Server()
    try:
        server.answers["/a"] = reply(status=302, Location="/b")
        server.answers["/b"] = reply(status=301, Location=other.url("/c"))
        other.answers["/c"] = reply(b"end")
        hosts = frozenset([server.host, other.host])
        fetched = get(Request(server.url("/a"), credentials={"Authorization": "key"}, allow_hosts=hosts), QUICK)
    finally:
        other.close()
    assert (fetched.body, fetched.url) == (b"end", other.url("/c"))
    assert [seen["authorization"] for _path, seen in server.seen] == ["key", "key"]
    assert "authorization" not in other.seen[0][1]


@pytest.mark.parametrize("target", ["http://169.254.169.254/latest", "http://127.0.0.1:1/", "http://[::1]/"])
def test_redirect_inside_is_refused(server, target):
    server.answers["/a"] = reply(status=302, Location=target)
    with pytest.raises(SourceError, match="private network"):
        ask(server, "/a")


@pytest.mark.parametrize("target", ["file:///etc/passwd", "gopher://x/", "http://user:pw@x/"])
def test_redirect_to_another_kind_of_address_is_refused(server, target):
    server.answers["/a"] = reply(status=302, Location=target)
    with pytest.raises(SourceError):
        ask(server, "/a")


def test_redirect_loop_ends(server):
    server.answers["/a"] = reply(status=302, Location="/a")
    with pytest.raises(SourceError, match="redirects more than 5 times"):
        ask(server, "/a")
    assert len(server.seen) == 6


@pytest.mark.parametrize("status", [204, 400, 401, 403, 404, 410, 500])
def test_error_status_is_not_tried_again(server, status):
    server.answers["/a"] = reply(b"<html>", status=status)
    with pytest.raises(SourceError, match=f"status {status}"):
        ask(server, "/a")
    assert len(server.seen) == 1


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_passing_error_is_tried_again_within_bounds(server, status):
    server.answers["/a"] = reply(status=status)
    with pytest.raises(SourceError, match=f"status {status}"):
        ask(server, "/a")
    assert len(server.seen) == 1 + QUICK.retries


def test_retry_after_is_heeded(server):
    def answer(handler):
        (reply(b"ok") if len(server.seen) > 1 else reply(status=429, Retry_After="1"))(handler)

    server.answers["/a"] = answer
    begin = time.monotonic()
    assert ask(server, "/a").body == b"ok"
    assert time.monotonic() - begin >= 1


def test_retry_after_beyond_our_patience_ends_the_run(server):
    server.answers["/a"] = reply(status=503, Retry_After="99999")
    with pytest.raises(SourceError, match="status 503"):
        ask(server, "/a")
    assert len(server.seen) == 1


def test_large_answer_is_refused(server):
    server.answers["/a"] = reply(b"x" * 2000)
    with pytest.raises(SourceError, match="larger than"):
        ask(server, "/a", Limits(wire_bytes=1000))


def test_large_answer_without_a_length_is_refused(server):
    def answer(handler):
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(b"x" * 2000)

    server.answers["/a"] = answer
    with pytest.raises(SourceError, match="larger than"):
        ask(server, "/a", Limits(wire_bytes=1000))


@pytest.mark.parametrize("limits", [Limits(decoded_bytes=10 * MIB, ratio=10**6), Limits(ratio=20)])
def test_gzip_bomb_is_refused(server, limits):
    server.answers["/a"] = reply(gzip.compress(bytes(100 * MIB)), Content_Encoding="gzip")
    with pytest.raises(SourceError):
        ask(server, "/a", limits)


def test_gzip_of_several_members_is_read_to_its_end(server):
    body = gzip.compress(b"first,") + gzip.compress(b"x" * 99999) + gzip.compress(b",last")
    server.answers["/a"] = reply(body, Content_Encoding="gzip")
    assert ask(server, "/a").body == b"first," + b"x" * 99999 + b",last"


CUT = gzip.compress(b"abc" * 999)[:-9]
BROKEN = {
    "cut off": CUT,
    "not gzip": b"no gzip at all",
    "cut off in its second member": gzip.compress(b"whole") + CUT,
    "followed by something else": gzip.compress(b"whole") + b"!",
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
def test_broken_gzip_is_an_error(server, body):
    server.answers["/a"] = reply(body, Content_Encoding="gzip")
    with pytest.raises(SourceError, match="broken or cut off"):
        ask(server, "/a")


def test_unknown_compression_is_an_error(server):
    server.answers["/a"] = reply(b"x", Content_Encoding="br")
    with pytest.raises(SourceError, match="compression 'br'"):
        ask(server, "/a")


def test_short_body_is_an_error(server):
    server.answers["/a"] = reply(b"half", Content_Length="999")
    with pytest.raises(SourceError, match="broke off"):
        ask(server, "/a")


def test_silent_server_is_left(server):
    server.answers["/a"] = lambda _handler: time.sleep(3)
    begin = time.monotonic()
    with pytest.raises(SourceError, match="did not answer in time"):
        ask(server, "/a", Limits(read=0.3, retries=0))
    assert time.monotonic() - begin < 2


@pytest.mark.parametrize("drip_headers", [True, False])
def test_dripping_server_is_left_when_the_total_time_is_up(server, drip_headers):
    def answer(handler):
        if not drip_headers:
            handler.send_response(200)
            handler.send_header("Content-Length", "999")
            handler.end_headers()
        try:
            for _ in range(40):
                handler.wfile.write(b"H" if drip_headers else b"x")
                handler.wfile.flush()
                time.sleep(0.1)
        except OSError:
            return

    server.answers["/a"] = answer
    begin = time.monotonic()
    with pytest.raises(SourceError, match=r"within 0\.7 seconds"):
        ask(server, "/a", Limits(read=0.5, total=0.7))
    assert time.monotonic() - begin < 2


def test_server_that_sends_a_byte_now_and_then_is_left_long_before_the_total_time_is_up(server):
    def answer(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "999999")
        handler.end_headers()
        try:
            for _ in range(80):
                handler.wfile.write(b"x")
                handler.wfile.flush()
                time.sleep(0.05)
        except OSError:
            return

    server.answers["/a"] = answer
    with pytest.raises(SourceError, match="less than 1000 bytes a second"):
        ask(server, "/a", Limits(window=0.3, total=60))


def test_closed_port_is_an_error_after_its_retries():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(SourceError, match="connection"):
        get(Request(f"http://127.0.0.1:{port}/", allow_hosts=frozenset(["127.0.0.1"])), QUICK)


def test_unknown_name_is_an_error():
    with pytest.raises(SourceError, match="connection"):
        get(Request("http://no-such-host.invalid/"), QUICK)


def test_environment_proxy_is_ignored(server, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    server.answers["/a"] = reply(b"direct")
    assert ask(server, "/a").body == b"direct"


def test_error_is_told_in_both_languages(server):
    server.answers["/a"] = reply(status=404)
    with pytest.raises(SourceError) as caught:
        ask(server, "/a")
    assert "状態コード 404" in caught.value.texts["ja"]
    assert "status 404" in caught.value.texts["en"]
