"""Dates as clerks write them: 令和6年4月1日現在, H29.7.1, 2024/2/1, Excel serials, 令和5年度."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from ..vocabularies.terms import eras
from .text import fold

_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_SERIAL = re.compile(r"([2-7]\d{4})(?:\.\d+)?")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})?")
_MONTH_FIRST = re.compile(r"(?:.曜?日?[,.]? ?)?(\d{1,2})/(\d{1,2})/((?:19|20)\d{2})")
_REMARK = re.compile(r"\([^)]*\)")
_CLOCK = r"[t ]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:z|[+-]\d{2}:?\d{2})?"
_TAIL = re.compile(rf"[. \-]*(?:現在|時点|付け?|更新|公開|作成|発行|版|\d{{1,2}}時(?:\d{{1,2}}分)?|{_CLOCK})$")
_DATE = re.compile(
    r"(?:(?P<era>明治|大正|昭和|平成|令和|[明大昭平令mtshr])\.?(?P<count>元|\d{1,2})|(?P<year>(?:18|19|20|21)\d{2}))"
    r"(?:(?P<fiscal>年度)|年|[./\-](?=\d))?"
    r"(?:(?P<month>\d{1,2})(?:月|[./\-](?=\d))?(?:(?P<day>\d{1,2})日?|(?P<last>末日?))?)?"
)
_STAMP = re.compile(r"(\d{4}-\d{2}-\d{2})[t ](\d{2}:\d{2})(:\d{2})?(?:\.\d+)?(z|[+-]\d{2}:?\d{2})?")
_SPACED = re.compile(r"(?<=[治正和成年月日./\-])\s+|\s+(?=[年月日./\-])")
_BETWEEN = re.compile(r"[~/\-、,:\s]|から|より|まで|開始年月日|終了年月日|自|至")


_PARTIAL = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")
_DAY_AND_TIME = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}.*)?")


@dataclass(frozen=True)
class Day:
    """A date as precise as it was written; a fiscal year runs from April to March."""

    year: int
    month: int = 0
    day: int = 0
    fiscal: bool = False

    def __str__(self) -> str:
        parts = (f"{self.year:04}", f"{self.month:02}" if self.month else "", f"{self.day:02}" if self.day else "")
        return "-".join(part for part in parts if part)

    @property
    def first(self) -> date:
        return date(self.year, 4 if self.fiscal else self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        if self.fiscal:
            return date(self.year + 1, 3, 31)
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


def is_iso(text: object) -> bool:
    """Whether a text is a year, month, day or moment in ISO 8601 already: it stays as it is."""
    if not isinstance(text, str):
        return False
    if _PARTIAL.fullmatch(text):
        return True
    if not _DAY_AND_TIME.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text.removesuffix("Z"))
    except ValueError:
        return False
    return True


def iso_date(text: object) -> str | None:
    """The date in ISO 8601, no more precise than it was written; None for none, or for a fiscal year."""
    plain = _plain(text)
    for reader in (_serial, _compact, _month_first, _written):
        found = reader(plain)
        if found:
            return None if found.fiscal else str(found)
    return None


def iso_datetime(text: object, naive_offset: str = "+00:00") -> str | None:
    """A time stamp with its offset, or a plain date; a stamp without offset has `naive_offset` (CKAN's is UTC)."""
    match = _STAMP.fullmatch(fold(text))
    if not match or not iso_date(match[1]):
        return iso_date(text)
    offset = (match[4] or naive_offset).replace("z", "+00:00")
    offset = offset if ":" in offset else f"{offset[:3]}:{offset[3:]}"
    return f"{match[1]}T{match[2]}{match[3] or ':00'}{offset}"


def fiscal_year(text: object) -> tuple[str, str] | None:
    """The first and last day of a 年度."""
    found = _written(_plain(text))
    return (found.first.isoformat(), found.last.isoformat()) if found and found.fiscal else None


def period(text: object) -> tuple[str, str] | None:
    """The first and last day of a period; an open end is empty, one date alone stands for its whole length.

    An interval of ISO 8601 (`2025-04/2026-03-31`, `2025-04-01/`) stays as precise as it is written.
    """
    return _interval(text) or _written_period(text)


def _written_period(text: object) -> tuple[str, str] | None:
    plain = _REMARK.sub("", fold(text))
    found = list(_all_days(plain))
    if not found or len(found) > 2 or _BETWEEN.sub("", _tails(_DATE.sub("", plain))):
        return None
    first, last = found[0].first, found[-1].last
    if first > last:
        return None
    if len(found) == 2:
        return first.isoformat(), last.isoformat()
    if re.search(r"(?:~|から|以降|より)$", plain):
        return first.isoformat(), ""
    if re.match(r"~", plain) or plain.endswith("まで"):
        return "", last.isoformat()
    return first.isoformat(), last.isoformat()


def _interval(text: object) -> tuple[str, str] | None:
    start, slash, end = str(text or "").strip().partition("/")
    if not slash or not (start or end) or not all(not side or is_iso(side) for side in (start, end)):
        return None
    length = min(len(start), len(end))
    return (start, end) if start[:length] <= end[:length] else None


def _plain(text: object) -> str:
    plain = _REMARK.sub("", fold(text)).strip()
    shorter = _TAIL.sub("", plain)
    return _SPACED.sub("", shorter).strip()


def _tails(text: str) -> str:
    return re.sub(r"現在|時点|以降", "", text)


def _serial(plain: str) -> Day | None:
    match = _EXCEL_SERIAL.fullmatch(plain)
    if not match:
        return None
    found = _EXCEL_EPOCH + timedelta(days=int(match[1]))
    return Day(found.year, found.month, found.day)


def _compact(plain: str) -> Day | None:
    match = _COMPACT.fullmatch(plain)
    return _valid(Day(int(match[1]), int(match[2]), int(match[3] or 0))) if match and int(match[2]) else None


def _month_first(plain: str) -> Day | None:
    match = _MONTH_FIRST.fullmatch(plain)
    return _valid(Day(int(match[3]), int(match[1]), int(match[2]))) if match else None


def _written(plain: str) -> Day | None:
    match = _DATE.fullmatch(plain)
    return _day(match) if match else None


def _all_days(plain: str) -> Iterator[Day]:
    for match in _DATE.finditer(plain):
        found = _day(match)
        if found:
            yield found


def _day(match: re.Match[str]) -> Day | None:
    year = int(match["year"]) if match["year"] else _year(match["era"], match["count"])
    month, day = int(match["month"] or 0), int(match["day"] or 0)
    if match["fiscal"]:
        return None if month else Day(year, fiscal=True)
    if (match["month"] and not month) or (match["day"] and not day):
        return None
    found = _valid(Day(year, month, day))
    return Day(year, month, found.last.day) if found and match["last"] and month else found


def _valid(found: Day) -> Day | None:
    try:
        date(found.year, found.month or 1, found.day or 1)
    except ValueError:
        return None
    return found


def _year(era: str, count: str) -> int:
    return _first_years()[era] + (1 if count == "元" else int(count)) - 1


@cache
def _first_years() -> dict[str, int]:
    return {word: era.first_year for era in eras() for word in (era.name, era.name[0], era.letter.casefold())}
