"""One demo for all tests, killed once while it loaded; ended with the tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .moments import MOMENTS, wait
from .site import Demo, environment


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    """The demo, loaded and harvested, although everything was killed while the companies registered their datasets."""
    site = Demo(environment())
    site.orden("reset", "--yes")
    child = site.start()
    wait(lambda: MOMENTS["companies"](site), child)
    site.kill_everything()
    site.up()
    yield site
    site.orden("down")
