"""Who publishes which kinds of data, and how many files each dataset has."""

import json
from collections.abc import Iterator
from pathlib import Path

from .content import municipal_kinds, nara_kinds, places, prefecture_kinds, public_kinds
from .model import Kind, Organization
from .seed import number, order

PREFECTURE, TOYONAKA, SAKAI, NARA, OSAKA_CITY = "270008", "272035", "271403", "290009", "271004"
EXPECTED = json.loads((Path(__file__).parent / "expected_counts.json").read_text(encoding="utf-8"))

EVERYWHERE = ["evacuation_space", "aed", "public_toilet", "public_facility", "population"]
CITIES = [*EVERYWHERE, "preschool", "cultural_property", "care_service"]
SHARED_BY_PREFECTURE = [
    "care_service",
    "cultural_property",
    "public_wireless_lan",
    "public_toilet",
    "preschool",
    "nursery",
    "baby_station",
    "barrier_free_toilet",
    "event",
    "open_data_list",
    "evacuation_space",
    "aed",
    "tourism",
    "hospital",
    "population",
    "school",
    "food_business_all",
]
TOYONAKA_LACKS = {
    "school_lunch",
    "disaster_radio",
    "fire_hydrant",
    "food_business_all",
    "polling_place",
    "parking",
    "budget",
    "library_stats",
}
SAKAI_LACKS = {"shelter_stock", "evacuation_area", "library_stats", "disaster_radio"}
SHARED_BY_NARA = ["event", "tourism", "cultural_property", "public_wireless_lan", "public_toilet"]
TIERS = {"town": (EVERYWHERE, 7), "city": (CITIES, 10), "core": (CITIES, 13), "designated": (CITIES, 22)}


def kinds_of(organization: Organization) -> list[Kind]:
    """The kinds of data that a public body publishes."""
    if organization.code == NARA:
        return [*(public_kinds()[name] for name in SHARED_BY_NARA), *nara_kinds().values()]
    return [public_kinds()[name] for name in _names(organization)]


def _names(organization: Organization) -> list[str]:
    municipal = list(municipal_kinds())
    if organization.code == PREFECTURE:
        return [*SHARED_BY_PREFECTURE, *prefecture_kinds()]
    if organization.code == TOYONAKA:
        return [name for name in municipal if name not in TOYONAKA_LACKS]
    if organization.code == SAKAI:
        return [name for name in municipal if name not in SAKAI_LACKS]
    fixed, count = TIERS[organization.tier]
    others = [name for name in municipal if name not in fixed]
    return [*fixed, *order(others, organization.code)[: count - len(fixed)]]


def source_of(organization: Organization) -> str:
    """The feed that carries a body's datasets."""
    lists = {TOYONAKA: "toyonaka-list", SAKAI: "sakai-list", NARA: "nara-dcat"}
    return lists.get(organization.code, "osaka-pref-ckan") if organization.code else "companies"


def public_bodies() -> Iterator[Organization]:
    """The 45 public bodies, in the order of their codes."""
    yield from sorted(places().values(), key=lambda place: place.code)


def file_counts(names: list[str], total: int) -> dict[str, int]:
    """How many files each dataset has: two to five, then evened out to the total."""
    counts = {name: number(2, 5, "files", name) for name in names}
    turn = order(names, "even")
    while (difference := total - sum(counts.values())) != 0:
        step = 1 if difference > 0 else -1
        for name in turn[: abs(difference)]:
            counts[name] = max(1, counts[name] + step)
    return counts
