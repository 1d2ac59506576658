"""One guarded request: address, redirects by hand, retries, and errors in plain words."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from typing import TypeVar
from urllib.parse import urljoin

from urllib3.exceptions import HTTPError, LocationParseError, NewConnectionError, ReadTimeoutError, SSLError
from urllib3.exceptions import TimeoutError as PoolTimeoutError
from urllib3.response import BaseHTTPResponse
from urllib3.util import Url, parse_url

from ..errors import SourceError
from .body import beginning, read
from .connection import AddressRefused, Guard, pool
from .limits import Limits
from .manners import Manners
from .messages import leads_away, problem
from .places import PORTS, place_of
from .result import Fetched

REDIRECTS = frozenset((301, 302, 303, 307, 308))
WORTH_A_RETRY = frozenset((429, 502, 503, 504))
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Request:
    """What to ask for; `credentials` are headers that stay with the first host."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    method: str = "GET"
    body: bytes | None = None
    credentials: Mapping[str, str] = field(default_factory=dict)
    allow_hosts: frozenset[str] = frozenset()
    ports: frozenset[int] = frozenset()
    """The ports that may be asked; empty for any. A host of `allow_hosts` may have any other."""
    only_hosts: frozenset[str] = frozenset()
    """The hosts that a redirect may lead to; empty for any."""
    user_agent: str = "orden"
    manners: Manners = field(default_factory=Manners)


class _Again(Exception):  # noqa: N818 - a wish to try again, not a fault
    """The try failed in a way that may pass."""

    def __init__(self, error: SourceError, wait: float | None = None) -> None:
        super().__init__(str(error))
        self.error, self.wait = error, wait


def get(request: Request, limits: Limits) -> Fetched:
    """Follow the request to its answer; retries and redirects share one clock."""
    return _tried(request, limits, _answer)


def status_of(request: Request, limits: Limits) -> tuple[int, float | None]:
    """The status at the end of all redirects, and how many seconds the server asks to wait; no body is read."""
    return _tried(request, limits, _status)


def beginning_of(request: Request, limits: Limits, most: int) -> bytes:
    """The first `most` bytes of a file; none where the server says that there is none for us (4xx)."""

    def answer(url: str, response: BaseHTTPResponse, guard: Guard) -> bytes:
        if 400 <= response.status < 500 and response.status != 429:
            return b""
        _refuse_status(url, response)
        return beginning(response, url, guard.limits, most)

    return _tried(request, limits, answer)


def _tried(request: Request, limits: Limits, answer: Callable[[str, BaseHTTPResponse, Guard], Answer]) -> Answer:
    guard = Guard(request.allow_hosts, limits)
    try:
        for attempt in range(limits.retries + 1):
            try:
                return _follow(request, guard, answer)
            except _Again as again:
                wait = _wait(again, attempt, guard, request.manners.patience)
                if wait is None:
                    raise again.error from again
                request.manners.wait(wait)
                if request.manners.patience is not None:
                    guard.give(wait)
    finally:
        guard.release()
    raise AssertionError("the last try either returns or raises")


def _wait(again: _Again, attempt: int, guard: Guard, patience: float | None) -> float | None:
    """Seconds until the next try, or None when there is no use in one; patience has no clock."""
    limits = guard.limits
    jitter = random.uniform(0.5, 1)  # noqa: S311 - spreads load, hides nothing
    wait = limits.backoff * 2**attempt * jitter if again.wait is None else again.wait
    most = min(limits.longest_wait, guard.remaining) if patience is None else patience
    return None if attempt >= limits.retries or wait > most else wait


def _follow(request: Request, guard: Guard, answer: Callable[[str, BaseHTTPResponse, Guard], Answer]) -> Answer:
    url = checked(request.url)
    for _hop in range(guard.limits.redirects + 1):
        _refuse_port(url, request)
        with _turn(url, request, guard):
            found = _hop_of(url, request, guard, answer)
        if not isinstance(found, Url):
            return found
        _refuse_host(found, request)
        if place_of(found) != place_of(url):
            request = replace(request, credentials={})
        url = found
    raise problem("redirects", url=request.url, limit=guard.limits.redirects)


