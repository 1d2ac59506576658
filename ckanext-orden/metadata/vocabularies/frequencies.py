"""Update frequencies: the EU's codes with CADDE's labels, read from any wording."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Literal

from ...types import Text
from ..parsing.intervals import Rate, rate
from ..parsing.text import fold, key
from .loader import by_key, rows, spellings

AUTHORITY = "http://publications.europa.eu/resource/authority/frequency/"
Pace = Literal["dynamic", "periodic", "static", "unknown"]

_BRACKETS = re.compile(r"\([^)]*\)")
_HEDGES = re.compile(r"概ね|おおむね|約|原則として|原則|程度|予定|頃|ごろ|更新$|に?更新する?$|公開$")
_SAID = re.compile(r"不定期|随時|都度|必要に応じ|リアルタイム|適宜")
_DAYS = {"hour": Fraction(1, 24), "month": Fraction(36525, 1200)}
_RATES: dict[tuple[str, str], str] = {
    ("hour", "1"): "HOURLY",
    ("hour", "2"): "30MIN",
    ("hour", "4"): "15MIN",
    ("hour", "6"): "10MIN",
    ("hour", "12"): "5MIN",
    ("hour", "60"): "1MIN",
    ("hour", "1/2"): "BIHOURLY",
    ("hour", "1/3"): "TRIHOURLY",
    ("hour", "1/12"): "DAILY_2",
    ("hour", "1/24"): "DAILY",
    ("hour", "1/168"): "WEEKLY",
    ("hour", "1/336"): "BIWEEKLY",
    ("hour", "1/84"): "WEEKLY_2",
    ("hour", "1/56"): "WEEKLY_3",
    ("month", "3"): "MONTHLY_3",
    ("month", "2"): "MONTHLY_2",
    ("month", "1"): "MONTHLY",
    ("month", "1/2"): "BIMONTHLY",
    ("month", "1/3"): "QUARTERLY",
    ("month", "1/4"): "ANNUAL_3",
    ("month", "1/6"): "ANNUAL_2",
    ("month", "1/12"): "ANNUAL",
    ("month", "1/24"): "BIENNIAL",
    ("month", "1/36"): "TRIENNIAL",
    ("month", "1/48"): "QUADRENNIAL",
    ("month", "1/60"): "QUINQUENNIAL",
    ("month", "1/120"): "DECENNIAL",
    ("month", "1/240"): "BIDECENNIAL",
    ("month", "1/360"): "TRIDECENNIAL",
}


@dataclass(frozen=True)
class Frequency:
    """How often a dataset is updated; `pace` is what it means for the axis 静的/動的."""

    code: str
    label: Text
    pace: Pace

    @property
    def iri(self) -> str:
        return AUTHORITY + self.code

    @property
    def days(self) -> float | None:
        """How many days lie between two updates; None where it does not say."""
        for (unit, times), code in _RATES.items():
            if code == self.code:
                return float(_DAYS[unit] / Fraction(times))
        return None


@cache
def frequencies() -> tuple[Frequency, ...]:
    """All frequencies, from continuous to never."""
    return tuple(
        Frequency(row["code"], {"ja": row["label_ja"], "en": row["label_en"]}, _pace(row["pace"]))
        for row in rows("frequencies")
    )


def frequency_for(text: object) -> Frequency | None:
    """The frequency that a code, an IRI or a wording names; None where it does not say."""
    plain = fold(text)
    if plain.startswith(("http://publications.europa.eu/", "https://publications.europa.eu/")):
        plain = plain.rsplit("/", 1)[-1]
    short = _HEDGES.sub("", _BRACKETS.sub("", plain)).strip()
    for wording in (plain, short):
        found = _index().get(key(wording)) or _by_rate(rate(wording))
        if found:
            return found
    return _index()["不定期"] if _SAID.search(short) else None


def _pace(text: str) -> Pace:
    if text not in ("dynamic", "periodic", "static", "unknown"):
        raise ValueError(text)
    return text


@cache
def _index() -> dict[str, Frequency]:
    words = (spellings(row, "label_ja", "code", "label_en") for row in rows("frequencies"))
    return by_key(zip(frequencies(), words, strict=True))


def _by_rate(found: Rate | None) -> Frequency | None:
    if found is None:
        return None
    code = _RATES.get((found.unit, str(found.times)))
    return _index()[key(code)] if code else None
