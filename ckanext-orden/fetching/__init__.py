"""The one guarded way to open a foreign address: harvest, validator, link checks and feeds all go through `fetch`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .. import config
from .client import Request, get
from .limits import Limits
from .result import Fetched

__all__ = ["Fetched", "Limits", "fetch"]


def fetch(  # noqa: PLR0913 - one keyword for each thing a caller may know about the source
    url: str,
    *,
    accept: str | None = None,
    etag: str | None = None,
    modified: str | None = None,
    allow_hosts: Iterable[str] = (),
    headers: Mapping[str, str] | None = None,
    limits: Limits | None = None,
) -> Fetched:
    """Fetch `url` within `limits`; every problem is a `SourceError` with a sentence for a person.

    Private addresses are opened only for hosts of the operator's option and of `allow_hosts`. `headers` may hold
    credentials: they never leave the host they are given for.
    """
    wanted = {"Accept": accept, "If-None-Match": etag, "If-Modified-Since": modified}
    request = Request(
        url=url,
        headers={name: value for name, value in wanted.items() if value},
        credentials=dict(headers or {}),
        allow_hosts=frozenset((*config.fetching_allowed_private_hosts(), *allow_hosts)),
        user_agent=config.fetching_user_agent(),
    )
    return get(request, limits or Limits())
