"""全国地方公共団体コード: six digits with a check digit, mended where spreadsheets have spoilt them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ...types import Issue, Text
from ..vocabularies.places import Place, municipality, municipality_named
from .text import fold

_NUMBER = re.compile(r"(\d{1,6})(?:\.0+)?")
_WEIGHTS = (6, 5, 4, 3, 2)


@dataclass(frozen=True)
class Code:
    """The code that was meant, None where that cannot be told, and what had to be mended."""

    value: str | None
    issues: tuple[Issue, ...] = ()


def check_digit(first_five: str) -> str:
    """The sixth digit that belongs to the first five."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first_five, strict=True))
    return str((11 - total % 11) % 10)


def is_code(text: str) -> bool:
    """Whether a text is six ASCII digits with the right check digit."""
    return bool(re.fullmatch(r"[0-9]{6}", text)) and check_digit(text[:5]) == text[5]


def repair(text: object, name: str = "", prefecture: str = "", where: str = "") -> Code:
    """The six-digit code for a value as it was written.

    A lost leading zero and a missing check digit are put back. Two bodies that fit are told apart by the written name
    or prefecture, and a name that contradicts a code wins over it.
    """
    named = municipality_named(name, prefecture or None) if name else None
    match = _NUMBER.fullmatch(fold(text))
    if not match:
        return _from_name(text, named, where)
    candidates = _candidates(match[1])
    if named and named.code not in candidates:
        return _conflict(text, named, candidates, where)
    if named:
        return _mended(text, named.code, where)
    chosen = _choose(candidates, prefecture)
    if chosen:
        return _mended(text, chosen, where)
    problem = "ambiguous" if len(candidates) > 1 else "invalid"
    return Code(None, (_issue(problem, "warning", text, where, ", ".join(candidates)),))


def _candidates(digits: str) -> tuple[str, ...]:
    """All codes that the digits may stand for, bodies of our list before unknown ones."""
    padded = digits.zfill(5)
    tries = {digits.zfill(6)} if len(digits) >= 5 else set()
    if len(digits) <= 5:
        tries.add(padded + check_digit(padded))
    if len(digits) <= 2:
        first = digits.zfill(2) + "000"
        tries = {first + check_digit(first)}
    valid = sorted(code for code in tries if is_code(code))
    return tuple(code for code in valid if municipality(code)) or tuple(valid)


def _choose(candidates: Iterable[str], prefecture: str) -> str | None:
    found = list(candidates)
    if prefecture and len(found) > 1:
        above = municipality_named(prefecture)
        found = [code for code in found if above and code[:2] == above.code[:2]]
    return found[0] if len(found) == 1 else None


def _from_name(text: object, named: Place | None, where: str) -> Code:
    if named and not fold(text):
        return Code(named.code, (_issue("from_name", "info", named.name, where, named.code),))
    if not fold(text):
        return Code(None)
    found = named.code if named else None
    return Code(found, (_issue("invalid", "warning", text, where, found or ""),))


def _conflict(text: object, named: Place, candidates: tuple[str, ...], where: str) -> Code:
    """A prefecture's code beside a municipality's name is usual; any other difference is a fault."""
    whole = municipality(candidates[0]) if candidates else None
    if whole and whole.is_prefecture and named.code[:2] == whole.code[:2]:
        return Code(named.code, (_issue("from_name", "info", text, where, named.code),))
    return Code(named.code, (_issue("conflict", "warning", text, where, named.code),))


def _mended(text: object, code: str, where: str) -> Code:
    if fold(text) == code:
        return Code(code)
    return Code(code, (_issue("repaired", "info", text, where, code),))


_MESSAGES: dict[str, Text] = {
    "repaired": {
        "ja": "全国地方公共団体コードを{found}に直しました。",
        "en": "The local government code was mended to {found}.",
    },
    "from_name": {
        "ja": "団体名から全国地方公共団体コード{found}を求めました。",
        "en": "The local government code {found} was found by the name.",
    },
    "conflict": {
        "ja": "全国地方公共団体コードが団体名と合わないため、団体名に従い{found}としました。",
        "en": "The local government code contradicts the name; the name decides: {found}.",
    },
    "ambiguous": {
        "ja": "全国地方公共団体コードがどの団体のものか決められません（{found}）。",
        "en": "The local government code may belong to several bodies ({found}).",
    },
    "invalid": {
        "ja": "全国地方公共団体コードが正しくありません。",
        "en": "The local government code is wrong.",
    },
}
_HINT: Text = {
    "ja": "検査数字を含む6桁の半角数字で書いてください（例：大阪府は270008）。",
    "en": "Write six half-width digits with the check digit (Osaka Prefecture is 270008).",
}


def _issue(problem: str, severity: str, text: object, where: str, found: str) -> Issue:
    message = {lang: words.format(found=found) for lang, words in _MESSAGES[problem].items()}
    level = "info" if severity == "info" else "warning"
    return Issue(f"code.{problem}", level, "orden_municipality", message, _HINT, where, str(text)[:100])
