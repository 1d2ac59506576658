"""Addresses of every sort in a cell: web, mail, telephone, post; and readings in katakana."""

from __future__ import annotations

import re
import unicodedata

from ..parsing.text import clean, fold

_URL = re.compile(r"https?://[^\s/?#]+\.[^\s]*|https?://\[[0-9a-f:]+\][^\s]*", re.IGNORECASE)
_BARE = re.compile(r"www\.[^\s]+", re.IGNORECASE)
_SEVERAL = re.compile(r"[\s;；、]+")
EMAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)
_PHONE = re.compile(r"\+?\d{2,5}(?:-\d{1,4}){1,3}|\+?\d{9,13}")
_PARENTHESES = re.compile(r"^\((\d+)\)[ -]?|[ -]?\((\d+)\)[ -]?")
_POSTAL = re.compile(r"〒?(\d{3})-?(\d{4})")
_KANA = re.compile(
    r"[ァ-ヺーヽヾ・0-9０-９A-Za-zＡ-Ｚａ-ｚ\s　!-/:-@\[-`{-~！-／：-＠［-｀｛-～「」『』、。〜－‐―−×’”“]+"
)
_HALF_WIDTH = re.compile("[｡-ﾟ]+")


def url(text: str) -> tuple[str, str]:
    """A web address, or several."""
    plain = clean(text)
    if _URL.fullmatch(plain):
        return plain, ""
    folded = unicodedata.normalize("NFKC", plain)
    if _URL.fullmatch(folded):
        return folded, ""
    if _BARE.fullmatch(folded):
        return f"http://{folded}", "url_scheme"
    parts = [part for part in _SEVERAL.split(folded) if part]
    return (plain, "") if parts and all(map(_URL.fullmatch, parts)) else (plain, "url")


def email(text: str) -> tuple[str, str]:
    plain = unicodedata.normalize("NFKC", clean(text)).removeprefix("mailto:")
    return (plain, "") if EMAIL.fullmatch(plain) else (text, "email")


def phone(text: str) -> tuple[str, str]:
    """Digits and hyphens; brackets and spaces between the parts become hyphens."""
    plain = fold(text)
    plain = _PARENTHESES.sub(lambda match: f"{match[1]}-" if match[1] else f"-{match[2]}-", plain)
    plain = plain.strip("-").replace(" ", "-").replace("--", "-")
    if not _PHONE.fullmatch(plain):
        parts = [part for part in _SEVERAL.split(clean(text)) if part]
        several = len(parts) > 1 and all(not phone(part)[1] for part in parts)
        return (text, "") if several else (text, "phone")
    return plain, "" if plain.startswith(("0", "+")) else "phone_zero"


def postal(text: str) -> tuple[str, str]:
    match = _POSTAL.fullmatch(fold(text))
    return (f"{match[1]}-{match[2]}", "") if match else (text, "postal")


def kana(text: str) -> tuple[str, str]:
    """A reading in full-width katakana."""
    plain = clean(text)
    wide = _HALF_WIDTH.sub(lambda match: unicodedata.normalize("NFKC", match[0]), plain)
    return wide, "" if _KANA.fullmatch(wide) else "kana"
