"""Prefectures, municipalities and wards with their 全国地方公共団体コード."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ..parsing.text import name_key
from .loader import rows


@dataclass(frozen=True)
class Place:
    """A body with a six-digit code: a prefecture, a municipality or a ward of Osaka and Sakai."""

    code: str
    name: str
    kana: str
    prefecture: str
    city: str = ""
    county: str = ""
    name_en: str = ""

    @property
    def full_name(self) -> str:
        """The name with all that stands above it: 大阪府三島郡島本町, 大阪府大阪市北区."""
        return self.name if self.name == self.prefecture else self.prefecture + self.county + self.city + self.name

    @property
    def is_prefecture(self) -> bool:
        return self.code[2:5] == "000"


@cache
def prefectures() -> tuple[Place, ...]:
    """The 47 prefectures."""
    return tuple(
        Place(row["code"], row["name"], row["kana"], row["name"], name_en=row["name_en"]) for row in rows("prefectures")
    )


@cache
def municipalities() -> tuple[Place, ...]:
    """The 1,741 municipalities."""
    above = {place.code[:2]: place.name for place in prefectures()}
    return tuple(
        Place(
            row["code"],
            row["name"],
            row["kana"],
            above[row["code"][:2]],
            county=row["county"],
            name_en=row["name_en"],
        )
        for row in rows("municipalities")
    )


@cache
def wards() -> tuple[Place, ...]:
    """The wards of Osaka and Sakai."""
    return tuple(Place(row["code"], row["name"], row["kana"], "大阪府", city=row["city"]) for row in rows("wards"))


def municipality(code: str) -> Place | None:
    """The body that has a six-digit code, prefectures and wards included."""
    return _by_code().get(code)


def municipality_named(name: str, prefecture: str | None = None) -> Place | None:
    """The body that a name means; None where two have it and no prefecture decides."""
    found = _by_name().get(name_key(name), ())
    if prefecture:
        wanted = name_key(prefecture)
        found = tuple(place for place in found if wanted in (name_key(place.prefecture), place.code[:2]))
    return found[0] if len(found) == 1 else None


@cache
def _by_code() -> dict[str, Place]:
    return {place.code: place for place in (*prefectures(), *municipalities(), *wards())}


@cache
def _by_name() -> dict[str, tuple[Place, ...]]:
    index: dict[str, tuple[Place, ...]] = {}
    for place in _by_code().values():
        below_prefecture = place.full_name.removeprefix(place.prefecture)
        names = {place.name, place.full_name, below_prefecture, place.prefecture + place.city + place.name}
        for known in {name_key(name) for name in names if name}:
            index[known] = (*index.get(known, ()), place)
    return index
