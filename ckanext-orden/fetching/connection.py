"""Connections that look at the address they really open, so that no DNS answer can lead them inside."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from typing import Any

import certifi
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from .addresses import is_allowed
from .limits import Limits


class AddressRefused(Exception):  # noqa: N818 - a decision of ours, not a fault of the network
    """The host leads to an address that is not public."""


class Guard:
    """What one request may open, and the clock that ends it even when a server sends a byte a second."""

    def __init__(self, allow_hosts: frozenset[str], limits: Limits) -> None:
        self.allow_hosts = allow_hosts
        self.limits = limits
        self._deadline = time.monotonic() + limits.total
        self._timer: threading.Timer | None = None
        self._twin: socket.socket | None = None
        self.expired = False

    @property
    def remaining(self) -> float:
        return max(0.0, self._deadline - time.monotonic())

    def give(self, seconds: float) -> None:
        """Put the end off by time in which nothing was asked."""
        self._deadline += seconds

    def open(self, connection: HTTPConnection) -> socket.socket:
        """Connect to the first allowed address of the connection's host; the address checked is the address used."""
        host, port = connection.host, connection.port
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (socket.gaierror, UnicodeError) as error:
            raise NameResolutionError(host, connection, socket.gaierror(*error.args[:2])) from error
        allowed = [entry for entry in found if is_allowed(str(entry[4][0]), host, port, self.allow_hosts)]
        if not allowed:
            raise AddressRefused(host)
        sock = _connect(connection, allowed, min(self.limits.connect, self.remaining))
        self._watch(sock)
        return sock

    def _watch(self, sock: socket.socket) -> None:
        """Let the clock hold a twin of the socket: TLS and http.client take the first one over."""
        self.release()
        self._twin = sock.dup()
        self._timer = threading.Timer(self.remaining, self._expire, (self._twin,))
        self._timer.daemon = True
        self._timer.start()

    def _expire(self, twin: socket.socket) -> None:
        self.expired = True
        try:
            twin.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # closed in the meantime: the request has ended by itself

    def release(self) -> None:
        """Stop the clock of the connection that has ended."""
        if self._timer and self._twin:
            self._timer.cancel()
            self._twin.close()


def _connect(connection: HTTPConnection, entries: list[Any], timeout: float) -> socket.socket:
    last: OSError | None = None
    for family, kind, protocol, _name, address in entries:
        sock = socket.socket(family, kind, protocol)
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.settimeout(timeout)
            sock.connect(address)
            return sock
        except OSError as error:
            sock.close()
            last = error
    if isinstance(last, TimeoutError):
        raise ConnectTimeoutError(connection, str(last)) from last
    raise NewConnectionError(connection, str(last)) from last


class _Guarded:
    """Mixed into urllib3's connections: only the opening of the socket is ours."""

    def __init__(self, *args: Any, guard: Guard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.guard = guard

    def _new_conn(self) -> socket.socket:
        return self.guard.open(self)  # pyright: ignore[reportArgumentType]


class GuardedHTTPConnection(_Guarded, HTTPConnection):
    """http over a checked address."""


class GuardedHTTPSConnection(_Guarded, HTTPSConnection):
    """https over a checked address; the certificate is checked against the host's name as ever."""


class GuardedHTTPPool(HTTPConnectionPool):
    """One http connection."""

    ConnectionCls = GuardedHTTPConnection  # pyright: ignore[reportAssignmentType]


class GuardedHTTPSPool(HTTPSConnectionPool):
    """One https connection."""

    ConnectionCls = GuardedHTTPSConnection  # pyright: ignore[reportAssignmentType]


def pool(scheme: str, host: str, port: int, guard: Guard) -> HTTPConnectionPool:
    """A pool of one connection for one hop; environment proxies play no part in it."""
    timeout = Timeout(connect=guard.limits.connect, read=guard.limits.read)
    if scheme == "https":
        return GuardedHTTPSPool(host, port, timeout=timeout, maxsize=1, ssl_context=_tls(), guard=guard)
    return GuardedHTTPPool(host, port, timeout=timeout, maxsize=1, guard=guard)


def _tls() -> ssl.SSLContext:
    """The machine's own authorities, and certifi's where a slim machine has none."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
