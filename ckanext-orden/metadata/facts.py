"""What a dataset says, read once and tolerantly: the ground on which axes and rules stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from . import fields
from .parsing.text import clean, fold
from .vocabularies import (
    AccessRight,
    Licence,
    access_right_for,
    cadde_value,
    frequency_for,
    licence_for,
    personal_class_for,
)

HARVESTED = "harvest_object_id"
"""The extra that a harvested dataset is shown with."""

Price = Literal["free", "paid"]
Record = Mapping[str, Any]

_FEES: dict[str, Price] = {"有償": "paid", "無償": "free"}
_MODES: dict[str, Price] = {
    "free": "free",
    "one_off": "paid",
    "subscription": "paid",
    "usage": "paid",
    "negotiation": "paid",
    "paid": "paid",
}


@dataclass(frozen=True)
class Facts:
    """The facts of one dataset; empty texts and None mean that nothing is known."""

    organization_kind: str
    municipality: str
    access: str
    licence: Licence | None
    licence_open: bool | None
    all_files_withheld: bool
    has_ngsi: bool
    pace: str
    frequency: str
    personal: str
    fee: Price | None
    offers: frozenset[Price]
    hidden: bool
    harvested: bool


def facts_of(dataset: Record, organization: Record | None = None, offers: Iterable[Record] = ()) -> Facts:
    """The facts of a dataset with its organisation and its offers."""
    owner = organization or _record(dataset.get("organization"))
    files = resources(dataset)
    found = access_right_for(value(dataset, "access_rights"))
    frequency = frequency_for(value(dataset, "frequency"))
    licence = licence_for(value(dataset, "license_id"))
    return Facts(
        organization_kind=_kind(owner),
        municipality=clean(value(owner, "orden_municipality")),
        access=found.code if found else "",
        licence=licence,
        licence_open=_openness(licence, files),
        all_files_withheld=bool(files) and all(_withheld(file) for file in files),
        has_ngsi=any(is_ngsi(file) for file in files),
        pace=frequency.pace if frequency else "",
        frequency=frequency.code if frequency else "",
        personal=_personal(value(dataset, "privacy_policy_contains_personal_data")),
        fee=_FEES.get(cadde_value("fee", value(dataset, "fee")) or ""),
        offers=frozenset(price for price in map(_price, offers) if price),
        hidden=fold(dataset.get("private")) == "true",
        harvested=bool(clean(value(dataset, HARVESTED))),
    )


def value(record: Record, name: str) -> Any:
    """A field of a record, from its top level or from its extras."""
    if record.get(name) not in (None, "", []):
        return record[name]
    extras = record.get("extras")
    if isinstance(extras, Mapping):
        return extras.get(name)
    pairs = (_record(extra) for extra in extras) if isinstance(extras, (list, tuple)) else ()
    return next((pair.get("value") for pair in pairs if pair.get("key") == name), None)


def resources(dataset: Record) -> tuple[Record, ...]:
    """The dataset's resources, whatever else stands among them left out."""
    found = dataset.get("resources")
    return tuple(file for file in found if isinstance(file, Mapping)) if isinstance(found, (list, tuple)) else ()


def is_ngsi(resource: Record) -> bool:
    """Whether a resource is served by a context broker."""
    by_type = cadde_value("caddec_resource_type", resource.get("caddec_resource_type")) == "api/ngsi"
    return by_type or bool(clean(resource.get("ngsi_entity_type"))) or fold(resource.get("format")).startswith("ngsi")


def _record(found: Any) -> Record:
    return found if isinstance(found, Mapping) else {}


def _kind(organization: Record) -> str:
    kind = fold(value(organization, "orden_org_kind"))
    return kind if kind in fields.ORGANIZATION_KINDS else ""


def _openness(licence: Licence | None, files: tuple[Record, ...]) -> bool | None:
    """The dataset's licence decides; without one, what all its files agree on."""
    if licence:
        return licence.open
    said = [licence_for(file.get("license")) for file in files]
    states = {found.open if found else None for found in said}
    return states.pop() if len(states) == 1 else None


def _withheld(resource: Record) -> bool:
    right: AccessRight | None = access_right_for(resource.get("access_rights"))
    return right is not None and right.code in fields.CLOSED_ACCESS


def _personal(text: Any) -> str:
    found = personal_class_for(text)
    if found:
        return "undecided_other" if found.axis == "undecided" else found.axis
    return "undecided_other" if clean(text) else "undecided"


def _price(offer: Any) -> Price | None:
    """The price of a published offer; a draft says nothing."""
    record = _record(offer)
    if record.get("state", "published") not in ("published", "active"):
        return None
    for name in ("price_mode", "mode", "fee"):
        said = record.get(name)
        fee = cadde_value("fee", said)
        found = _FEES[fee] if fee else _MODES.get(fold(said))
        if found:
            return found
    return None
