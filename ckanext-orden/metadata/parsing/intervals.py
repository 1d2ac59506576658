"""How often, in numbers: 年4回, 3か月ごと, 1回/3年, 2週間に1度, 毎月10日, P1Y."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from .text import fold

Unit = Literal["hour", "month"]


@dataclass(frozen=True)
class Rate:
    """So many times in one hour or in one month; the two do not convert into each other."""

    unit: Unit
    times: Fraction


_UNITS: dict[str, tuple[Unit, Fraction]] = {
    "分": ("hour", Fraction(1, 60)),
    "時間": ("hour", Fraction(1)),
    "半日": ("hour", Fraction(12)),
    "日": ("hour", Fraction(24)),
    "週": ("hour", Fraction(24 * 7)),
    "半月": ("month", Fraction(1, 2)),
    "月": ("month", Fraction(1)),
    "か月": ("month", Fraction(1)),
    "四半期": ("month", Fraction(3)),
    "半年": ("month", Fraction(6)),
    "年": ("month", Fraction(12)),
}
_KANJI = str.maketrans("一二三四五六七八九", "123456789")
_UNIT = r"(?P<unit>半日|半月|半年|四半期|分|時間|日|週|か月|月|年)"
_COUNT = r"(?P<count>\d{1,3})"
_TIMES = r"(?P<times>\d{1,3})[回度]"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:毎)?(?:{_COUNT})?{_UNIT}(?:に|毎|毎に)?{_TIMES}",
        rf"{_TIMES}/(?:{_COUNT})?{_UNIT}",
        rf"(?:{_COUNT})?{_UNIT}毎に?",
        rf"{_COUNT}(?P<unit>時間|週|か月|年)",  # not 4月 and 1日, which are dates
    )
)
_DAYS = (
    (re.compile(r"毎週[月火水木金土日]曜日?"), Rate("hour", Fraction(1, 168))),
    (re.compile(r"毎月(?:\d{1,2}日|末日?|初日?|[上中下]旬)"), Rate("month", Fraction(1))),
    (re.compile(r"毎年度?(?:\d{1,2}月(?:\d{1,2}日|末日?|[上中下]旬)?|末|初め?)"), Rate("month", Fraction(1, 12))),
)
_ISO = re.compile(r"(?:r/)?p(?:(\d+)y|(\d+)m|(\d+)w|(\d+)d|t(\d+)h|t(\d+)m)")
_ISO_UNITS = ("年", "月", "週", "日", "時間", "分")


def rate(text: object) -> Rate | None:
    """The rate that the whole text states; a number never matches inside another (11時間 is not 1時間)."""
    plain = _plain(text)
    for pattern, found in _DAYS:
        if pattern.fullmatch(plain):
            return found
    for pattern in _PATTERNS:
        match = pattern.fullmatch(plain)
        if match:
            return _rate(match.groupdict())
    match = _ISO.fullmatch(plain)
    if match:
        number, unit = next((n, u) for n, u in zip(match.groups(), _ISO_UNITS, strict=True) if n)
        return _rate({"count": number, "unit": unit})
    return None


def _plain(text: object) -> str:
    plain = fold(text).replace(" ", "").replace("四半期", "\0").translate(_KANJI).replace("\0", "四半期")
    plain = plain.replace("年度", "年").replace("隔", "2").replace("ごと", "毎")
    plain = re.sub(r"[かヶケカヵ箇]月間?", "か月", plain)
    return re.sub(r"(?<=週)間|(?<=\d年)間|(?<=\d日)間", "", plain)


def _rate(said: dict[str, str | None]) -> Rate | None:
    unit, length = _UNITS[said["unit"] or ""]
    count, times = int(said.get("count") or 1), int(said.get("times") or 1)
    return Rate(unit, Fraction(times) / (length * count)) if count and times else None
