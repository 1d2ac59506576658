"""The plugin on a running CKAN: what an API client and a visitor get."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Act = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


def test_spellings_become_one(act: Act, toilets: dict[str, Any]) -> None:
    shown = act("package_create", **toilets)
    assert shown["license_id"] == "CC-BY-4.0"
    assert shown["license_title"] == "クリエイティブ・コモンズ 表示 4.0 国際"
    assert shown["isopen"] is True
    assert shown["frequency"].endswith("/frequency/ANNUAL")
    assert shown["orden_frequency_text"] == "年1回"
    assert shown["access_rights"].endswith("/access-right/PUBLIC")
    assert shown["resources"][0]["format"] == "CSV"
    assert shown["orden_axes"]["sector"]["values"] == ["public"]
    assert shown["orden_axes"]["openness"]["values"] == ["open"]
