"""The demo is loaded once, and what an interrupted load left in the index is thrown away."""

from __future__ import annotations

import pytest

from stack import demo, ending, processes, settings, site_setup
from stack.errors import StackError
from stack.instance import Instance
from stack.parts import part as parts


@pytest.fixture()
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What `demo.ensure` did, with the work itself left out."""
    words: list[str] = []
    monkeypatch.setattr(settings, "site_url", lambda _: "http://site")
    monkeypatch.setattr(parts, "port_of", lambda *_: 1)
    monkeypatch.setattr(parts, "ensure", lambda *_: [])
    monkeypatch.setattr(ending, "end_part", lambda *_: False)
    monkeypatch.setattr(site_setup, "data_key", lambda _: "data")
    monkeypatch.setattr(site_setup, "make_index", lambda *_: words.append("index"))
    monkeypatch.setattr(demo, "_load", lambda *_: words.append("load"))
    monkeypatch.setattr(processes, "run", lambda _folder, command, *_: words.append(command[1]))
    return words


def test_loaded_demo_is_left_alone(instance: Instance, done: list[str]):
    assert demo.ensure(instance) == ["demo"]
    assert demo.ensure(instance) == []
    assert done == ["load", "orden-harvest"]


def test_interrupted_load_is_repeated_and_the_index_made_anew(
    instance: Instance, done: list[str], monkeypatch: pytest.MonkeyPatch
):
    def broken(*_: object) -> None:
        raise StackError("the database went away")

    with monkeypatch.context() as patch, pytest.raises(StackError):
        patch.setattr(demo, "_load", broken)
        demo.ensure(instance)
    assert demo.ensure(instance) == ["demo"]
    assert done == ["load", "orden-harvest", "index", "orden-table"]
