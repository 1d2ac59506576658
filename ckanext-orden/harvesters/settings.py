"""The configuration of a source: JSON whose every key is known and checked, with a sentence for what is wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ckan.plugins import toolkit as tk

_SECRET = re.compile("api_?key|token|passw|secret|auth|credential", re.IGNORECASE)


@dataclass(frozen=True)
class Check:
    """What a key may hold, as a test and as words."""

    accepts: Callable[[Any], bool]
    says: str


def one_of(*values: str) -> Check:
    """One of these texts."""
    return Check(lambda value: value in values, "one of " + ", ".join(f'"{value}"' for value in values))


def whole_number(least: int, most: int) -> Check:
    """A whole number between two bounds."""
    return Check(
        lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= most,
        f"a whole number from {least} to {most}",
    )


def text() -> Check:
    """Some text."""
    return Check(lambda value: isinstance(value, str) and bool(value.strip()), "a text")


def switch() -> Check:
    """True or false."""
    return Check(lambda value: isinstance(value, bool), "true or false")


def texts(most: int) -> Check:
    """A list of different texts."""
    one = text()
    return Check(
        lambda value: (
            isinstance(value, list)
            and 0 < len(value) <= most
            and all(map(one.accepts, value))
            and len(set(value)) == len(value)
        ),
        f"a list of up to {most} different texts",
    )


COMMON: Mapping[str, Check] = {"remote_orgs": one_of("create", "ignore")}
"""`create`: organisations that the source names are made here; only system administrators may set it."""


def parse(config: str | None, checks: Mapping[str, Check]) -> dict[str, Any]:
    """The configuration as a dict; ValueError says which key is wrong and what it may hold."""
    try:
        values = json.loads(config or "{}")
    except ValueError as error:
        raise ValueError(f"The configuration is not valid JSON: {error}") from error
    if not isinstance(values, dict):
        raise ValueError('The configuration must be a JSON object such as {"remote_orgs": "create"}.')
    allowed = {**COMMON, **checks}
    for key, value in values.items():
        if key not in allowed and _SECRET.search(key):
            raise ValueError(
                tk._(
                    "'{key}' looks like a secret, and the configuration is no place for one. "
                    "Enter it under “Key” on the source's Admin page, or with `ckan orden-harvest secret`."
                ).format(key=key)
            )
        if key not in allowed:
            raise ValueError(f"Unknown key '{key}'. Known keys: {', '.join(sorted(allowed))}.")
        if not allowed[key].accepts(value):
            raise ValueError(f"'{key}' must be {allowed[key].says}.")
    return values
