"""Where an address leads: scheme, host and port, which credentials and robots.txt belong to."""

from __future__ import annotations

from typing import NamedTuple

from urllib3.util import Url, parse_url

PORTS = {"http": 80, "https": 443}


class Place(NamedTuple):
    """A web origin, its host in lower case."""

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        usual = self.port == PORTS.get(self.scheme)
        return f"{self.scheme}://{self.host}" + ("" if usual else f":{self.port}")

    def is_one_of(self, hosts: frozenset[str]) -> bool:
        """Whether an option names it as `host` or `host:port`."""
        return bool({self.host, self.host.strip("[]"), f"{self.host}:{self.port}"} & hosts)


def place_of(url: str | Url) -> Place:
    """The place of an http or https address that has been checked."""
    parts = parse_url(url) if isinstance(url, str) else url
    scheme = parts.scheme or "http"
    return Place(scheme, (parts.host or "").lower(), parts.port or PORTS[scheme])
