"""The fields of an offer and what each price mode does with them: `data/fields.csv`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from ...types import Text
from ..vocabularies.loader import rows
from .terms import terms

Need = Literal["need", "want", "may", "no"]
"""An offer of this mode must have the field, should have it, may have it, must not have it."""

PRIVATE = frozenset({"buyer_organizations"})
"""Fields that are never handed on to other systems: an offer made for one buyer is between two."""


@dataclass(frozen=True)
class Field:
    """One field of an offer; `kind` says how its value is read, `needs` what each price mode does with it."""

    name: str
    kind: str
    vocabulary: str
    label: Text
    needs: Mapping[str, Need]


@cache
def price_modes() -> tuple[str, ...]:
    """The five price modes."""
    return tuple(term.code for term in terms("price_mode"))


@cache
def fields() -> dict[str, Field]:
    """All fields by name, in the order of the form."""
    return {
        row["name"]: Field(
            row["name"],
            row["kind"],
            row["vocabulary"],
            {"ja": row["label_ja"], "en": row["label_en"]},
            {mode: cast(Need, row[mode]) for mode in price_modes()},
        )
        for row in rows("fields", __package__)
    }


def fields_of(mode: str) -> tuple[Field, ...]:
    """The fields that an offer of a price mode has room for, in the order of the form."""
    return tuple(field for field in fields().values() if field.needs[mode] != "no")
