"""A catalogue that has been harvested once, and is then struck."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from ckanext.orden import fetching
from ckanext.orden.fetching.limits import Limits
from ckanext.orden.harvesters.model import HarvestRun

from .dialects import Dialect
from .publisher import SIZE, Publisher
from .whole import assert_whole
from .workers import Stand

DAY = 25
"""Hours from one night's run to the next."""


@dataclass
class Catalogue:
    """A publisher and the source that points to it."""

    publisher: Publisher
    source: str
    harvest: Callable[..., HarvestRun]
    nights: int = 0

    def night(self) -> HarvestRun:
        """The run of the next night."""
        self.nights += 1
        return self.harvest(self.source, hours=DAY * self.nights)

    def assert_recovers(self) -> HarvestRun:
        """The publisher is well again, and so is the catalogue."""
        self.publisher.fault = None
        run = self.night()
        assert_whole(run, self.publisher.titles)
        return run


@pytest.fixture
def publish(server: Any, make_source: Any, harvest: Any) -> Callable[..., Catalogue]:
    """A publisher of one dialect whose catalogue was harvested once."""

    def make(dialect: Dialect, size: int = SIZE, *, harvested: bool = True) -> Catalogue:
        publisher = Publisher(server, dialect, size)
        made = Catalogue(publisher, make_source(publisher.url, dialect.kind, **dialect.config), harvest)
        if harvested:
            assert_whole(made.night(), publisher.titles)
        return made

    return make


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seconds of patience where operators have minutes; the bounds of size stay."""
    original = fetching.get

    def quick(request: Any, limits: Limits) -> Any:
        bounds = {name: getattr(limits, name) for name in ("wire_bytes", "decoded_bytes", "ratio")}
        return original(request, Limits(read=0.4, total=1.2, retries=1, backoff=0.01, longest_wait=1.0, **bounds))

    monkeypatch.setattr(fetching, "get", quick)


@pytest.fixture
def stand(server: Any, tmp_path: Path) -> Iterator[Stand]:
    """Doors before the services, and workers behind them; all ended with the test."""
    made = Stand(tmp_path, server.host)
    yield made
    made.close()
