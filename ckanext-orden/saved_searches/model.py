"""The searches that people have saved, and how far they have been told of what is new in them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ckan import model
from ckan.model.types import make_uuid
from ckan.plugins import toolkit as tk
from sqlalchemy import ForeignKey, UnicodeText, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ..clock import utcnow

Frequency = Literal["daily", "weekly", "never"]
FREQUENCIES: tuple[Frequency, ...] = ("daily", "weekly", "never")


class SavedSearch(tk.BaseModel):
    """One search of one person."""

    __tablename__ = "orden_saved_search"

    id: Mapped[str] = mapped_column(UnicodeText, primary_key=True, default=make_uuid)
    user_id: Mapped[str] = mapped_column(UnicodeText, ForeignKey("user.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(UnicodeText)
    q: Mapped[str] = mapped_column(UnicodeText)
    conditions: Mapped[list[list[str]]] = mapped_column(JSONB)
    """The chosen facets as [name, value], as the search page has them in its address."""
    sort: Mapped[str] = mapped_column(UnicodeText)
    frequency: Mapped[Frequency] = mapped_column(UnicodeText)
    changes: Mapped[bool]
    """Whether changed datasets are told of, too."""
    language: Mapped[str] = mapped_column(UnicodeText)
    """Of the page that it was saved on; the mail is written in it."""
    created: Mapped[datetime] = mapped_column(default=utcnow)
    began: Mapped[datetime] = mapped_column(default=utcnow)
    """Nothing older is told of."""
    since: Mapped[datetime] = mapped_column(default=utcnow)
    """From when on the next mail looks."""
    told: Mapped[dict[str, str]] = mapped_column(JSONB, default=dict)
    """What came after `since` and was told of already: a dataset's id and when it had changed."""
    due: Mapped[datetime | None]
    """When the next mail is due; None is never."""
    tries: Mapped[int] = mapped_column(default=0)
    """How often the mail that is due has failed."""

    @classmethod
    def get(cls, search_id: str) -> SavedSearch | None:
        """A search by its id."""
        return model.Session.get(cls, search_id)

    @classmethod
    def of(cls, user_id: str) -> list[SavedSearch]:
        """The searches of a person, newest first."""
        query = select(cls).where(cls.user_id == user_id).order_by(cls.created.desc(), cls.id)
        return list(model.Session.execute(query).scalars())

    @classmethod
    def count(cls, user_id: str) -> int:
        """How many a person has."""
        return model.Session.execute(select(func.count(cls.id)).where(cls.user_id == user_id)).scalar_one()

    def parameters(self) -> list[tuple[str, str]]:
        """What the address of the search carries."""
        pairs = [("q", self.q), *((name, value) for name, value in self.conditions), ("sort", self.sort)]
        return [(name, value) for name, value in pairs if value]

    def shown(self) -> dict[str, Any]:
        """The search as its owner gets it."""
        return {
            "id": self.id,
            "name": self.name,
            "q": self.q,
            "conditions": self.conditions,
            "sort": self.sort,
            "frequency": self.frequency,
            "changes": self.changes,
            "language": self.language,
            "created": self.created.isoformat(),
            "due": self.due.isoformat() if self.due else None,
            "parameters": [list(pair) for pair in self.parameters()],
        }
