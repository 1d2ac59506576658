"""Redis starts wherever the clone lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from stack import ending
from stack.instance import Instance
from stack.parts import part as parts
from stack.parts import redis


@pytest.mark.parametrize("name", ["with a blank", 'with "quotes" and \\', "大阪"])
def test_folder_of_any_name_is_taken(tmp_path: Path, name: str):
    instance = Instance("trial", tmp_path / name)
    try:
        assert parts.ensure(instance, redis.part(instance)) == [redis.NAME]
    finally:
        ending.end_all(instance)
