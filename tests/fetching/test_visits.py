"""A harvest's visit: robots.txt, turns and pauses, patience, and the key that stays with its place."""

from __future__ import annotations

import pytest
from ckan.lib.redis import connect_to_redis
from ckanext.orden.errors import SourceError
from ckanext.orden.fetching import Limits, addresses, fetch, turns, visits
from ckanext.orden.fetching.places import place_of
from ckanext.orden.fetching.visits import Key, visit, visiting
from fetching.server import Server, reply
from redis.exceptions import ConnectionError as RedisConnectionError

QUICK = Limits(connect=1, read=1, total=3, retries=1, backoff=0.01)


@pytest.fixture(autouse=True)
def strangers(server, ckan_config, monkeypatch):
    """The local server counts as one of somebody else's."""
    monkeypatch.setattr(addresses, "is_public", lambda _address: True)
    port = int(server.host.rpartition(":")[2])
    monkeypatch.setitem(ckan_config, "ckanext.orden.fetching.allowed_ports", [port])
    connect_to_redis().flushdb()


class Watch:
    """A clock that notes how long somebody would have slept."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)
        for key in connect_to_redis().scan_iter("orden:turn:*"):
            connect_to_redis().delete(key)


def seen(server: Server) -> list[str]:
    return [path for path, _headers in server.seen]


def test_robots_txt_is_asked_for_once_a_day_and_obeyed(server):
    server.answers["/robots.txt"] = reply(b"User-agent: *\nDisallow: /api/")
    server.answers["/data.json"] = reply(b"{}")
    for _run in range(2):
        with visiting(visit(sleep=Watch())):
            assert fetch(server.url("/data.json"), limits=QUICK).body == b"{}"
            with pytest.raises(SourceError, match="does not let programs read") as caught:
                fetch(server.url("/api/3/action/package_search?key=SeCrEt"), limits=QUICK)
            assert "SeCrEt" not in str(caught.value.texts)
            assert "/api/" in caught.value.texts["ja"]
    assert seen(server) == ["/robots.txt", "/data.json", "/data.json"]


def test_outside_a_visit_nothing_is_asked_but_the_address(server):
    server.answers["/a"] = reply(b"x")
    fetch(server.url("/a"), limits=QUICK)
    assert seen(server) == ["/a"]


def test_public_address_that_anybody_typed_is_no_part_of_a_visit(server):
    server.answers["/a"] = reply(b"x")
    with visiting(visit(sleep=Watch(), key=Key(place_of(server.url("")), "Authorization", "k"))):
        fetch(server.url("/a"), limits=QUICK, public_only=True)
    assert seen(server) == ["/a"]
    assert "authorization" not in server.seen[0][1]


def test_host_of_the_operators_option_has_no_robots_txt_and_no_pause(server, ckan_config, monkeypatch):
    monkeypatch.setitem(ckan_config, "ckanext.orden.fetching.allowed_private_hosts", [server.host])
    server.answers["/a"] = reply(b"x")
    watch = Watch()
    with visiting(visit(sleep=watch)):
        fetch(server.url("/a"), limits=QUICK)
        fetch(server.url("/a"), limits=QUICK)
    assert (seen(server), watch.slept) == (["/a", "/a"], [])


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_server_without_robots_txt_may_be_read(server, status):
    server.answers["/robots.txt"] = reply(b"User-agent: *\nDisallow: /", status=status)
    server.answers["/a"] = reply(b"x")
    with visiting(visit(sleep=Watch())):
        assert fetch(server.url("/a"), limits=QUICK).body == b"x"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_server_whose_robots_txt_fails_is_left_for_now(server, status):
    server.answers["/robots.txt"] = reply(status=status)
    with visiting(visit(sleep=Watch())), pytest.raises(SourceError, match=f"could not be read.*status {status}"):
        fetch(server.url("/a"), limits=QUICK)
    assert "/a" not in seen(server)
    server.answers["/robots.txt"], server.answers["/a"] = reply(b""), reply(b"x")
    with visiting(visit(sleep=Watch())):
        assert fetch(server.url("/a"), limits=QUICK).body == b"x"


def test_robots_txt_may_be_elsewhere_and_only_its_beginning_is_read(server):
    server.answers["/robots.txt"] = reply(status=301, Location="/moved.txt")
    server.answers["/moved.txt"] = reply(b"User-agent: *\nDisallow: /a\n" + b"#\n" * 300_000 + b"Disallow: /b\n")
    server.answers["/b"] = reply(b"x")
    with visiting(visit(sleep=Watch())):
        assert fetch(server.url("/b"), limits=QUICK).body == b"x"
        with pytest.raises(SourceError, match="does not let programs"):
            fetch(server.url("/a"), limits=QUICK)


def test_redirect_into_what_is_closed_is_not_followed(server):
    server.answers["/robots.txt"] = reply(b"User-agent: orden\nDisallow: /closed")
    server.answers["/a"] = reply(status=302, Location="/closed")
    with visiting(visit(sleep=Watch())), pytest.raises(SourceError, match="does not let programs"):
        fetch(server.url("/a"), limits=QUICK)
    assert "/closed" not in seen(server)


def test_written_permission_opens_what_is_closed_and_is_noted(server):
    server.answers["/robots.txt"] = reply(b"User-agent: *\nDisallow: /api/")
    server.answers["/api/a"] = server.answers["/b"] = reply(b"x")
    with visiting(visit(sleep=Watch(), permission="大阪市 2026-04-01")) as ours:
        fetch(server.url("/b"), limits=QUICK)
        assert not ours.permitted
        fetch(server.url("/api/a"), limits=QUICK)
    assert ours.permitted


@pytest.mark.parametrize(
    ("robots", "pause", "rest"), [(b"", 0, 1), (b"Crawl-delay: 4", 0, 4), (b"", 3, 3), (b"Crawl-delay: 999", 2, 30)]
)
def test_longest_of_the_pauses_is_kept_between_two_requests(server, robots, pause, rest):
    server.answers["/robots.txt"] = reply(b"User-agent: *\n" + robots)
    server.answers["/a"] = reply(b"x")
    with visiting(visit(sleep=Watch(), pause=pause)):
        fetch(server.url("/a"), limits=QUICK)
        [key] = connect_to_redis().scan_iter("orden:turn:*")
        assert rest - 1 < connect_to_redis().pttl(key) / 1000 <= rest


def test_server_that_another_worker_asks_is_waited_for(server):
    server.answers["/robots.txt"], server.answers["/a"] = reply(b""), reply(b"x")
    watch, other = Watch(), turns.Turns(lambda _place: 0)
    with visiting(visit(sleep=watch)):
        fetch(server.url("/a"), limits=QUICK)
        watch.slept.clear()
        connect_to_redis().flushdb()
        with other.turn(server.url("/"), 60):
            fetch(server.url("/a"), limits=QUICK)
    assert watch.slept == [turns.LOOK], "the watch ends the other's turn"


def test_person_does_not_wait_long_for_a_busy_server(server):
    other = turns.Turns(lambda _place: 0)
    hurried = visiting(visit(sleep=Watch(), longest=0.1))
    with other.turn(server.url("/"), 60), hurried, pytest.raises(SourceError, match="asked by other requests"):
        fetch(server.url("/a"), limits=QUICK)


def test_end_of_a_turn_that_was_lost_does_not_end_another_workers(server):
    first, second = turns.Turns(lambda _place: 0), turns.Turns(lambda _place: 0)
    with first.turn(server.url("/"), 60):
        connect_to_redis().flushdb()
        second_turn = second.turn(server.url("/"), 60)
        second_turn.__enter__()
    assert list(connect_to_redis().scan_iter("orden:turn:*"))
    second_turn.__exit__(None, None, None)
    assert not list(connect_to_redis().scan_iter("orden:turn:*"))


def test_loss_of_redis_stops_no_visit_and_its_own_pauses_stay(server, monkeypatch):
    def away():
        raise RedisConnectionError("away")

    for module in (turns, visits):
        monkeypatch.setattr(module, "connect_to_redis", away)
    server.answers["/robots.txt"] = reply(b"User-agent: *\nCrawl-delay: 7")
    server.answers["/a"] = reply(b"x")
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        ours.turns._free.clear()

    with visiting(visit(sleep=sleep)) as ours:
        fetch(server.url("/a"), limits=QUICK)
        fetch(server.url("/a"), limits=QUICK)
    assert [round(seconds) for seconds in slept] == [1, 7]
    assert seen(server) == ["/robots.txt", "/a", "/a"]


@pytest.mark.parametrize("status", [429, 503])
def test_run_waits_as_long_as_a_server_asks_and_the_clock_of_the_request_stands_still(server, status):
    def answer(handler):
        (reply(b"x") if seen(server).count("/a") > 1 else reply(status=status, Retry_After="600"))(handler)

    server.answers["/robots.txt"], server.answers["/a"] = reply(b""), answer
    watch = Watch()
    with visiting(visit(sleep=watch)):
        assert fetch(server.url("/a"), limits=QUICK).body == b"x"
    assert 600 in watch.slept


def test_other_workers_leave_a_server_alone_as_long_as_it_asks(server):
    server.answers["/robots.txt"], server.answers["/a"] = reply(b""), reply(status=429, Retry_After="600")
    with visiting(visit(sleep=Watch())), pytest.raises(SourceError, match="status 429"):
        fetch(server.url("/a"), limits=Limits(retries=0))
    [key] = connect_to_redis().scan_iter("orden:turn:*")
    assert connect_to_redis().ttl(key) > 500


def test_wait_beyond_a_quarter_of_an_hour_ends_the_run(server):
    server.answers["/robots.txt"], server.answers["/a"] = reply(b""), reply(status=429, Retry_After="901")
    watch = Watch()
    with visiting(visit(sleep=watch)), pytest.raises(SourceError, match="status 429"):
        fetch(server.url("/a"), limits=QUICK)
    assert 901 not in watch.slept


def test_stop_is_noticed_while_a_server_is_waited_for(server):
    def stop(_seconds: float) -> None:
        raise InterruptedError

    server.answers["/robots.txt"] = reply(b"")
    with visiting(visit(sleep=stop)), pytest.raises(InterruptedError):
        fetch(server.url("/a"), limits=QUICK)


def test_key_goes_to_its_place_and_to_no_other(server, ckan_config, monkeypatch):
    other = Server()
    ports = [int(one.host.rpartition(":")[2]) for one in (server, other)]
    monkeypatch.setitem(ckan_config, "ckanext.orden.fetching.allowed_ports", ports)
    for one in (server, other):
        one.answers["/robots.txt"], one.answers["/a"] = reply(b""), reply(b"x")
    server.answers["/away"] = reply(status=302, Location=other.url("/a"))
    try:
        with visiting(visit(sleep=Watch(), key=Key(place_of(server.url("/")), "X-API-Key", "k"))):
            for url in (server.url("/a"), server.url("/away"), other.url("/a")):
                fetch(url, limits=QUICK)
    finally:
        other.close()
    assert [headers.get("x-api-key") for path, headers in server.seen] == [None, "k", "k"]
    assert [headers.get("x-api-key") for path, headers in other.seen] == [None, None, None]


def test_answer_not_modified_that_nobody_asked_for_is_an_error(server):
    server.answers["/a"] = reply(status=304)
    with pytest.raises(SourceError, match="status 304"):
        fetch(server.url("/a"), limits=QUICK)
    assert fetch(server.url("/a"), limits=QUICK, etag='"1"').not_modified


def test_port_that_the_operator_has_not_listed_is_not_opened(server, ckan_config, monkeypatch):
    monkeypatch.setitem(ckan_config, "ckanext.orden.fetching.allowed_ports", [443])
    with pytest.raises(SourceError, match="allowed_ports"):
        fetch(server.url("/a"), limits=QUICK)
    monkeypatch.setitem(ckan_config, "ckanext.orden.fetching.allowed_private_hosts", [server.host])
    server.answers["/a"] = reply(b"x")
    assert fetch(server.url("/a"), limits=QUICK).body == b"x"
