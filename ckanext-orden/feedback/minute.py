"""What feedback does in time: providers are reminded, addresses and marks are deleted, mails are sent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ckan import model
from sqlalchemy import delete, func, select, update

from .. import config
from ..clock import utcnow
from . import blocking, mails
from .model import Feedback, FeedbackContact


def each_minute(sender: Any, **_: Any) -> None:
    """Remind, forget, and send what waits."""
    remind()
    forget()
    mails.deliver()


def remind() -> int:
    """Queue a reminder for each that waits too long, once; how many."""
    there = select(model.Package.id).where(model.Package.state == "active")
    waiting = select(Feedback).where(Feedback.due <= utcnow(), Feedback.package_id.in_(there))
    rows = list(model.Session.execute(waiting.with_for_update(skip_locked=True)).scalars())
    for row in rows:
        row.due = None
        mails.to_provider(row, "reminder")
    model.Session.commit()
    return len(rows)


def forget() -> int:
    """Delete whom to tell, and end the link, some days after the end; and old marks. How many addresses went."""
    limit = utcnow() - timedelta(days=config.feedback_address_days())
    over = select(Feedback.id).where(_ended() < limit)
    gone: Any = model.Session.execute(delete(FeedbackContact).where(FeedbackContact.feedback_id.in_(over)))
    model.Session.execute(
        update(Feedback).where(_ended() < limit, Feedback.key_part != "").values(key_part=""),
        execution_options={"synchronize_session": False},
    )
    blocking.forget()
    model.Session.commit()
    return gone.rowcount


def _ended() -> Any:
    """When it was closed, else answered, else when its dataset was deleted; NULL while an answer is awaited."""
    deleted = select(model.Package.metadata_modified).where(
        model.Package.id == Feedback.package_id, model.Package.state == "deleted"
    )
    return func.coalesce(Feedback.closed, Feedback.answered, deleted.scalar_subquery())
