"""CADDE's keys of a dataset as its offers say them, beside what its provider has stated."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from .exchange.cadde_reading import KEYS

MARKET = "orden_market"
"""Key of the dataset: its offers, the keys that they give (`generated`), what stood there before (`stated`)."""

POLICY = "haspolicy_url"
"""CADDE's key of the address where the policies of the dataset stand (items 11300 and 21180)."""

_GENERATED = {*KEYS, POLICY}
_NOTHING = object()


def state(dataset: dict[str, Any], keys: Mapping[str, str], differing: Collection[str] = ()) -> None:
    """Let the dataset say these keys, and none of those in which its offers differ; `withdraw` takes that back."""
    generated = {**dict.fromkeys(differing, ""), **keys}
    before = {key: _value(dataset, key) for key in generated}
    stated = {key: value for key, value in before.items() if value is not _NOTHING}
    for key, text in generated.items():
        _put(dataset, key, text or _NOTHING)
    dataset.setdefault(MARKET, {}).update(generated=generated, stated=stated)


def withdraw(dataset: dict[str, Any]) -> None:
    """Leave only what the provider has stated; what somebody has changed since it was shown is a statement too."""
    told = _record(dataset.pop(MARKET, None))
    stated = _record(told.get("stated"))
    for key, text in _record(told.get("generated")).items():
        value = _value(dataset, key)
        if key in _GENERATED and text == ("" if value is _NOTHING else value):
            _put(dataset, key, stated.get(key, _NOTHING))


def _value(dataset: Mapping[str, Any], key: str) -> Any:
    found = [extra.get("value") for extra in _extras(dataset) if extra.get("key") == key]
    return found[0] if found else dataset.get(key, _NOTHING)


def _put(dataset: dict[str, Any], key: str, value: Any) -> None:
    """Where the key stands already: among the extras where no schema has made it a field, else at the top."""
    if any(extra.get("key") == key for extra in _extras(dataset)):
        text = "" if value is _NOTHING else value
        extras = [{**extra, "value": text} if extra.get("key") == key else extra for extra in dataset["extras"]]
        dataset["extras"] = extras
    elif value is _NOTHING:
        dataset.pop(key, None)
    else:
        dataset[key] = value


def _extras(dataset: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    extras = dataset.get("extras")
    return extras if isinstance(extras, list) and all(isinstance(extra, Mapping) for extra in extras) else []


def _record(found: Any) -> Mapping[str, Any]:
    return found if isinstance(found, Mapping) else {}
