"""Addresses are asked politely, by HEAD then GET, and what they answer reaches score, page and command."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import quote

import pytest
from ckan import model
from ckan.lib.search.common import make_connection
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import CKANCliRunner
from ckanext.orden.clock import utcnow
from ckanext.orden.dcat import jobs
from ckanext.orden.dcat.cli import orden_dcat
from ckanext.orden.dcat.links import checking, states, store
from ckanext.orden.dcat.model import DcatLink
from ckanext.orden.dcat.profiles.iris import safe_iri
from ckanext.orden.dcat.quality import keeping
from ckanext.orden.fetching import asking
from ckanext.orden.schedule import MINUTE

from ..conftest import Act

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "with_request_context", "quick")
Dict = dict[str, Any]


class Answering(BaseHTTPRequestHandler):
    """Answers as its table says: by path a status for HEAD and one for GET."""

    statuses: dict[str, tuple[int, int]]
    robots: str
    asked: list[tuple[str, str]]

    def _answer(self, status: int) -> None:
        self.asked.append((self.command, self.path))
        body = self.robots.encode() if self.path == "/robots.txt" else b"x"
        self.send_response(200 if self.path == "/robots.txt" and self.robots else status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Retry-After", "3600")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def do_HEAD(self) -> None:
        self._answer(self.statuses.get(self.path, (404, 404))[0])

    def do_GET(self) -> None:
        self._answer(self.statuses.get(self.path, (404, 404))[1])

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


@pytest.fixture()
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A server whose answers a test sets."""
    handler = type("Handler", (Answering,), {"statuses": {}, "robots": "", "asked": []})
    running = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
    monkeypatch.setitem(tk.config, "ckanext.orden.fetching.allowed_private_hosts", [f"127.0.0.1:{running.server_port}"])
    handler.url = lambda path: f"http://127.0.0.1:{running.server_port}{path}"  # pyright: ignore[reportAttributeAccessIssue]
    yield handler
    running.shutdown()
    running.server_close()


