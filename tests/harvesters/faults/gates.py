"""A door between a worker and one of its services, which the test can shut, slow down or hold."""

from __future__ import annotations

import re
import socket
import threading
import time
from contextlib import suppress
from urllib.parse import urlsplit, urlunsplit

PATIENCE = 60
"""Seconds until something that must happen has happened."""
CHUNK = 65536
REFUSAL = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno"


class Gate:
    """Passes on what a worker and a service say to each other.

    `delay`: seconds before each request goes on. `refuses`: a request with these bytes gets status 400.
    `hold(pattern, n)`: the nth request with the pattern stays at the door, until `let_go`.
    """

    def __init__(self, url: str) -> None:
        self._parts = urlsplit(url)
        self._target = str(self._parts.hostname), int(self._parts.port or 0)
        self.delay, self.refuses = 0.0, b""
        self.reached, self._released = threading.Event(), threading.Event()
        self._pattern, self._left = re.compile(b"$^"), 0
        self._open: set[socket.socket] = set()
        self._listener = self._listen(0)
        self.port = self._listener.getsockname()[1]

    @property
    def url(self) -> str:
        """The service's address with this door in its place."""
        login = self._parts.netloc.rpartition("@")
        return urlunsplit(self._parts._replace(netloc=f"{login[0]}{login[1]}127.0.0.1:{self.port}"))

    def hold(self, pattern: bytes, number: int = 1) -> None:
        self._pattern, self._left = re.compile(pattern), number

    def let_go(self) -> None:
        self._released.set()

    def shut(self) -> None:
        """Nobody gets in any more, and who is in is thrown out: the service is down."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in list(self._open):
            self._drop(connection)

    def open(self) -> None:
        """The service is up again, at the same address."""
        self._listener = self._listen(self.port)

    def close(self) -> None:
        self.let_go()
        self.shut()

    def _listen(self, port: int) -> socket.socket:
        listener = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self._serve, args=(listener,), daemon=True).start()
        return listener

    def _serve(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                inside = listener.accept()[0]
                outside = socket.create_connection(self._target)
                self._open |= {inside, outside}
                for pair in ((inside, outside, self._request), (outside, inside, self._answer)):
                    threading.Thread(target=self._pass_on, args=pair, daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket, look) -> None:
        with suppress(OSError):
            while chunk := source.recv(CHUNK):
                look(source, chunk)
                target.sendall(chunk)
        self._drop(source)
        self._drop(target)

    def _request(self, source: socket.socket, chunk: bytes) -> None:
        if self.refuses and self.refuses in chunk:
            source.sendall(REFUSAL)
            raise ConnectionRefusedError
        if self.delay:
            time.sleep(self.delay)
        if self._left and self._pattern.search(chunk):
            self._left -= 1
            if not self._left:
                self.reached.set()
                self._released.wait(PATIENCE)

    def _answer(self, _source: socket.socket, _chunk: bytes) -> None:
        """Answers go through as they are."""

    def _drop(self, connection: socket.socket) -> None:
        self._open.discard(connection)
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
        connection.close()
