"""Licences: the site's list, and the many ways in which publishers write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ...types import Text
from ..parsing.text import fold, key
from .loader import by_key, rows, spellings

_OPEN = {"yes": True, "no": False}
_CC_URL = re.compile(r"creativecommons\.org/licenses/(by(?:-(?:nc|sa|nd))*)(?:/(\d\.\d))?(?:/([a-z]{2})(?=/|$))?")
_CC_WORDS = re.compile(r"cc[ \-_]?(by(?:[ \-_](?:nc|sa|nd))*)[ \-_]*v?(?:(\d\.\d)|(\d)(\d))?[ \-_]*(jp)?(?![a-z0-9])")
_CC_NAME = re.compile(r"クリエイティブ・?コモンズ|creative ?commons")
_CC_ELEMENTS = (
    ("by", "表示|attribution"),
    ("nc", "非営利|non ?-?commercial"),
    ("sa", "継承|share ?-?alike"),
    ("nd", "改変禁止|no ?-?deriv"),
)
_CC_VERSION = re.compile(r"(\d\.\d)")
_DEFINITION_URL = re.compile(r"opendefinition\.org/licenses/([a-z0-9.\-]+)")
_FILLERS = re.compile(
    r"https?://\S+|クリエイティブ・?コモンズ|creative ?commons|ライセンス|licen[cs]e|attribution|international|intl"
    r"|表示|継承|非営利|改変禁止|国際|日本|\d\.\d|[\s\-_・:()「」『』。]"
)


@dataclass(frozen=True)
class Licence:
    """A licence; `open` is None where nobody can know (その他), `written` is the short form for lists and CADDE."""

    id: str
    written: str
    title: Text
    url: str
    open: bool | None


@cache
def licences() -> tuple[Licence, ...]:
    """All licences of the site's list, in its order."""
    return tuple(
        Licence(
            row["id"],
            row["written"],
            {"ja": row["title_ja"], "en": row["title_en"]},
            row["url"],
            _OPEN.get(row["open"]),
        )
        for row in rows("licences")
    )


@cache
def _index() -> dict[str, Licence]:
    words = (spellings(row, "id", "written", "title_ja", "title_en", "url") for row in rows("licences"))
    return by_key(zip(licences(), words, strict=True))


def licence_for(text: object) -> Licence | None:
    """The licence that an id, a title, an address or a common spelling names."""
    plain = fold(text)
    if not plain:
        return None
    return _index().get(key(plain)) or _by_url(plain) or _creative_commons(_short_name(plain))


def versionless(text: object) -> bool:
    """Whether the text names a Creative Commons licence without its version."""
    plain = fold(text)
    if key(plain) in _index():
        return False
    match = _CC_URL.search(plain) or _CC_WORDS.search(_short_name(plain))
    if match:
        return not any(match.groups()[1:])
    return bool(_DEFINITION_URL.search(plain)) and "cc-by" in plain


def _by_url(plain: str) -> Licence | None:
    match = _CC_URL.search(plain)
    if match:
        return _cc(match[1], match[2], match[3] == "jp")
    if "creativecommons.org/publicdomain/zero" in plain:
        return _index()[key("CC0")]
    match = _DEFINITION_URL.search(plain)
    if match:
        return _index().get(key(match[1])) or _creative_commons(match[1])
    return _index().get(key(plain.replace("http://", "https://", 1).rstrip("/") + "/"))


def _creative_commons(plain: str) -> Licence | None:
    """A CC licence in words, as long as nothing else is said (一部を除く …)."""
    match = _CC_WORDS.search(plain)
    if not match or _FILLERS.sub("", plain[: match.start()] + plain[match.end() :]):
        return None
    return _cc(match[1], match[2] or ".".join(filter(None, match.groups()[2:4])), bool(match[5]))


def _short_name(plain: str) -> str:
    """A Creative Commons licence's full name as CC BY-…; other texts as they are."""
    if not _CC_NAME.search(plain) or _CC_WORDS.search(plain):
        return plain
    elements = [short for short, words in _CC_ELEMENTS if re.search(words, plain)]
    version = _CC_VERSION.search(plain)
    japan = " jp" if version and version[1] == "2.1" else ""
    rest = re.sub("|".join(words for _, words in _CC_ELEMENTS), "", _CC_VERSION.sub("", plain))
    return f"cc-{'-'.join(elements)} {version[1] if version else ''}{japan} {rest}" if "by" in elements else plain


def _cc(elements: str, version: str | None, japan: bool) -> Licence | None:
    parts = re.split(r"[ \-_]", elements)
    order = [part for part in ("by", "nc", "sa", "nd") if part in parts]
    suffix = " jp" if japan and version != "4.0" else ""
    return _index().get(key(f"CC-{'-'.join(order)}-{version or '4.0'}{suffix}"))
