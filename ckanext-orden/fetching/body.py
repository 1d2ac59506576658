"""Reading a body within bounds: bytes on the wire, bytes decoded, and the ratio between them."""

from __future__ import annotations

import tempfile
import time
import zlib
from collections.abc import Iterator
from typing import IO

from urllib3.response import BaseHTTPResponse

from .limits import MIB, Limits
from .messages import problem

CHUNK = 64 * 1024
GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS


def read(response: BaseHTTPResponse, url: str, limits: Limits) -> tuple[IO[bytes], int]:
    """The decoded body as a file, and its size."""
    file = tempfile.SpooledTemporaryFile(max_size=4 * MIB)  # noqa: SIM115 - handed to the caller
    size = 0
    for chunk in _decoded(response, url, limits):
        size += len(chunk)
        if size > limits.decoded_bytes:
            raise problem("large", url=url, limit=limits.decoded_bytes / MIB)
        _put(file, chunk, url)
    file.seek(0)
    return file, size


def beginning(response: BaseHTTPResponse, url: str, limits: Limits, most: int) -> bytes:
    """The first `most` bytes of the decoded body; what follows is not read."""
    found = bytearray()
    for chunk in _decoded(response, url, limits):
        found += chunk
        if len(found) >= most:
            break
    return bytes(found[:most])


def _decoded(response: BaseHTTPResponse, url: str, limits: Limits) -> Iterator[bytes]:
    coding = response.headers.get("content-encoding", "identity").strip().lower()
    wire = _wire(response, url, limits)
    if coding in ("", "identity"):
        return wire
    if coding in ("gzip", "x-gzip", "deflate"):
        return _inflate(wire, url, limits)
    raise problem("coding", url=url, coding=coding)


def _put(file: IO[bytes], chunk: bytes, url: str) -> None:
    try:
        file.write(chunk)
    except OSError as error:  # ours, not the network's: to ask again would not help
        raise problem("disk", url=url, reason=error.strerror) from error


def _wire(response: BaseHTTPResponse, url: str, limits: Limits) -> Iterator[bytes]:
    declared = response.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limits.wire_bytes:
        raise problem("large", url=url, limit=limits.wire_bytes / MIB)
    total, pace = 0, Pace(limits)
    while chunk := response.read1(CHUNK, decode_content=False):
        total += len(chunk)
        if total > limits.wire_bytes:
            raise problem("large", url=url, limit=limits.wire_bytes / MIB)
        if pace.drags(len(chunk)):
            raise problem("drip", url=url, least=limits.least_speed, window=limits.window)
        yield chunk


class Pace:
    """How fast a body comes in, looked at once a window: a drip that never ends would hold a worker for long."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._begun, self._bytes = time.monotonic(), 0

    def drags(self, size: int) -> bool:
        """Whether the window that ends with these bytes brought too few."""
        self._bytes += size
        passed = time.monotonic() - self._begun
        if passed < self._limits.window:
            return False
        slow = self._bytes < self._limits.least_speed * passed
        self._begun, self._bytes = time.monotonic(), 0
        return slow


def _inflate(wire: Iterator[bytes], url: str, limits: Limits) -> Iterator[bytes]:
    decoder = zlib.decompressobj(GZIP_OR_ZLIB)
    read_in = made = 0
    try:
        for chunk in wire:
            read_in += len(chunk)
            while chunk:
                if decoder.eof:  # RFC 1952, 2.2: a body may be several members, one after the other
                    decoder = zlib.decompressobj(GZIP_OR_ZLIB)
                piece = decoder.decompress(chunk, CHUNK)
                made += len(piece)
                if made > max(limits.ratio * read_in, MIB):
                    raise problem("bomb", url=url, ratio=limits.ratio)
                yield piece
                chunk = decoder.unconsumed_tail or decoder.unused_data  # noqa: PLW2901 - what the step left over
    except zlib.error as error:
        raise problem("gzip", url=url) from error
    if not decoder.eof:
        raise problem("gzip", url=url)
