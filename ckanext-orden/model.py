"""The front door's tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from sqlalchemy import (
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    Row,
    Unicode,
    UnicodeText,
    delete,
    false,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, mapped_column

from .clock import utcnow
from .types import Report


class OrdenReport(tk.BaseModel):
    """The latest report on a dataset: one row each."""

    __tablename__ = "orden_report"

    package_id: Mapped[str] = mapped_column(UnicodeText, ForeignKey("package.id", ondelete="CASCADE"), primary_key=True)
    made_at: Mapped[dt.datetime] = mapped_column(DateTime, nullable=False)
    level: Mapped[str] = mapped_column(Unicode(32), nullable=False)
    errors: Mapped[int] = mapped_column(Integer, nullable=False)
    warnings: Mapped[int] = mapped_column(Integer, nullable=False)
    infos: Mapped[int] = mapped_column(Integer, nullable=False)
    report: Mapped[dict[str, Any]] = mapped_column(JSONB, nullable=False)

    @classmethod
    def of(cls, package_id: str) -> OrdenReport | None:
        """The report on a dataset."""
        return model.Session.get(cls, package_id)

    @classmethod
    def put(cls, reports: Mapping[str, Report]) -> None:
        """Stores reports on datasets, by id, in the place of those before; the caller commits."""
        if not reports:
            return
        now = utcnow()
        rows = [{"package_id": key, "made_at": now, **_row(report)} for key, report in reports.items()]
        statement = insert(cls).values(rows)
        changed = {name: statement.excluded[name] for name in rows[0] if name != "package_id"}
        model.Session.execute(statement.on_conflict_do_update(index_elements=["package_id"], set_=changed))


class OrdenMeaning(tk.BaseModel):
    """The vector of a text, by the text's hash: a copy that may be emptied at any time."""

    __tablename__ = "orden_meaning"

    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    """SHA-256 of the encoder's name, the scale and the texts."""
    vector: Mapped[bytes] = mapped_column(LargeBinary, nullable=False)
    """A signed byte a number."""

    @classmethod
    def kept(cls, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """The vectors that are kept under some keys."""
        query = select(cls.key, cls.vector).where(cls.key.in_(list(keys)))
        return {row.key: row.vector for row in model.Session.execute(query)}

    @classmethod
    def put(cls, vectors: Mapping[bytes, bytes]) -> None:
        """Keeps vectors, in a transaction of its own: datasets are indexed between the transactions of others."""
        if not vectors:
            return
        # In one order, so that two who keep the same wait for each other and not both.
        rows = [{"key": key, "vector": vectors[key]} for key in sorted(vectors)]
        with model.ensure_engine().begin() as connection:
            connection.execute(text("SET LOCAL synchronous_commit TO OFF"))  # it may be lost: nobody waits for the disk
            connection.execute(insert(cls).values(rows).on_conflict_do_nothing())

    @classmethod
    def clear(cls) -> None:
        """Forgets them all, in a transaction of its own."""
        with model.ensure_engine().begin() as connection:
            connection.execute(delete(cls))


class OrdenSearchWord(tk.BaseModel):
    """The editors' words of the search: the whole text of each revision, the newest counts."""

    __tablename__ = "orden_search_word"

    revision: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    made_at: Mapped[dt.datetime] = mapped_column(DateTime, nullable=False)
    author: Mapped[str] = mapped_column(UnicodeText, nullable=False)
    text: Mapped[str] = mapped_column(UnicodeText, nullable=False)

    @classmethod
    def newest(cls) -> OrdenSearchWord | None:
        """The revision that counts."""
        return model.Session.scalars(select(cls).order_by(cls.revision.desc()).limit(1)).first()

    @classmethod
    def mark(cls) -> Row[tuple[int, dt.datetime]] | None:
        """What tells the revision that counts from each other one, without its text."""
        query = select(cls.revision, cls.made_at).order_by(cls.revision.desc()).limit(1)
        return model.Session.execute(query).first()

    @classmethod
    def text_of(cls, revision: int) -> str:
        """The text of a revision."""
        return model.Session.scalars(select(cls.text).where(cls.revision == revision)).first() or ""

    @classmethod
    def put(cls, revision: int, text: str, author: str, keep: int) -> bool:
        """Stores a revision, and of the earlier ones all but the last `keep` go; False where another had that number.

        The caller commits.
        """
        now = utcnow()
        row = {"revision": revision, "made_at": now, "author": author, "text": text}
        stored = model.Session.execute(insert(cls).values(row).on_conflict_do_nothing().returning(cls.revision))
        model.Session.execute(delete(cls).where(cls.revision <= revision - keep))
        return stored.first() is not None


class OrdenDuplicate(tk.BaseModel):
    """Two datasets that may be one, as they were last found, or as the operator has judged that they are not."""

    __tablename__ = "orden_duplicate"

    one: Mapped[str] = mapped_column(UnicodeText, ForeignKey("package.id", ondelete="CASCADE"), primary_key=True)
    """The smaller of the two ids."""
    other: Mapped[str] = mapped_column(UnicodeText, ForeignKey("package.id", ondelete="CASCADE"), primary_key=True)
    near: Mapped[float | None]
    """The cosine of what they mean; None where there was no encoder."""
    reasons: Mapped[list[str]] = mapped_column(JSONB)
    sources: Mapped[list[str]] = mapped_column(JSONB)
    """The titles of their harvest sources, in this order; empty for a dataset written here."""
    apart: Mapped[bool]
    """Whether they come from different organisations or harvest sources."""
    rank: Mapped[int]
    dismissed: Mapped[bool] = mapped_column(default=False, server_default=false())

    @classmethod
    def replace(cls, rows: list[dict[str, Any]]) -> None:
        """Stores what was found in the place of what was before; what is dismissed stays so. The caller commits."""
        model.Session.execute(delete(cls).where(cls.dismissed.is_(False)))
        if rows:
            statement = insert(cls).values(rows)
            fresh = {name: statement.excluded[name] for name in ("near", "reasons", "sources", "apart", "rank")}
            model.Session.execute(statement.on_conflict_do_update(index_elements=["one", "other"], set_=fresh))

    @classmethod
    def dismiss(cls, pair: tuple[str, str], dismissed: bool) -> bool:
        """Notes what the operator has judged; false if the pair was not found. The caller commits."""
        one, other = sorted(pair)
        statement = update(cls).where(cls.one == one, cls.other == other).values(dismissed=dismissed)
        return bool(model.Session.execute(statement.returning(cls.one)).first())


def _row(report: Report) -> dict[str, Any]:
    content = report.as_dict()
    counts = {name: content[name] for name in ("errors", "warnings", "infos")}
    return {"level": report.level, **counts, "report": content}
