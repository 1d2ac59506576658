"""Cells by the kind of their column: each reader gives the value as it should be written, or what is wrong with it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple
from unicodedata import is_normalized

from ..parsing.codes import is_code, repair
from ..parsing.dates import iso_date
from ..parsing.text import clean, fold
from . import contacts
from .standards import Column


class Reading(NamedTuple):
    """A cell as it should be written, and the code of what is wrong with it, if anything is."""

    value: str
    problem: str = ""


Reader = Callable[[str], Reading]

EMPTY = Reading("")
FLAG = ("1",)
"""The choices of a column that is 1 or empty."""
PLACEHOLDERS = frozenset(
    {"-", "--", "---", "ー", "*", "null", "none", "n/a", "不明", "未定", "なし", "無し", "該当なし", "nan"}
)
_EXCEL_ERRORS = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!)")
_UNITS = "人|名|台|床|室|件|世帯|基|箇所|か所|ヶ所|個|席|円|mm|cm|m|m2|m²|kb|バイト|byte|bytes"
_INTEGER = re.compile(rf"([+-]?\d+)(?:\.0+)? ?(?:{_UNITS})?")
_NUMBER = re.compile(rf"([+-]?\d+(?:\.\d+)?) ?(?:{_UNITS})?")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?e\+\d+")
_DEGREES = re.compile(r"(?:北緯|東経)?(\d{2,3})[°度](\d{1,2})[′'分](\d{1,2}(?:\.\d+)?)(?:″|′′|\"|''|秒)?")
_DECIMAL = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]+)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d|24:00")
_SPOKEN = re.compile(r"(午前|午後|am|pm)? ?(\d{1,2})(?::|時)(?:(\d{1,2})分?)?(?::\d{2}(?:\.\d+)?)?(?: ?(am|pm))?")
_FRACTION = re.compile(r"0?\.\d+|0|1|1\.0")
_TOWN = re.compile(r"(\d{4})-?(\d{3})")
_YES = frozenset(map(fold, ("有", "あり", "有り", "可", "○", "◯", "〇", "●", "1", "yes", "true", "はい")))
_NO = frozenset(map(fold, ("無", "なし", "無し", "不可", "×", "✕", "0", "no", "false", "いいえ", "対応不可")))
_UNKNOWN = frozenset(map(fold, ("未確認", "不明", "未調査", "確認中")))


def reader_for(column: Column) -> Reader:
    """How the cells of a column are read; blanks, spreadsheets' errors and placeholders are the same everywhere."""
    read = _choice(column.values) if column.kind == "choice" else READERS.get(column.kind)
    blank = Reading("", "required") if column.must_be_filled and column.values != FLAG else EMPTY

    def reading(text: str) -> Reading:
        if not text.strip():
            return blank
        if text.startswith("#") and _EXCEL_ERRORS.fullmatch(text.strip()):
            return Reading("", "excel_error")
        if read is None:
            return _text(text)
        if column.kind != "choice" and fold(text) in PLACEHOLDERS:
            return Reading("", blank.problem or "placeholder")
        return read(text)

    return reading


def _text(text: str) -> Reading:
    """Any text, without outer space and invisible characters; line ends are nobody's fault."""
    if text.isprintable() and text[0] != " " != text[-1] and is_normalized("NFC", text):
        return Reading(text)
    tidy = clean(text)
    return Reading(text if tidy == text.replace("\r\n", "\n") else tidy)


def integer(text: str) -> Reading:
    if text.isascii() and text.isdigit():
        return Reading(text)
    match = _INTEGER.fullmatch(fold(text).replace(",", ""))
    return Reading(match[1]) if match else Reading(text, "integer")


def number(text: str) -> Reading:
    match = _NUMBER.fullmatch(fold(text).replace(",", ""))
    return Reading(match[1]) if match else Reading(text, "number")


def latitude(text: str) -> Reading:
    return _coordinate(text, 20, 46, 122, 154)


def longitude(text: str) -> Reading:
    return _coordinate(text, 122, 154, 20, 46)


