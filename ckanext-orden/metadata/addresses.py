"""Addresses: stored without the site's own host (`site:/path`), shown absolute, checked before both."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from ..types import Issue, Text

SITE = "site:/"
SCHEMES = ("http", "https", "ftp")

_MESSAGES: dict[str, Text] = {
    "characters": {
        "ja": "URLに空白や制御文字など、使えない文字があります。",
        "en": "The address holds spaces, control characters or others that are not allowed.",
    },
    "broken": {"ja": "URLの形が正しくありません。", "en": "The address is malformed."},
    "scheme": {
        "ja": "URLは http、https、ftp のどれかで始まる必要があります。",
        "en": "The address must begin with http, https or ftp.",
    },
    "host": {"ja": "URLにホスト名がありません。", "en": "The address names no host."},
    "credentials": {
        "ja": "URLに利用者名やパスワードが含まれています。",
        "en": "The address holds a user name or a password.",
    },
}
_HINT: Text = {
    "ja": "https:// で始まるアドレスを、空白を入れずに書いてください。",
    "en": "Write an address that begins with https://, without spaces.",
}
_HINTS: dict[str, Text] = {
    "credentials": {
        "ja": "アドレスから利用者名とパスワードを除いてください。公開すると誰でも読めます。",
        "en": "Take the user name and the password out: once published, anybody can read them.",
    },
}
_UNSAFE = re.compile('[\u0000-\u0020\u007f-\u00a0\u2028\u2029\u3000\\\\<>"]')


def portable(url: str, site_url: str) -> str:
    """An address under the site's own as `site:/path`; others as they are.

    http and https of one host are the same site, so that a record outlives the move to https.
    """
    site, address = _split(site_url), _split(url)
    if not site or not address or not _same_host(site, address):
        return url
    root = site.path.rstrip("/")
    if address.path != root and not address.path.startswith(root + "/"):
        return url
    path = address.path.removeprefix(root).lstrip("/")
    query = f"?{address.query}" if address.query else ""
    fragment = f"#{address.fragment}" if address.fragment else ""
    return SITE + path + query + fragment


def absolute(url: str, site_url: str) -> str:
    """A portable address as one that works from anywhere; others as they are."""
    return site_url.rstrip("/") + "/" + url.removeprefix(SITE) if url.startswith(SITE) else url


def without_query(url: str) -> str:
    """An address without the part that often holds a key, for messages and for strangers."""
    return url.partition("#")[0].partition("?")[0]


def problem(url: str, field: str = "url", where: str = "") -> Issue | None:
    """What is wrong with an address; None for a good or an empty one."""
    fault = _fault(url) if url else ""
    if not fault:
        return None
    return Issue(f"url.{fault}", "error", field, _MESSAGES[fault], _HINTS.get(fault, _HINT), where, url[:200])


def _fault(url: str) -> str:
    if _UNSAFE.search(url):
        return "characters"
    if url.startswith(SITE):
        return ""
    parts = _split(url)
    if parts is None:
        return "broken"
    faults = (
        ("scheme", parts.scheme.lower() not in SCHEMES),
        ("host", not parts.hostname),
        ("credentials", "@" in parts.netloc),
    )
    return next((fault for fault, holds in faults if holds), "")


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port  # read here because a wrong port is only found when asked for
    except ValueError:
        return None
    return parts


def _same_host(site: SplitResult, address: SplitResult) -> bool:
    web = ("http", "https")
    return (
        address.scheme.lower() in web
        and "@" not in address.netloc
        and (site.hostname, _port(site)) == (address.hostname, _port(address))
    )


def _port(parts: SplitResult) -> int | None:
    """The port that is written down, the scheme's own one left out."""
    return None if parts.port == {"http": 80, "https": 443}.get(parts.scheme.lower()) else parts.port
