"""An empty log, days that pass, and visitors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from ckan import model
from ckan.tests.helpers import CKANTestApp
from ckanext.orden.search_log import counters, keeping
from ckanext.orden.search_log.counters import Event
from ckanext.orden.search_log.model import SearchCount, SearchQuery

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
DAY = date(2026, 11, 30)
Pass = Callable[..., None]
Get = Callable[..., Any]


@pytest.fixture
def log(clean_db: None) -> Iterator[None]:
    """Nothing has been searched for."""
    counters.forget()
    yield
    counters.forget()


@pytest.fixture
def asked(log: None) -> Pass:
    """Keeps so many searches of a query (or clicks on a dataset) on each of some days before DAY."""

    def keep(q: str, times: int = 3, days: int = 2, **said: str) -> None:
        event = Event(**{"q": q, "language": "ja", "what": "all", **said})
        for ago in range(days):
            keeping.keep(DAY - timedelta(days=ago), {event: times})

    return keep


@pytest.fixture
def get(app: CKANTestApp) -> Get:
    """Opens a page as somebody with a browser and no account; `come_from` is the page with the link."""

    def opened(path: str, come_from: str = "", status: int = 200, **headers: str) -> Any:
        sent = {"User-Agent": BROWSER, **({"Referer": come_from} if come_from else {})}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        return app.get(path, headers=sent, status=status)

    return opened


def kept() -> dict[tuple[str, str], tuple[int, ...]]:
    """The last day's counts by text (empty where it is rare) and language: asked, nothing, partial, nearest, clicks."""
    texts = {row.key: row.q for row in model.Session.query(SearchQuery)}
    return {
        (texts.get(row.key, ""), row.language): (row.asked, row.nothing, row.partial, row.nearest, row.clicks)
        for row in model.Session.query(SearchCount).order_by(SearchCount.day)
    }
