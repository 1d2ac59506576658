"""The small lists: access rights, classes of personal data, CADDE's written values, coded values of files, eras."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ...types import Text
from ..parsing.text import clean, fold, key
from .loader import by_key, rows, spellings

ACCESS_RIGHTS = "http://publications.europa.eu/resource/authority/access-right/"
_OTHER = re.compile(r"その他\(.*\)", re.DOTALL)


@dataclass(frozen=True)
class AccessRight:
    """Who may have the data, as the EU's list says it."""

    code: str
    label: Text

    @property
    def iri(self) -> str:
        return ACCESS_RIGHTS + self.code


@dataclass(frozen=True)
class PersonalClass:
    """One of CADDE's seven classes; `value` is what is stored, `axis` what it means for パーソナル/非パーソナル."""

    value: str
    label: Text
    axis: str


@dataclass(frozen=True)
class Coded:
    """One value of a small list; `value` is what is stored, `written` what オープンデータ一覧 and CADDE write."""

    value: str
    written: str
    label: Text


@dataclass(frozen=True)
class Era:
    """A Japanese era; the first and last years of neighbours overlap."""

    name: str
    letter: str
    first_year: int
    last_year: int | None


@cache
def access_rights() -> tuple[AccessRight, ...]:
    """The five access rights."""
    return tuple(
        AccessRight(row["code"], {"ja": row["label_ja"], "en": row["label_en"]}) for row in rows("access_rights")
    )


def access_right_for(text: object) -> AccessRight | None:
    """The access right that a code, an IRI or a word names."""
    return _access_index().get(key(fold(text).rsplit("/", 1)[-1]))


@cache
def personal_classes() -> tuple[PersonalClass, ...]:
    """CADDE's seven classes of personal data."""
    return tuple(
        PersonalClass(row["label_ja"], {"ja": row["label_ja"], "en": row["label_en"]}, row["axis"])
        for row in rows("personal_data")
    )


def personal_class_for(text: object) -> PersonalClass | None:
    """The class that a label, an English token or `その他(…)` names."""
    return _personal_index().get(key(_without_remark(text)))


def cadde_values(field: str) -> tuple[str, ...]:
    """The values that CADDE allows in a field; empty where the field is free."""
    return tuple(row["label_ja"] for row in rows("cadde") if row["field"] == field)


@cache
def cadde_labels(field: str) -> dict[str, str]:
    """The values that CADDE allows in a field, with their English names."""
    return {row["label_ja"]: row["label_en"] for row in rows("cadde") if row["field"] == field}


def cadde_value(field: str, text: object) -> str | None:
    """CADDE's own written value for a value in any spelling; `その他(…)` keeps its remark."""
    found = _cadde_index(field).get(key(_without_remark(text)))
    return clean(text) if found and _OTHER.fullmatch(fold(text)) else found


def cadde_label(field: str, value: str) -> Text:
    """What one of CADDE's written values is called; another value is called as it is written."""
    return {"ja": value, "en": cadde_labels(field).get(value, value)}


@cache
def coded(field: str) -> tuple[Coded, ...]:
    """The values of a field of files: `status`, `availability`, `compress_format` and others."""
    return tuple(
        Coded(row["value"], row["written"], {"ja": row["label_ja"], "en": row["label_en"]})
        for row in rows("coded")
        if row["field"] == field
    )


def coded_for(field: str, text: object) -> Coded | None:
    """The value of such a field that an IRI, a media type or a word names."""
    plain = fold(text)
    return _coded_index(field).get(key(plain.replace("https://", "http://", 1)))


@cache
def eras() -> tuple[Era, ...]:
    """The eras since 明治."""
    return tuple(
        Era(row["name"], row["letter"], int(row["first_year"]), int(row["last_year"]) if row["last_year"] else None)
        for row in rows("eras")
    )


def _without_remark(text: object) -> str:
    plain = fold(text)
    return "その他" if _OTHER.fullmatch(plain) else plain


@cache
def _access_index() -> dict[str, AccessRight]:
    words = (spellings(row, "code", "label_ja", "label_en") for row in rows("access_rights"))
    return by_key(zip(access_rights(), words, strict=True))


@cache
def _personal_index() -> dict[str, PersonalClass]:
    words = (spellings(row, "label_ja", "label_en", "code") for row in rows("personal_data"))
    return by_key(zip(personal_classes(), words, strict=True))


@cache
def _coded_index(field: str) -> dict[str, Coded]:
    found = [row for row in rows("coded") if row["field"] == field]
    words = (spellings(row, "value", "written", "label_ja", "label_en") for row in found)
    return by_key(zip(coded(field), words, strict=True))


@cache
def _cadde_index(field: str) -> dict[str, str]:
    return by_key(
        (row["label_ja"], spellings(row, "label_ja", "label_en")) for row in rows("cadde") if row["field"] == field
    )
