"""A local server for each test that asks for one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fetching.server import Server


@pytest.fixture
def server() -> Iterator[Server]:
    """A local server, closed after the test."""
    running = Server()
    yield running
    running.close()
