"""robots.txt by RFC 9309, read in time that grows with its size only; Crawl-delay beside it. No network here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import quote

AGENT = "orden"
"""The product token that a site names to address us, and nobody else of its visitors."""
MOST = 500 * 1024
"""Bytes of the file that are read."""
_TOKEN = re.compile(r"[a-z_-]+|\*")
_ESCAPE = re.compile("%([0-9a-fA-F]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_VISIBLE = "".join(map(chr, range(0x21, 0x7F)))


@dataclass(frozen=True)
class Rule:
    """A pattern of paths, as written, and whether it opens or closes them."""

    pattern: str
    allows: bool

    def fits(self, path: str) -> bool:
        """Whether the pattern matches from the path's beginning; `*` is anything, `$` at its end the path's end."""
        ends = self.pattern.endswith("$")
        first, *others = (self.pattern[:-1] if ends else self.pattern).split("*")
        if not path.startswith(first):
            return False
        last = others.pop() if ends and others else ""
        place = len(first)
        for part in others:
            place = path.find(part, place)
            if place < 0:
                return False
            place += len(part)
        if not ends:
            return True
        return path.endswith(last) and len(path) - len(last) >= place if "*" in self.pattern else path == first


@dataclass
class Rules:
    """What a site lets us read, and how many seconds it wants between two requests."""

    rules: list[Rule] = field(default_factory=list)
    delay: float | None = None

    def forbidding(self, path: str) -> str | None:
        """The rule that closes a path (with its query), None for an open one; the longest rule that fits decides."""
        path = _plain(path or "/")
        fitting = [rule for rule in self.rules if rule.fits(path)]
        if not fitting:
            return None
        strongest = max(fitting, key=lambda rule: (len(rule.pattern), rule.allows))
        return None if strongest.allows else strongest.pattern


def parse(text: str) -> Rules:
    """The rules for us: those of every group that names us, else those for everybody."""
    groups: dict[str, Rules] = {}
    named: set[str] = set()
    naming = False
    for line in text.splitlines():
        key, _, value = (part.strip() for part in line.partition("#")[0].partition(":"))
        key = key.lower()
        if key == "user-agent":
            named, naming = named if naming else set(), True
            named |= {AGENT, "*"}.intersection(_TOKEN.findall(value.lower())[:1])
        elif key in ("allow", "disallow", "crawl-delay"):
            naming = False
            for name in named:
                _add(groups.setdefault(name, Rules()), key, value)
    return groups[AGENT] if AGENT in groups else groups.get("*", Rules())


def _add(rules: Rules, key: str, value: str) -> None:
    if key == "crawl-delay":
        if re.fullmatch(r"\d{1,6}(\.\d{1,6})?", value):
            rules.delay = max(float(value), rules.delay or 0)
    elif value.startswith(("/", "*")):
        rules.rules.append(Rule(_plain(value), key == "allow"))


def _plain(path: str) -> str:
    """One spelling for each path: other characters escaped, escapes of plain ones taken back."""
    return _ESCAPE.sub(_unescaped, quote(path, safe=_VISIBLE))


def _unescaped(escape: re.Match[str]) -> str:
    character = chr(int(escape[1], 16))
    return character if _UNRESERVED.match(character) else escape[0].upper()
