"""What is known of addresses, each by the IRI that stands for it in RDF; the caller commits."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from ckan import model
from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from ...clock import utcnow
from ..model import DcatLink
from ..profiles.iris import safe_iri

NAMED_DAYS = 3
"""An address that no public dataset has named for so long is asked no more; scores name them once a day."""
_OPENS = {"ok": True, "broken": False}


def iri_of(url: str) -> str:
    """The address as it stands in RDF, whether it comes from there or from a form."""
    return str(safe_iri(url) or url)


def link_id(url: str) -> str:
    """The key of an address, however it is escaped."""
    return hashlib.sha256(iri_of(url).encode()).hexdigest()


def links(urls: Iterable[str]) -> dict[str, DcatLink]:
    """What is known of each of these addresses, by the address as given."""
    ids = {url: link_id(url) for url in urls}
    rows = model.Session.execute(select(DcatLink).where(DcatLink.id.in_(ids.values()))).scalars() if ids else ()
    found = {link.id: link for link in rows}
    return {url: found[id_] for url, id_ in ids.items() if id_ in found}


def states(urls: Iterable[str]) -> dict[str, bool | None]:
    """Whether each of these addresses opened when it was last asked; None where that is not known."""
    return {url: _OPENS.get(link.state) for url, link in links(urls).items()}


def register(urls: Iterable[str]) -> None:
    """Note that a public dataset names these addresses; new ones are asked soon."""
    now = utcnow()
    new = {"state": "new", "reason": {}, "failures": 0, "next_at": now, "seen_on": now.date()}
    addresses = sorted(url for url in set(map(iri_of, urls)) if url.startswith(("http://", "https://")))
    rows = [{"id": link_id(url), "url": url, **new} for url in addresses]
    if rows:
        statement = insert(DcatLink).values(rows)
        seen = {"seen_on": statement.excluded["seen_on"]}
        model.Session.execute(statement.on_conflict_do_update(index_elements=["id"], set_=seen))


def due(most: int, *, everything: bool = False) -> list[DcatLink]:
    """The addresses to ask, those that wait longest first."""
    named = DcatLink.seen_on >= utcnow().date() - timedelta(days=NAMED_DAYS)
    query = select(DcatLink).where(named).order_by(DcatLink.next_at, DcatLink.id).limit(most)
    if not everything:
        query = query.where(DcatLink.next_at <= utcnow())
    return list(model.Session.execute(query).scalars())


def put_off(links_: Collection[DcatLink], until: datetime) -> None:
    """Ask these later: their server wants to be left alone."""
    ids = [link.id for link in links_]
    model.Session.execute(update(DcatLink).where(DcatLink.id.in_(ids)).values(next_at=until))


def forget(before: date) -> None:
    """Drop the addresses that nobody names any more."""
    model.Session.execute(delete(DcatLink).where(DcatLink.seen_on < before))
