"""A publisher on this machine that answers in one dialect, and wrongly when a test asks for it."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qsl, urlsplit

from ckanext.orden.fetching.limits import Limits
from fetching.server import Answer, Server, reply

from ..feeds import NOUNS
from .dialects import Dialect, Entry, Page

SIZE = 6
Fault = Callable[["Publisher", int], Answer]
"""What is answered instead of the page of that number."""


def entry(number: int) -> Entry:
    """A record like those of a Japanese city."""
    return Entry(number, f"{NOUNS[number % len(NOUNS)]}一覧 {number}", id=f"urn:faults:{number}")


class Publisher:
    """A catalogue; `fault` is what is wrong with it at the moment."""

    def __init__(self, server: Server, dialect: Dialect, size: int = SIZE) -> None:
        self.server, self.dialect = server, dialect
        self.entries = [entry(number) for number in range(size)]
        self.fault: Fault | None = None
        self._query: dict[str, str] = {}
        """What is being asked."""
        server.answers[dialect.path] = self._answer
        if dialect.record_path:
            server.answers[dialect.record_path] = self._show

    @property
    def url(self) -> str:
        return self.server.url(self.dialect.path)

    @property
    def titles(self) -> list[str]:
        return sorted(entry.title for entry in self.entries)

    @property
    def last(self) -> int:
        """The number of the last page."""
        return -(-len(self.entries) // self.dialect.rows) if self.dialect.rows else 1

    def change(self, number: int, **values: str) -> None:
        self.entries[number] = replace(self.entries[number], **values)

    def page(self, number: int, *, entries: Iterable[Entry] | None = None, total: int | None = None) -> bytes:
        """The page as it should be; with other entries or another count than it should have."""
        rows = self.dialect.rows or len(self.entries)
        found = self._found()
        shown = found[(number - 1) * rows : number * rows] if entries is None else list(entries)
        following = f"{self.url}?page={number + 1}" if number < self.last else ""
        count = len(found) if total is None else total
        fields = [name for name in self._query.get("fl", "").split(",") if name]
        return self.dialect.write(Page(shown, count, following, fields)).encode()

    def _found(self) -> list[Entry]:
        """The entries whose ids are asked for, or all."""
        wanted = re.findall(r'"([^"]+)"', self._query.get("fq", ""))
        return [entry for entry in self.entries if entry.id in wanted] if wanted else self.entries

    def healthy(self, number: int) -> Answer:
        return self.reply(self.page(number))

    def reply(self, body: bytes, **headers: str) -> Answer:
        return reply(body, 200, **{"Content_Type": self.dialect.media_type, **headers})

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        self._query = dict(parse_qsl(urlsplit(handler.path).query))
        number = self.dialect.number(self._query)
        answer = self.fault(self, number) if self.fault else self.healthy(number)
        answer(handler)

    def _show(self, handler: BaseHTTPRequestHandler) -> None:
        asked = dict(parse_qsl(urlsplit(handler.path).query)).get("id")
        found = next((entry for entry in self.entries if entry.id == asked), None)
        answer = self.reply(self.dialect.record(found).encode()) if found else reply(b"{}", status=404)
        answer(handler)


class Held:
    """A page that is not given before the test says so; line ends meanwhile, too many to pass for a slow drip."""

    def __init__(self) -> None:
        self.asked, self.answered = threading.Event(), threading.Event()

    def __call__(self, publisher: Publisher, number: int) -> Answer:
        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(200)
            handler.send_header("Content-Type", publisher.dialect.media_type)
            handler.end_headers()
            self.asked.set()
            with suppress(OSError):  # the worker was killed
                while not self.answered.wait(1):
                    handler.wfile.write(b"\n" * 2 * Limits().least_speed)
                handler.wfile.write(publisher.page(number))

        return answer


def on_page(wanted: int | None, fault: Fault) -> Fault:
    """The fault on one page only, the last when none is named; the others are as they should be."""

    def answer(publisher: Publisher, number: int) -> Answer:
        broken = number == (publisher.last if wanted is None else wanted)
        return fault(publisher, number) if broken else publisher.healthy(number)

    return answer
