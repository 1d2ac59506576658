"""The key of a source: kept encrypted, shown to nobody, sent to the one place that it was entered for.

What encrypts it is derived from CKAN's SECRET_KEY, the source, the place and the header: a row that is copied elsewhere
cannot be read.
"""

from __future__ import annotations

import base64
import re
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import delete

from .. import config
from ..clock import utcnow
from ..fetching.client import checked
from ..fetching.places import Place, place_of
from ..fetching.visits import Key
from .model import HarvestSecret
from .texts import source_problem

HEADERS = ("Authorization", "X-CKAN-API-Key", "X-API-Key")
LONGEST = 4096
_VALUE = re.compile(rf"[!-~](?:[ -~]{{0,{LONGEST - 2}}}[!-~])?")


def refusal(url: str, header: str, value: str) -> dict[str, list[str]]:
    """What is wrong with a key that somebody enters, by field; it is never repeated."""
    wrong: dict[str, list[str]] = {}
    if header not in HEADERS:
        wrong["header"] = [tk._("Must be one of: {values}").format(values=", ".join(HEADERS))]
    if not _VALUE.fullmatch(value):
        wrong["value"] = [tk._("Must be a key of ASCII characters on one line, at most {n}").format(n=LONGEST)]
    place = place_of(checked(url))
    if place.scheme != "https" and not place.is_one_of(frozenset(config.fetching_allowed_private_hosts())):
        says = tk._(
            "The source's address begins with http://: anybody on the way could read the key. Change it to https://"
        )
        wrong["url"] = [says]
    return wrong


def put(source_id: str, url: str, header: str, value: str, user: str) -> None:
    """Keep a key for the place of the source's address, instead of any former one; the caller commits."""
    place = place_of(checked(url))
    values = {"place": str(place), "header": header, "set_at": utcnow(), "set_by": user}
    sealed = _lock(source_id, place, header).encrypt(value.encode()).decode()
    model.Session.merge(HarvestSecret(source_id=source_id, sealed=sealed, **values))


def key_of(source_id: str, url: str) -> Key | None:
    """The key to be sent to the source's place; SourceError where it cannot be read any more."""
    kept = model.Session.get(HarvestSecret, source_id)
    place = place_of(checked(url))
    if kept is None or kept.place != str(place):
        return None
    try:
        value = _lock(source_id, place, kept.header).decrypt(kept.sealed.encode())
    except InvalidToken as error:
        raise source_problem("key_unreadable") from error
    return Key(place, kept.header, value.decode())


def shown(source_id: str) -> dict[str, Any] | None:
    """Who set the key, when, for which place and header; never the key."""
    kept = model.Session.get(HarvestSecret, source_id)
    if kept is None:
        return None
    user = model.User.get(kept.set_by)
    return {
        "host": kept.place,
        "header": kept.header,
        "set_at": kept.set_at.isoformat(),
        "set_by": user.name if user else kept.set_by,
    }


def forget(source_id: str) -> bool:
    """Drop the key; whether there was one. The caller commits."""
    return _drop(HarvestSecret.source_id == source_id)


def follow(source_id: str) -> None:
    """Drop the key of a source whose address leads elsewhere now. The caller commits."""
    kept, source = model.Session.get(HarvestSecret, source_id), model.Package.get(source_id)
    if kept and source and kept.place != str(place_of(checked(source.url or ""))):
        forget(source_id)


def _drop(*conditions: Any) -> bool:
    done: Any = model.Session.execute(delete(HarvestSecret).where(*conditions))
    return done.rowcount > 0


def _lock(source_id: str, place: Place, header: str) -> Fernet:
    info = "\n".join(("orden_harvest_secret", source_id, str(place), header)).encode()
    derived = HKDF(SHA256(), 32, salt=None, info=info).derive(tk.config["SECRET_KEY"].encode())
    return Fernet(base64.urlsafe_b64encode(derived))
