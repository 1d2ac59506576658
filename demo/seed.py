"""Choices that depend only on their key: the same on every machine, in every order of asking."""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5

T = TypeVar("T")
NAMESPACE = uuid5(NAMESPACE_URL, "urn:example:orden:demo")


def number(low: int, high: int, *key: object) -> int:
    """A number from low to high, both included."""
    digest = sha256("\x1f".join(map(str, key)).encode()).digest()
    return low + int.from_bytes(digest[:8], "big") % (high - low + 1)


def pick(options: Sequence[T], *key: object) -> T:
    """One of the options."""
    return options[number(0, len(options) - 1, *key)]


def order(options: Sequence[T], *key: object) -> list[T]:
    """The options in an order of their own for this key."""
    return sorted(options, key=lambda option: number(0, 2**62, option, *key))


def identifier(*key: object) -> str:
    """A UUID for this key."""
    return str(uuid5(NAMESPACE, "\x1f".join(map(str, key))))


def urn(*key: object) -> str:
    """A `urn:uuid:` for this key."""
    return UUID(identifier(*key)).urn
