"""What another way of writing an offer could not hold, named field by field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from ....types import Issue, Text
from ..check import check
from ..fields import fields
from ..markets import Markets
from ..offer import Values, values_of
from ..problems import problem

Target = Literal["cadde", "odrl", "schema", "rdf"]

NAMES: dict[Target, Text] = {
    "cadde": {"ja": "CADDE", "en": "CADDE"},
    "odrl": {"ja": "ODRL", "en": "ODRL"},
    "schema": {"ja": "schema.org", "en": "schema.org"},
    "rdf": {"ja": "RDF", "en": "RDF"},
}


def losses(target: Target, before: Values, after: Values) -> tuple[Issue, ...]:
    """An info for each field of `before` that is not in `after`, or not as it was; what `after` adds is no loss."""
    return tuple(_differences(target, before, after))


def normal(values: Values, markets: Markets) -> Values:
    """Values in the one way in which an offer says them; none where they make no offer."""
    found = check(values, markets, draft=True).offer
    return values_of(found) if found else {}


def _differences(target: Target, before: Values, after: Values) -> Iterator[Issue]:
    for name, field in fields().items():
        if name in before and before[name] != after.get(name):
            code = "lossy_changed" if name in after else "lossy"
            yield problem(code, name, label=field.label, target=NAMES[target])
