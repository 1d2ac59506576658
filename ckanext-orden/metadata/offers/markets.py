"""Markets that offers may link to, and the rule of what may be linked: pages of a market's own hosts, nothing else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from urllib.parse import SplitResult, unquote, urlsplit

from ...types import Issue, Text
from .offer import Link
from .problems import problem

LONGEST = 2000

_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,49}")
_HOST = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])")
_UNSAFE = re.compile(r'[\\<>"^`{|}]')
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"})
_ADDRESS = re.compile(r"[/\\]{2}|(?:https?|ftp|file|data|javascript|vbscript):", re.IGNORECASE)
_PART = re.compile(r"\{[a-z]+\}")
_ALIKE = 0.8
_LAYERS = 4
"""How often a text may be percent-encoded over itself before it counts as hidden."""


@dataclass(frozen=True)
class Market:
    """A market of the registry.

    `hosts` are whole names in their ASCII form; `patterns` are paths of listings in which `{id}` stands for one part
    (`/items/{id}`), none for any path.
    """

    code: str
    name: Text
    hosts: tuple[str, ...]
    patterns: tuple[str, ...] = ()
    home: str = ""
    enabled: bool = True


Markets = Mapping[str, Market]
"""The registry, by code."""


JDEX = Market(
    code="jdex",
    name={"ja": "JDEX（日本データ取引所）", "en": "JDEX (Japan Data Exchange)"},
    hosts=("www.service.jdex.jp",),
    home="https://www.service.jdex.jp/",
)
"""The market that ORDEN names; how its listings' addresses are made is not published, so any page of it is one."""


def market_problems(market: Market) -> Iterator[Issue]:
    """What is wrong with an entry of the registry."""
    if not _CODE.fullmatch(market.code):
        yield problem("market_code", "code", market.code)
    if not market.name.get("ja"):
        yield problem("market_name", "name")
    for host in market.hosts or ("",):
        if not _HOST.fullmatch(host):
            yield problem("market_host", "hosts", host)
    for pattern in market.patterns:
        path = _PART.sub("part", pattern)
        if not path.startswith("/") or _hidden(path) or _wanders(path):
            yield problem("market_pattern", "patterns", pattern)
    home = refusal(market.home, replace(market, patterns=()), "home") if market.home else None
    if home:
        yield home


def link_problem(link: Link, markets: Markets, where: str = "") -> Issue | None:
    """Why a link of an offer may not be made; None for a good one."""
    market = markets.get(link.market)
    if market is None:
        return problem("link_market_unknown", "links", link.market, where)
    if not market.enabled:
        return problem("link_market_closed", "links", link.market, where)
    return refusal(link.url, market, "links", where)


def refusal(url: str, market: Market, field_name: str = "links", where: str = "") -> Issue | None:
    """Why an address may not be linked as a page of the market; None for a good one.

    The address must be https, name one of the market's hosts letter by letter and no port or user, and carry neither
    hidden characters nor another address to go on to.
    """
    fault, value, choices = _fault(url, market)
    if not fault:
        return None
    named = ", ".join(choices)
    return problem(f"link_{fault}", field_name, value or url, where, choices={"ja": named, "en": named})


Fault = tuple[str, str, tuple[str, ...]]
"""The code, what the sentence names, and what would be allowed."""

_NONE: Fault = ("", "", ())


def _fault(url: str, market: Market) -> Fault:
    if len(url) > LONGEST:
        return ("too_long", "", ())
    if _hidden(url):
        return ("characters", "", ())
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ("malformed", "", ())
    simple = (
        ("scheme", parts.scheme != "https"),
        ("malformed", not parts.hostname),
        ("credentials", "@" in parts.netloc),
        ("foreign_letters", not parts.netloc.isascii()),
        ("port", port is not None or parts.netloc.endswith(":")),
    )
    code = next((code for code, holds in simple if holds), "")
    return (code, "", ()) if code else _elsewhere(parts, market)


def _elsewhere(parts: SplitResult, market: Market) -> Fault:
    """Whether a well-formed address leads anywhere but to a listing of the market."""
    host = parts.hostname or ""
    if host not in market.hosts:
        alike = any(_resembles(host, ours) for ours in market.hosts)
        return ("look_alike" if alike else "host", host, market.hosts)
    if _carries_address(parts):
        return ("redirect", "", ())
    if _wanders(parts.path):
        return ("path", "", ())
    if market.patterns and not any(_matches(pattern, parts.path) for pattern in market.patterns):
        return ("pattern", "", market.patterns)
    return _NONE


def _hidden(url: str) -> bool:
    """Whether spaces, line breaks, control characters or marks that browsers drop stand in it, encoded or not."""
    plain = _decoded(url)
    if plain is None or _UNSAFE.search(url) or "\\" in plain:
        return True
    return any(unicodedata.category(char) in _UNSEEN for char in url) or any(
        unicodedata.category(char) in _UNSEEN - {"Zs"} for char in plain
    )


def _decoded(text: str) -> str | None:
    """A text with every layer of percent-encoding taken off; None where it is not done after a few."""
    for _ in range(_LAYERS):
        plain = unquote(text)
        if plain == text:
            return plain
        text = plain
    return None


def _carries_address(parts: SplitResult) -> bool:
    if any(_ADDRESS.search(_decoded(text) or "") for text in (parts.query, parts.fragment)):
        return True
    return ":/" in (_decoded(parts.path) or "")


def _wanders(path: str) -> bool:
    plain = _decoded(path) or ""
    steps = plain.split("/")
    return "//" in plain or bool({".", ".."} & set(steps)) or plain.count("/") != path.count("/")


def _matches(pattern: str, path: str) -> bool:
    fixed = (re.escape(text) for text in _PART.split(pattern))
    return bool(re.fullmatch("[^/]+".join(fixed), path))


def _resembles(host: str, ours: str) -> bool:
    shown = _as_shown(host)
    squeezed = re.sub(r"[.-]", "", ours) in re.sub(r"[.-]", "", shown)
    return squeezed or SequenceMatcher(None, shown, ours).ratio() >= _ALIKE


def _as_shown(host: str) -> str:
    """A host as a browser may show it: names in Punycode (xn--…) in their own letters."""
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host
