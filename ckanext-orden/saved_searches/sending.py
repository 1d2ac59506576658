"""Mails about saved searches: one a person, looked for, sent and noted as told in one go.

Nothing is queued: what a mail will say is looked for when it is sent, and only what was sent is noted. A worker that is
killed before leaves all as it was, and the next one begins anew.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass

from ckan import model
from ckan.lib import mailer
from ckan.lib.search.common import SearchError, SolrConnectionError
from ckan.plugins import toolkit as tk
from sqlalchemy import delete, select, update

from .. import config
from ..clock import utcnow
from ..logic.locks import lock
from . import timing, writing
from .finding import News, news
from .model import SavedSearch

log = logging.getLogger(__name__)


@dataclass
class Done:
    """What became of the mails that were due."""

    sent: int = 0
    nothing_new: int = 0
    failed: int = 0


def send(seconds: float) -> Done:
    """Send what is due, for so long at most; nothing while another worker does."""
    done, end = Done(), time.monotonic() + seconds
    forget()
    with lock(f"orden-saved-search-{tk.config['ckan.site_id']}") as held:
        while held and config.saved_search_mail() and time.monotonic() < end:
            held.check()
            rows = _next()
            if not rows:
                break
            _settle(rows, done)
            model.Session.commit()
    model.Session.rollback()
    return done


def forget() -> None:
    """Delete the searches of deleted accounts."""
    gone = select(model.User.id).where(model.User.state == "deleted")
    model.Session.execute(delete(SavedSearch).where(SavedSearch.user_id.in_(gone)))
    model.Session.commit()


def is_due() -> bool:
    """Whether there is anything to send."""
    return model.Session.execute(select(SavedSearch.id).where(SavedSearch.due <= utcnow()).limit(1)).first() is not None


def failing() -> int:
    """How many people wait for a mail that has failed."""
    query = select(SavedSearch.user_id).where(SavedSearch.tries > 0).distinct()
    return len(model.Session.execute(query).all())


def _next() -> list[SavedSearch]:
    """The searches of one person that are due."""
    due = select(SavedSearch).where(SavedSearch.due <= utcnow()).order_by(SavedSearch.due, SavedSearch.id)
    first = model.Session.execute(due.limit(1)).scalars().first()
    if first is None:
        return []
    mine = due.where(SavedSearch.user_id == first.user_id)
    return list(model.Session.execute(mine, execution_options={"populate_existing": True}).scalars())


def _settle(rows: list[SavedSearch], done: Done) -> None:
    """Tell one person of what is new, or put it off."""
    user = model.User.get(rows[0].user_id)
    if user is None or not user.is_active or not user.email:
        _put_to_next(rows)
        return
    try:
        found = _looked(rows, user)
        fresh = [each for each in found if each.datasets]
        if fresh:
            mail = writing.mail(user, fresh)
            mailer.mail_recipient(user.email, user.email, mail.subject, mail.body, headers=mail.headers)
    except (mailer.MailerException, OSError, SolrConnectionError) as error:
        done.failed += 1
        _put_off(rows, error)
        return
    _note(found)
    _put_to_next(each.search for each in found)
    done.sent += bool(fresh)
    done.nothing_new += not fresh


def _looked(rows: list[SavedSearch], user: model.User) -> list[News]:
    """What is new in each search; one that Solr cannot answer is put off and does not hold up the others."""
    found, until = [], utcnow()
    for row in rows:
        try:
            found.append(news(row, user, until))
        except SearchError as error:
            _put_off([row], error)
    return found


def _note(found: Iterable[News]) -> None:
    """What has been told; a search that was deleted meanwhile is gone."""
    for each in found:
        values = {"since": each.since, "told": each.told}
        model.Session.execute(update(SavedSearch).where(SavedSearch.id == each.search.id).values(values))


def _put_to_next(rows: Iterable[SavedSearch]) -> None:
    for row in rows:
        _set_due(row, due=timing.next_due(row.frequency), tries=0)


def _put_off(rows: list[SavedSearch], error: Exception) -> None:
    """What the mail server complains of may hold the address and is not logged."""
    tries = max(row.tries for row in rows) + 1
    again = utcnow() + timing.wait(tries)
    for row in rows:
        _set_due(row, due=again, tries=tries)
    log.error(
        "The mail about saved searches of user %s was not sent (%s, failure %s), it is tried again at %s UTC",
        rows[0].user_id,
        type(error).__name__,
        tries,
        again.isoformat(timespec="minutes"),
    )


def _set_due(row: SavedSearch, **values: object) -> None:
    """Unless its owner has chosen otherwise meanwhile."""
    same = (SavedSearch.id == row.id, SavedSearch.frequency == row.frequency)
    model.Session.execute(
        update(SavedSearch).where(*same).values(values), execution_options={"synchronize_session": False}
    )
