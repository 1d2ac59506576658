"""Themes: the EU's data themes and the 17 Japanese categories of DATA.GO.JP, CADDE and オープンデータ一覧."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ...types import Text
from ..parsing.text import fold, key
from .loader import by_key, rows, spellings

AUTHORITY = "http://publications.europa.eu/resource/authority/data-theme/"


@dataclass(frozen=True)
class Theme:
    """An EU data theme, which datasets store as IRI."""

    code: str
    label: Text

    @property
    def iri(self) -> str:
        return AUTHORITY + self.code


@dataclass(frozen=True)
class Category:
    """A Japanese category and the theme nearest to it (その他 has none); `main` is the one to write for its theme."""

    label: Text
    theme: Theme | None
    main: bool


@cache
def themes() -> tuple[Theme, ...]:
    """All EU data themes."""
    return tuple(Theme(row["code"], {"ja": row["label_ja"], "en": row["label_en"]}) for row in rows("themes"))


@cache
def categories() -> tuple[Category, ...]:
    """The 17 Japanese categories."""
    by_code = {theme.code: theme for theme in themes()}
    return tuple(
        Category({"ja": row["label"], "en": row["label_en"]}, by_code.get(row["theme"]), bool(row["main"]))
        for row in rows("categories")
    )


def theme_for(text: object) -> Theme | None:
    """The theme that a code, an IRI, a Japanese category or a common word of portals names."""
    plain = fold(text)
    if "/authority/data-theme/" in plain:
        plain = plain.rsplit("/", 1)[-1]
    return _index().get(key(plain))


def category_for(text: object) -> Category | None:
    """The Japanese category for a label, or for a theme's code or IRI."""
    wanted = key(text)
    theme = theme_for(text)
    exact = (category for category in categories() if key(category.label["ja"]) == wanted)
    near = (category for category in categories() if theme and category.theme == theme and category.main)
    return next(exact, None) or next(near, None)


@cache
def _index() -> dict[str, Theme]:
    words = (spellings(row, "code", "label_ja", "label_en") for row in rows("themes"))
    known = by_key(zip(themes(), words, strict=True))
    for category in categories():
        if category.theme:
            known.setdefault(key(category.label["ja"]), category.theme)
            known.setdefault(key(category.label["en"]), category.theme)
    return known
