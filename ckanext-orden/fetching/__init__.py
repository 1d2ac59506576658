"""The one guarded way to open a foreign address: harvest, validator, link checks and feeds all go through `fetch`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from .. import config
from .client import Request, checked, get, status_of
from .limits import Limits
from .manners import Manners
from .messages import problem
from .result import Fetched
from .visits import current

__all__ = ["Fetched", "Limits", "fetch", "post", "probe"]

POST_LIMITS = Limits(read=10, total=30, retries=1)


def fetch(  # noqa: PLR0913 - one keyword for each thing a caller may know about the source
    url: str,
    *,
    accept: str | None = None,
    etag: str | None = None,
    modified: str | None = None,
    public_only: bool = False,
    headers: Mapping[str, str] | None = None,
    limits: Limits | None = None,
) -> Fetched:
    """Fetch `url` within `limits`; every problem is a `SourceError` with a sentence for a person.

    Private addresses are opened only for hosts of the operator's option, and with `public_only` (an address that
    anybody may have typed) for none. `headers` may hold credentials: they never leave the host they are given for.
    In a run of a harvest (`visits`) robots.txt is obeyed, its server is asked in turn, and the source's key goes along.
    """
    visit = None if public_only else current()
    wanted = {"Accept": accept, "If-None-Match": etag, "If-Modified-Since": modified}
    request = Request(
        url=url,
        headers={name: value for name, value in wanted.items() if value},
        credentials={**(visit.headers_for(checked(url)) if visit else {}), **(headers or {})},
        allow_hosts=frozenset() if public_only else frozenset(config.fetching_allowed_private_hosts()),
        ports=frozenset(config.fetching_allowed_ports()),
        user_agent=config.fetching_user_agent(),
        manners=visit or Manners(),
    )
    found = get(request, limits or Limits())
    if found.not_modified and not (etag or modified):
        raise problem("status", url=url, status=found.status)  # nobody asked whether it has changed
    return found


def probe(url: str, *, limits: Limits | None = None, hosts: Collection[str] = ()) -> tuple[int, float | None]:
    """Whether an address answers: its status, and how many seconds its server asks to wait before the next request.

    HEAD first; a server that does not like that is asked for the first byte. No body is read. A problem of the network
    is a `SourceError`; a redirect to another host than one of `hosts`, where some are given, is `LeadsAway`.
    """
    asked = Request(
        url=url,
        method="HEAD",
        only_hosts=frozenset(hosts),
        allow_hosts=frozenset(config.fetching_allowed_private_hosts()),
        user_agent=config.fetching_user_agent(),
    )
    status, wait = status_of(asked, limits or Limits())
    if status >= 400 and status not in (410, 429):
        status, wait = status_of(replace(asked, method="GET", headers={"Range": "bytes=0-0"}), limits or Limits())
    return status, wait


def post(url: str, body: bytes, *, headers: Mapping[str, str], limits: Limits = POST_LIMITS) -> int:
    """Send `body` to an address and return the status, 2xx; everything else is a `SourceError`. No answer is read.

    A redirect is an error, so that what is sent goes where it was meant to go. A failed connection is tried once more:
    the receiver may get the same message twice. Private addresses as for `fetch`.
    """
    asked = Request(
        url=url,
        method="POST",
        body=body,
        credentials=dict(headers),
        allow_hosts=frozenset(config.fetching_allowed_private_hosts()),
        user_agent=config.fetching_user_agent(),
    )
    status, _wait = status_of(asked, replace(limits, redirects=0))
    if not 200 <= status < 300:
        raise problem("status", url=url, status=status)
    return status
