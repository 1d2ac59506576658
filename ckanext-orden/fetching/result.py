"""What came back from a foreign address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO


@dataclass(frozen=True)
class Fetched:
    """One answer: 200 with a body, or 304 without. A large body lies in a temporary file that vanishes with it."""

    url: str
    """The address after redirects."""
    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    file: IO[bytes]
    size: int

    @property
    def body(self) -> bytes:
        """The whole decoded body."""
        self.file.seek(0)
        return self.file.read()

    @property
    def media_type(self) -> str:
        """The declared type without parameters, in lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def not_modified(self) -> bool:
        return self.status == 304

    @property
    def etag(self) -> str | None:
        return self.headers.get("etag")

    @property
    def modified(self) -> str | None:
        return self.headers.get("last-modified")
