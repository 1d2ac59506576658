"""An instance in a folder of the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from stack.instance import Instance


@pytest.fixture()
def instance(tmp_path: Path) -> Instance:
    return Instance("trial", tmp_path / "trial")
