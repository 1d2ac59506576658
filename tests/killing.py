"""What a killed worker looks like to the code."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest


class Killed(BaseException):
    """What no handler of errors may catch: the process is gone."""


def kill_at(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, call: int) -> None:
    """Let the process 'die' at the given call of a function."""
    original, calls = getattr(owner, name), count(1)

    def dies(*args: Any, **kwargs: Any) -> Any:
        if next(calls) == call:
            raise Killed
        return original(*args, **kwargs)

    monkeypatch.setattr(owner, name, dies)
