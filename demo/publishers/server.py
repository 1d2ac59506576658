"""The HTTP server of the four publishers, on 127.0.0.1 only."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import NamedTuple, cast
from urllib.parse import parse_qsl, urlsplit

from . import ckan_api, lists, nara
from .publication import Publication

HOST = "127.0.0.1"
CKAN = "/osaka-pref/api/3/action/"
TOYONAKA, SAKAI, NARA = "/toyonaka/open_data_list.csv", "/sakai/open_data_list.csv", "/nara/catalog.ttl"
LAST_MODIFIED = "Thu, 20 Feb 2025 00:00:00 GMT"
MOST_BODY = 64 * 1024


class Answer(NamedTuple):
    """What goes back to the client."""

    status: int
    media_type: str
    body: bytes


HTML = Answer(200, "text/html; charset=utf-8", "<html><body><h1>ただいまメンテナンス中です</h1></body></html>".encode())
FAULTS = {
    "500": Answer(500, "text/plain; charset=utf-8", b"Internal Server Error"),
    "html": HTML,
    "{}": Answer(200, "application/json; charset=utf-8", b"{}"),
}
NOT_FOUND = Answer(404, "text/plain; charset=utf-8", b"Not Found")


def respond(target: str, parameters: dict[str, str], origin: str, publication: Publication) -> Answer:
    """The answer to a request for a path with its query."""
    path = urlsplit(target).path
    if path == "/health":
        return Answer(200, "application/json", b'{"ok": true}')
    source = _source(path)
    if source is None:
        return NOT_FOUND
    override = publication.override(source)
    fault = override.get("answer", "") if override.get("when", "") in target else ""
    if fault in FAULTS:
        return FAULTS[fault]
    answer = _publish(path, parameters, origin, publication)
    return answer._replace(body=answer.body[: len(answer.body) * 3 // 5]) if fault == "truncated" else answer


def _source(path: str) -> str | None:
    if path.startswith(CKAN):
        return ckan_api.SOURCE
    return {TOYONAKA: lists.TOYONAKA, SAKAI: lists.SAKAI, NARA: nara.SOURCE}.get(path)


def _publish(path: str, parameters: dict[str, str], origin: str, publication: Publication) -> Answer:
    if path == TOYONAKA:
        return Answer(200, "text/csv", lists.toyonaka(publication))
    if path == SAKAI:
        return Answer(200, "text/csv; charset=utf-8", lists.sakai(publication))
    if path == NARA:
        return _nara(parameters.get("page", "1"), origin, publication)
    status, body = ckan_api.answer(path.removeprefix(CKAN).strip("/"), parameters, publication)
    return Answer(status, "application/json; charset=utf-8", body)


def _nara(page: str, origin: str, publication: Publication) -> Answer:
    if not page.isdecimal():
        return NOT_FOUND
    try:
        return Answer(200, "text/turtle; charset=utf-8", nara.page(publication, int(page), origin + NARA))
    except nara.NoSuchPageError:
        return NOT_FOUND


class Handler(BaseHTTPRequestHandler):
    """GET, HEAD and, for CKAN's actions, POST with a JSON object."""

    protocol_version = "HTTP/1.1"
    server_version = "orden-demo"

    def do_GET(self) -> None:
        """Serve a publication."""
        self._answer(dict(parse_qsl(urlsplit(self.path).query)))

    do_HEAD = do_GET  # noqa: N815

    def do_POST(self) -> None:
        """Serve a CKAN action whose parameters come as JSON."""
        length = int(self.headers.get("Content-Length") or 0)
        try:
            given = json.loads(self.rfile.read(min(length, MOST_BODY)) or b"{}")
            parameters = {name: str(value) for name, value in given.items()}
        except (ValueError, AttributeError):
            self._send(Answer(400, "text/plain; charset=utf-8", b"a JSON object is needed"))
            return
        self._answer(parameters)

    def _answer(self, parameters: dict[str, str]) -> None:
        server = cast(Publishers, self.server)
        origin = f"http://{self.headers.get('Host') or server.address}"
        self._send(respond(self.path, parameters, origin, server.publication))

    def _send(self, answer: Answer) -> None:
        tag = f'"{sha256(answer.body).hexdigest()[:32]}"'
        fresh = answer.status == 200 and self.headers.get("If-None-Match") == tag
        self.send_response(304 if fresh else answer.status)
        self.send_header("ETag", tag)
        self.send_header("Last-Modified", LAST_MODIFIED)
        if not fresh:
            self.send_header("Content-Type", answer.media_type)
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if not fresh and self.command != "HEAD":
            self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the harvest log tells what was asked."""


class Publishers(ThreadingHTTPServer):
    """The four publishers on one port."""

    daemon_threads = True

    def __init__(self, port: int, publication: Publication) -> None:
        super().__init__((HOST, port), Handler)
        self.publication = publication

    @property
    def address(self) -> str:
        """Host and port."""
        return f"{HOST}:{self.server_port}"


@contextmanager
def running(publication: Publication) -> Iterator[str]:
    """The publishers in a thread, for tests: their address."""
    with Publishers(0, publication) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://{server.address}"
        finally:
            server.shutdown()
            thread.join()
