"""Fixtures of the engine's tests."""

from __future__ import annotations

import pytest

from .rivalry import Sources


@pytest.fixture
def sources(server, make_source, harvest) -> Sources:
    return Sources(server, make_source, harvest)