@contextmanager
def _turn(url: Url, request: Request, guard: Guard) -> Iterator[None]:
    """The turn at the address's server: to wait for it costs none of the request's time."""
    begun = time.monotonic()
    with request.manners.turn(url.url, guard.limits.total + guard.limits.connect) as turn:
        guard.give(time.monotonic() - begun)
        try:
            yield
        except _Again as again:
            turn.rest = max(turn.rest, again.wait or 0.0)
            raise


def _hop_of(
    url: Url, request: Request, guard: Guard, answer: Callable[[str, BaseHTTPResponse, Guard], Answer]
) -> Answer | Url:
    """One request: its answer, or where it leads."""
    response = _open(url, request, guard)
    try:
        if response.status not in REDIRECTS:
            return answer(url.url, response, guard)
        return _target(url, response)
    except (HTTPError, OSError) as error:
        raise _translated(url, error, guard) from error
    finally:
        response.close()
        guard.release()


def checked(text: str) -> Url:
    """The parsed address, or a SourceError that says what is wrong with it."""
    try:
        url = parse_url(text.strip())
    except LocationParseError:
        url = Url()
    plain = all(character > " " and character != "\\" for character in text.strip())
    if url.scheme not in PORTS or not url.host or not plain:
        raise problem("scheme", url=text)
    if url.auth:
        raise problem("credentials", host=url.host)
    return url


def _refuse_port(url: Url, request: Request) -> None:
    place = place_of(url)
    if request.ports and place.port not in request.ports and not place.is_one_of(request.allow_hosts):
        raise problem("port", url=url.url, port=place.port)


def _refuse_host(target: Url, request: Request) -> None:
    host = place_of(target).host
    if request.only_hosts and host not in request.only_hosts:
        raise leads_away(request.url, host)


def _open(url: Url, request: Request, guard: Guard) -> BaseHTTPResponse:
    scheme, host, port = place_of(url)
    headers = {"Accept": "*/*", "Accept-Encoding": "gzip", "User-Agent": request.user_agent}
    headers |= {**request.headers, **request.credentials}
    try:
        return pool(scheme, host.strip("[]"), port, guard).urlopen(
            request.method,
            url.request_uri,
            body=request.body,
            headers=headers,
            retries=False,
            redirect=False,
            preload_content=False,
        )
    except AddressRefused as error:
        raise problem("private", host=host) from error
    except (HTTPError, OSError) as error:
        guard.release()
        raise _translated(url, error, guard) from error


def _target(url: Url, response: BaseHTTPResponse) -> Url:
    location = response.headers.get("location", "")
    target = checked(urljoin(url.url, location))
    if url.scheme == "https" and target.scheme == "http":
        raise problem("downgrade", url=url.url, target=target.url)
    return target


def _answer(url: str, response: BaseHTTPResponse, guard: Guard) -> Fetched:
    status = response.status
    headers = {name.lower(): value for name, value in response.headers.items()}
    if status == 304:
        return Fetched(url, status, headers, tempfile.SpooledTemporaryFile(), 0)
    _refuse_status(url, response)
    file, size = read(response, url, guard.limits)
    if guard.expired:
        raise problem("slow", url=url, total=guard.limits.total)
    return Fetched(url, status, headers, file, size)


def _refuse_status(url: str, response: BaseHTTPResponse) -> None:
    if response.status == 200:
        return
    error = problem("status", url=url, status=response.status)
    if response.status in WORTH_A_RETRY:
        raise _Again(error, _retry_after(response.headers.get("retry-after")))
    raise error


def _status(url: str, response: BaseHTTPResponse, guard: Guard) -> tuple[int, float | None]:
    return response.status, _retry_after(response.headers.get("retry-after"))


def _retry_after(value: str | None) -> float | None:
    """Seconds a server asks us to wait, whether it sends a number or a date."""
    if not value:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, moment.timestamp() - time.time())


def _translated(url: Url, error: Exception, guard: Guard) -> SourceError | _Again:
    """urllib3's words as ours; a failed connection may be tried again."""
    if guard.expired:
        return problem("slow", url=url.url, total=guard.limits.total)
    if isinstance(error, SSLError):
        return problem("tls", host=url.host, reason=error)
    if isinstance(error, ReadTimeoutError):
        return problem("silent", url=url.url)
    if isinstance(error, PoolTimeoutError) and not isinstance(error, NewConnectionError):
        return _Again(problem("silent", url=url.url))
    return _Again(problem("connection", url=url.url, reason=type(error).__name__))