@pytest.fixture()
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits for politeness, but the one about it."""
    monkeypatch.setitem(tk.config, "ckanext.orden.dcat.links_per_second", 1000)


def link_of(url: str) -> DcatLink:
    model.Session.expire_all()
    return store.links([url])[url]


def again(url: str) -> None:
    """Let an address be due now."""
    link_of(url).next_at = utcnow()
    model.Session.commit()


@pytest.mark.parametrize(
    ("head", "get", "state"),
    [
        (200, 500, "ok"),
        (405, 200, "ok"),
        (403, 206, "ok"),
        (404, 200, "ok"),
        (500, 416, "ok"),
        (404, 404, "broken"),
        (410, 200, "broken"),
        (500, 500, "failing"),
        (401, 401, "uncheckable"),
        (403, 403, "uncheckable"),
        (429, 200, "uncheckable"),
        (503, 503, "uncheckable"),
    ],
)
def test_an_answer_is_understood(server: Any, head: int, get: int, state: str):
    server.statuses["/f"] = (head, get)
    verdict = asking.ask(server.url("/f"), 0)
    assert (verdict.state, verdict.status) == (state, verdict.status)
    assert bool(verdict.reason) == (state != "ok")


def test_a_server_that_is_not_there_is_broken_the_second_time():
    url = "http://127.0.0.1:1/f"
    store.register([url])
    model.Session.commit()
    tk.config["ckanext.orden.fetching.allowed_private_hosts"] = ["127.0.0.1:1"]
    checking.check(5)
    assert (link_of(url).state, states([url])) == ("failing", {url: None})
    again(url)
    checking.check(5)
    assert (link_of(url).state, states([url]), link_of(url).failures) == ("broken", {url: False}, 2)
    assert link_of(url).reason["ja"]
    assert link_of(url).next_at - utcnow() > timedelta(hours=23)


def test_a_private_address_is_not_opened():
    url = "http://127.0.0.1:1/solr/admin"
    store.register([url])
    tk.config["ckanext.orden.fetching.allowed_private_hosts"] = []
    checking.check(5)
    assert link_of(url).state == "failing"
    assert "private" in link_of(url).reason["en"]


def test_only_what_is_due_is_asked(server: Any):
    server.statuses["/f"] = (200, 200)
    store.register([server.url("/f"), "ftp://127.0.0.1/f", "mailto:a@example.jp"])
    assert checking.is_due()
    assert checking.check(5) == 1
    assert not checking.is_due()
    assert checking.check(5) == 0
    assert checking.check(5, everything=True) == 1
    assert link_of(server.url("/f")).next_at - utcnow() > timedelta(days=6)


def test_a_server_is_not_hurried(server: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(tk.config, "ckanext.orden.dcat.links_per_second", 5)
    store.register(server.url(f"/{number}") for number in range(4))
    begin = time.monotonic()
    checking.check(5)
    assert time.monotonic() - begin >= 0.6


def test_a_busy_server_is_left_alone_as_long_as_it_asks(server: Any):
    server.statuses |= {f"/{number}": (429, 429) for number in range(3)}
    store.register(server.url(f"/{number}") for number in range(3))
    assert checking.check(5) == 1
    assert [path for _, path in server.asked] == ["/robots.txt", "/" + server.asked[1][1][1:]]
    waits = [link_of(server.url(f"/{number}")).next_at - utcnow() for number in range(3)]
    assert all(timedelta(minutes=55) < wait <= timedelta(hours=1) for wait in waits)


def test_what_robots_txt_forbids_is_not_asked(server: Any):
    server.robots = "User-agent: *\nDisallow: /closed/\n"
    server.statuses |= {"/closed/f": (200, 200), "/open": (200, 200)}
    store.register([server.url("/closed/f"), server.url("/open")])
    checking.check(5)
    assert (link_of(server.url("/closed/f")).state, link_of(server.url("/open")).state) == ("uncheckable", "ok")
    assert "/closed/f" not in {path for _, path in server.asked}


def test_addresses_that_nobody_names_are_asked_no_more_and_then_forgotten(server: Any):
    url = server.url("/f")
    store.register([url])
    link_of(url).seen_on = utcnow().date() - timedelta(days=store.NAMED_DAYS + 1)
    model.Session.commit()
    assert checking.check(5) == 0
    link_of(url).seen_on = utcnow().date() - timedelta(days=100)
    model.Session.commit()
    checking.check(5)
    assert store.links([url]) == {}


@pytest.fixture()
def dataset(act: Act, server: Any) -> Dict:
    """A public dataset with a file that opens and one that does not."""
    server.statuses |= {"/a.csv": (200, 200)}
    organization = act("organization_create", name="toyonaka", title="豊中市", orden_org_kind="public")
    files = [{"name": name, "url": server.url(f"/{name}"), "format": "CSV"} for name in ("a.csv", "b.csv")]
    made = act("package_create", name="links", title="題", notes="説明", owner_org=organization["id"], resources=files)
    make_connection().commit(waitSearcher=True)
    keeping.refresh()
    return made


def test_answers_reach_the_score(dataset: Dict):
    def found() -> Any:
        model.Session.expire_all()
        kept = keeping.stored(dataset["id"])
        return kept and kept[0].found["accessUrlStatusCode"]

    assert found() is None
    assert checking.check(5) == 2
    assert keeping.is_due()
    keeping.refresh()
    assert found() is True


@pytest.mark.parametrize("name", ["避難所 一覧.csv", "a|b[1].csv", "100%.csv", "a%20b.csv"])
def test_an_address_is_known_however_it_is_escaped(server: Any, name: str):
    written = server.url(f"/{name}")
    escaped = str(safe_iri(written))
    store.register([written, escaped])
    (link,) = store.links([written]).values()
    assert link is store.links([escaped])[escaped]
    assert link.url == escaped
    server.statuses[quote(escaped.removeprefix(server.url("")), safe="/%")] = (200, 200)
    checking.check(5)
    assert states([written]) == {written: True}


@pytest.mark.parametrize("name", ["避難所.csv", "a|b[1].csv"])
def test_answers_for_an_escaped_address_reach_score_and_page(act: Act, dataset: Dict, server: Any, name: str):
    files = [{"name": "f", "url": server.url(f"/{name}"), "format": "CSV"}]
    changed = act("package_patch", id=dataset["id"], resources=files)
    make_connection().commit(waitSearcher=True)
    keeping.refresh()
    checking.check(5)
    assert [link["state"] for link in tk.h.orden_dcat_links(changed)] == ["broken"]
    assert keeping.is_due()
    keeping.refresh()
    kept = keeping.stored(dataset["id"])
    assert kept
    assert kept[0].found["accessUrlStatusCode"] is False


@pytest.mark.parametrize("field", ["download_url", "access_url", "upload"])
def test_answers_for_every_address_of_a_file_have_the_score_made_again(
    act: Act, dataset: Dict, server: Any, monkeypatch: pytest.MonkeyPatch, field: str
):
    file = {"name": "f", "url": server.url("/a.csv"), "format": "CSV"}
    more: Dict = {field: server.url("/new.csv")}
    if field == "upload":
        monkeypatch.setitem(tk.config, "ckan.site_url", server.url("").rstrip("/"))
        more = {"url": server.url("/dataset/1/resource/2/download/new.csv")}  # stored as site:/…
    act("package_patch", id=dataset["id"], resources=[{**file, **more}])
    make_connection().commit(waitSearcher=True)
    checking.check(5)
    keeping.refresh()
    assert not keeping.is_due()
    checking.check(5)
    assert keeping.is_due()
    assert keeping.stored(dataset["id"])


def test_addresses_of_private_datasets_are_not_asked(act: Act, dataset: Dict):
    model.Session.query(DcatLink).delete()
    act("package_patch", id=dataset["id"], private=True)
    make_connection().commit(waitSearcher=True)
    keeping.refresh()
    assert checking.check(5) == 0


def test_the_page_says_which_file_does_not_open(dataset: Dict):
    checking.check(5)
    keeping.refresh()
    shown = {link["file"]["name"]: link["state"] for link in tk.h.orden_dcat_links(dataset)}
    assert shown == {"a.csv": "ok", "b.csv": "broken"}
    page = tk.render("orden_dcat/snippets/links.html", {"links": tk.h.orden_dcat_links(dataset)})
    assert page.count("<tr>") == 3
    assert "404" in page


def test_the_command_asks_and_says_what_does_not_open(cli: CKANCliRunner, dataset: Dict, server: Any):
    result = cli.invoke(orden_dcat, ["check-links"])
    assert result.exit_code == 1
    assert "1 broken, 1 ok" in result.output
    server.statuses["/b.csv"] = (200, 200)
    result = cli.invoke(orden_dcat, ["check-links", "--all", "--json"])
    assert result.exit_code == 0
    assert {answer["state"] for answer in json.loads(result.output)} == {"ok"}


def test_the_minute_hand_has_addresses_asked(dataset: Dict, monkeypatch: pytest.MonkeyPatch):
    asked: list[Any] = []
    monkeypatch.setattr(tk, "enqueue_job", lambda job, **_: asked.append(job))
    MINUTE.send()
    assert jobs.check_links in asked
    jobs.check_links()
    asked.clear()
    monkeypatch.setitem(tk.config, "ckanext.orden.dcat.links_per_second", 0)
    MINUTE.send()
    assert jobs.check_links not in asked
