"""A feed of events, RSS, Atom or iCalendar, as one dynamic dataset."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar
from urllib.parse import parse_qsl, urlsplit

from ...errors import SourceError
from ...fetching import Limits, fetch
from ...fetching.limits import MIB
from ...metadata.addresses import without_query
from ...metadata.mapping import Mapped, event_feed
from ...metadata.parsing import calendars
from .. import settings
from ..base import OrdenHarvester
from ..protocol import Cursor, Page, Record, Source
from ..recognition import Answer, Recognised, reason
from . import feed_document, xml_document

LIMITS = Limits(wire_bytes=10 * MIB, decoded_bytes=10 * MIB)
ACCEPT = "text/calendar, application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9"
_FEED = re.compile(r"<(?:rss\b|(?:\w+:)?feed\b[^>]*w3\.org/2005/atom|rdf:rdf\b[^>]*purl\.org/rss/1\.0)")
_SECRET = re.compile(r"(?:^|api|access|[_\-.])key$|token|secret|passw|signature|^(?:auth|sig|pwd)$", re.IGNORECASE)
_SECRET_PATH = re.compile(r"/private-[0-9a-z]{8,}/", re.IGNORECASE)


class EventFeedHarvester(OrdenHarvester):
    """The feed itself is the dataset's file; events are read by those who use it."""

    NAME = "orden_events"
    TITLE = "RSS / Atom / iCalendar"
    DESCRIPTION = "A feed of events (RSS, Atom, iCalendar): it becomes one dynamic dataset with the feed as its file"
    SETTINGS: ClassVar = {"licence": settings.text(), "frequency": settings.text()}

    def pages(self, source: Source, cursor: Cursor) -> Iterator[Page]:
        """The feed is the only record."""
        if _is_secret(source.url):
            raise _secret(source.url)
        feed = feed_document.read(fetch(source.url, accept=ACCEPT, limits=LIMITS).body, source.url)
        yield Page([Record({**feed, "title": feed["title"] or source.title}, source.url)], None, 1)

    def map(self, record: Record, source: Source) -> Mapped:
        """The feed as a dataset of ours."""
        return event_feed.dataset(record.content, record.guid, source.settings)

    def recognises(self, answer: Answer) -> Recognised | None:
        """A feed that can be read, only where somebody has pointed at it: every site has one of its news."""
        if not looks_like(answer.body, answer.media_type):
            return None
        try:
            feed = feed_document.read(answer.body, answer.url)
        except SourceError:
            return None
        kind = "iCalendar" if feed["kind"] == "ICS" else feed["kind"]
        said = reason(
            f"It is a feed ({kind}). Take it if it is one of events.",
            f"フィード（{kind}）です。イベントのフィードであれば登録できます。",
        )
        return Recognised(answer.url, said, feed["title"])


def looks_like(body: bytes, media_type: str) -> bool:
    """Whether an answer is a feed; one of news looks the same as one of events."""
    return calendars.is_calendar(body) or bool(_FEED.match(xml_document.begins(body)))


def _is_secret(url: str) -> bool:
    """Whether an address lets in whoever knows it: the dataset would show it to all."""
    parts = urlsplit(url)
    return bool(_SECRET_PATH.search(parts.path)) or any(_SECRET.search(name) for name, _ in parse_qsl(parts.query))


def _secret(url: str) -> SourceError:
    host = urlsplit(without_query(url)).hostname
    return SourceError(
        f"The address of the feed at {host} holds a key, and the dataset would show it to everybody. "
        "Use the feed's public address.",
        ja=f"{host} のフィードのアドレスに鍵が含まれ、データセットで誰にでも見えてしまいます。"
        "公開用のアドレスを指定してください。",
    )
