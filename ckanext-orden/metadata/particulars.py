"""What tells the datasets of a series apart: the years, numbers and places in their titles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from .parsing.text import fold, key
from .vocabularies.places import municipalities, prefectures, wards
from .vocabularies.terms import eras

_ENDS = "都道府県市区町村"
_LONGEST = 9
_KANJI = "〇○一二三四五六七八九十百"
_ERA = re.compile(
    rf"({'|'.join(era.name for era in eras())})\s?(元|\d{{1,2}})"
    rf"|(?<![a-z])([{''.join(era.letter.lower() for era in eras())}])\.?(\d{{1,2}})(?!\d)"
)
_NUMBERS = rf"\d+|第[{_KANJI}]+|[{_KANJI}]+(?=丁目|号|期|次|月|年)|[上下]半?期|[前後]期|[東西南北]部"
_NUMBER = re.compile(_NUMBERS)
_COUNTED = re.compile(rf"第?(?:{_NUMBERS})(?:年度?|月|日|分|版|回|次|期|号|丁目|現在|時点)*")
_SIGNS = re.compile(r"[/.,:、。・~]+")


@dataclass(frozen=True)
class Particulars:
    """Of one title; two of a series share `series` and differ in the rest."""

    series: str
    numbers: tuple[str, ...]
    places: frozenset[str]


def particulars(title: str) -> Particulars:
    """The years (of whatever calendar), numbers and places that a title names, and what is left of it."""
    plain = _ERA.sub(_western, fold(title))
    found = _places(plain)
    rest = plain
    for place in sorted(found, key=len, reverse=True):
        rest = rest.replace(place, " ")
    numbers = tuple(number.lstrip("0") or "0" for number in _NUMBER.findall(rest))
    series = key(_SIGNS.sub(" ", _COUNTED.sub(" ", rest))).lstrip("の")
    return Particulars(series or key(plain), numbers, frozenset(found))


def contradict(one: Particulars, other: Particulars) -> bool:
    """Whether both titles name numbers, or both name places, and not the same ones: 令和5年度 and 令和6年度."""
    both = ((one.numbers, other.numbers), (one.places, other.places))
    return any(mine and yours and mine != yours for mine, yours in both)


def _western(match: re.Match[str]) -> str:
    name, count = match[1] or match[3], match[2] or match[4]
    first = next(era.first_year for era in eras() if name in (era.name, era.letter.lower()))
    return str(first - 1 + (1 if count == "元" else int(count)))


def _places(text: str) -> list[str]:
    """The longest name of a place at each of the words' ends."""
    found: list[str] = []
    for end, character in enumerate(text, 1):
        if character in _ENDS:
            longest = (text[start:end] for start in range(max(0, end - _LONGEST), end - 1))
            name = next((name for name in longest if name in _names()), "")
            found += [name] if name else []
    return found


@cache
def _names() -> frozenset[str]:
    return frozenset(fold(place.name) for place in (*prefectures(), *municipalities(), *wards()))
