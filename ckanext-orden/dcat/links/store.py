"""What is known of addresses."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from ckan import model
from sqlalchemy import select

from ..model import DcatLink

_OPENS = {"ok": True, "broken": False}


def link_id(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()


def links(urls: Iterable[str]) -> dict[str, DcatLink]:
    """What is known of each of these addresses."""
    ids = [link_id(url) for url in urls]
    found = model.Session.execute(select(DcatLink).where(DcatLink.id.in_(ids))).scalars() if ids else ()
    return {link.url: link for link in found}


def states(urls: Iterable[str]) -> dict[str, bool | None]:
    """Whether each of these addresses opened when it was last asked; None where its server does not say."""
    return {url: _OPENS.get(link.state) for url, link in links(urls).items()}
