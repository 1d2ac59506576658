"""The tables of the DCAT room."""

from __future__ import annotations

from ckan.plugins import toolkit as tk
from sqlalchemy import ForeignKey, UnicodeText
from sqlalchemy.orm import Mapped, mapped_column


class DcatFragment(tk.BaseModel):
    """A dataset's part of the catalogue in a syntax; a copy that is made again whenever `key` is another."""

    __tablename__ = "orden_dcat_fragment"

    package_id: Mapped[str] = mapped_column(UnicodeText, ForeignKey("package.id", ondelete="CASCADE"), primary_key=True)
    syntax: Mapped[str] = mapped_column(UnicodeText, primary_key=True)
    key: Mapped[str] = mapped_column(UnicodeText)
    """Which version of the dataset, the profile and the options it was made of."""
    own: Mapped[str] = mapped_column(UnicodeText)
    """What is said of the dataset and its parts."""
    shared: Mapped[str] = mapped_column(UnicodeText)
    """What is said of nodes that other datasets may describe too (publishers, licences, themes), as N-Triples."""
    triples: Mapped[int]
    """How many `own` holds."""