def _coordinate(text: str, low: float, high: float, other_low: float, other_high: float) -> Reading:
    plain = text if _DECIMAL.fullmatch(text) else fold(text)
    degrees = None if plain is text else _DEGREES.fullmatch(plain.replace(" ", ""))
    if degrees:
        plain = f"{int(degrees[1]) + int(degrees[2]) / 60 + float(degrees[3]) / 3600:.7f}"
    if not _DECIMAL.fullmatch(plain):
        return Reading(text, "coordinate")
    value = float(plain)
    if low <= value <= high:
        return Reading(plain)
    return Reading(text, "swapped" if other_low <= value <= other_high else "outside")


def code(text: str) -> Reading:
    if is_code(text):
        return Reading(text)
    found = repair(text).value
    return Reading(found) if found else Reading(text, "code")


def day(text: str) -> Reading:
    found = text if _DAY.fullmatch(text) else iso_date(text)
    try:
        date.fromisoformat(found or "")
    except ValueError:
        return Reading(found, "date_partial") if found and found != text else Reading(text, "date")
    return Reading(found or "", "date_placeholder" if found and found.startswith("9999") else "")


def clock(text: str) -> Reading:
    if _CLOCK.fullmatch(text):
        return Reading(text)
    plain = fold(text)
    spoken = _SPOKEN.fullmatch(plain)
    if spoken:
        hour, minute, half = int(spoken[2]), int(spoken[3] or 0), spoken[1] or spoken[4] or ""
        hour += 12 if half in ("午後", "pm") and hour < 12 else 0
    elif _FRACTION.fullmatch(plain):
        hour, minute = divmod(round(float(plain) * 24 * 60), 60)
    else:
        return Reading(text, "time")
    written = f"{hour:02}:{minute:02}"
    return Reading(written) if _CLOCK.fullmatch(written) else Reading(text, "time")


def digits(text: str) -> Reading:
    plain = fold(text).replace(",", "")
    if plain.isdigit():
        return Reading(plain)
    return Reading(text, "scientific" if _SCIENTIFIC.fullmatch(plain) else "digits")


def ten_digits(text: str) -> Reading:
    found = digits(text)
    return found if found.problem or len(found.value) == 10 else Reading(found.value, "digits10")


def corporate(text: str) -> Reading:
    """The 法人番号: thirteen digits, the first of which checks the others."""
    found = digits(text)
    if found.problem:
        return found
    if len(found.value) != 13:
        return Reading(text, "corporate")
    total = sum(int(digit) * (1 + index % 2) for index, digit in enumerate(reversed(found.value[1:])))
    return found if int(found.value[0]) == 9 - total % 9 else Reading(text, "corporate_check")


def town(text: str) -> Reading:
    match = _TOWN.fullmatch(fold(text))
    return Reading(f"{match[1]}-{match[2]}") if match else Reading(text, "town")


def structured(text: str) -> Reading:
    try:
        found = json.loads(text)
    except ValueError:
        return Reading(text, "json")
    return Reading(text) if isinstance(found, (dict, list)) else Reading(text, "json")


def _choice(values: tuple[str, ...]) -> Reader:
    """One of a few words; yes and no in any of the ways they are written."""
    words = {fold(value): value for value in values}
    for synonyms in (_YES, _NO, _UNKNOWN):
        meant = next((value for value in values if fold(value) in synonyms), None)
        if meant is None and synonyms is _NO and values == FLAG:
            meant = ""
        if meant is not None:
            words = {**dict.fromkeys(synonyms, meant), **words}

    def choice(text: str) -> Reading:
        found = words.get(fold(text))
        return Reading(text, "choice") if found is None else Reading(found)

    return choice


def _contact(read: Callable[[str], tuple[str, str]]) -> Reader:
    return lambda text: Reading(*read(text))


READERS: dict[str, Reader] = {
    "code": code,
    "corporate": corporate,
    "date": day,
    "digits": digits,
    "digits10": ten_digits,
    "email": _contact(contacts.email),
    "integer": integer,
    "json": structured,
    "kana": _contact(contacts.kana),
    "latitude": latitude,
    "longitude": longitude,
    "number": number,
    "phone": _contact(contacts.phone),
    "postal": _contact(contacts.postal),
    "time": clock,
    "town": town,
    "url": _contact(contacts.url),
}
