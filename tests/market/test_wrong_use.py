"""Whatever a script sends to an action of the market, the answer says what is wrong: nothing breaks."""

from __future__ import annotations

from typing import Any

import pytest
from ckan import model
from ckan.logic import get_action
from ckan.plugins import toolkit as tk
from ckanext.orden.market.logic import action

ACTIONS = sorted(name for name in vars(action) if name.startswith("orden_market_"))
KEYS = ("id", "dataset", "organization", "offer", "upload", "text", "key", "reason", "revision", "limit", "offset")
KEYS += ("state", "order", "series", "purpose", "mail", "name", "code", "market", "hosts", "draft", "q", "apply")
WORTHLESS: tuple[Any, ...] = ("", "x", 7, -1, True, None, [], ["x"], {}, {"x": ["y"]}, "９" * 30)
REFUSED = (tk.ValidationError, tk.NotAuthorized, tk.ObjectNotFound)


@pytest.mark.parametrize("who", ["editor", "sysadmin"])
def test_rubbish_is_refused_in_words(who: str, dataset: str):
    broken = []
    for name in ACTIONS:
        for data in ({}, *({str(key): value for key in KEYS} for value in WORTHLESS)):
            try:
                get_action(name)({"user": who}, dict(data))
            except REFUSED:
                model.Session.rollback()
            except Exception as error:  # noqa: BLE001 - all that may not be
                model.Session.rollback()
                broken.append((name, data.get("id"), repr(error)[:200]))
    assert not broken, "\n".join(map(str, broken))
