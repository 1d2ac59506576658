"""Names of harvested datasets: readable, stable, valid for CKAN, never a counter."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from .parsing.text import katakana_to_hiragana

MAX_LENGTH = 100
HASH_LENGTH = 12

_NOT_ALLOWED = re.compile(r"[^a-z0-9_]+")
_ROWS = {
    "": "あいうえお",
    "k": "かきくけこ",
    "s": "さしすせそ",
    "t": "たちつてと",
    "n": "なにぬねの",
    "h": "はひふへほ",
    "m": "まみむめも",
    "r": "らりるれろ",
    "g": "がぎぐげご",
    "z": "ざじずぜぞ",
    "d": "だぢづでど",
    "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ",
}
_KANA = {
    **{kana: row + vowel for row, line in _ROWS.items() for kana, vowel in zip(line, "aiueo", strict=True)},
    **dict(zip("やゆよわをんーっぁぃぅぇぉ", ("ya", "yu", "yo", "wa", "o", "n", "", "", *"aiueo"), strict=True)),
    "し": "shi",
    "ち": "chi",
    "つ": "tsu",
    "ふ": "fu",
    "じ": "ji",
    "ぢ": "ji",
    "づ": "zu",
    "ゔ": "vu",
}
_GLIDES = {"ゃ": "a", "ゅ": "u", "ょ": "o"}


def dataset_name(prefix: str, guid: str) -> str:
    """`<readable prefix>-<12 hex of the identifier's hash>`; the same identifier always gives the same name."""
    digest = hashlib.sha256(guid.encode("utf-8", "surrogatepass")).hexdigest()[:HASH_LENGTH]
    readable = slug(prefix)[: MAX_LENGTH - HASH_LENGTH - 1].rstrip("-_")
    return f"{readable or 'dataset'}-{digest}"


def file_name(name: str, fallback: str) -> str:
    """A file's name in ASCII, where nothing of a Japanese one would be left but its ending."""
    if name.isascii():
        return name
    stem, dot, ending = name.rpartition(".")
    return f"{slug(stem) or fallback}.{slug(ending)}" if dot else slug(name) or fallback


def slug(text: str) -> str:
    """ASCII words of a text, kana in romaji; kanji have no certain reading and are left out."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _NOT_ALLOWED.sub("-", romaji(plain)).strip("-_")


def romaji(text: str) -> str:
    """Kana in Hepburn romaji without long vowels' marks; everything else stays."""
    read: list[str] = []
    doubled = False
    for char in katakana_to_hiragana(text):
        if char in _GLIDES:
            _glide(read, _GLIDES[char])
            continue
        sound = _KANA.get(char, char)
        if doubled and sound[:1].isascii() and sound[:1].isalpha():
            sound = ("t" if sound.startswith("ch") else sound[0]) + sound
        doubled = char == "っ"
        read.append(sound)
    return "".join(read)


def _glide(read: list[str], vowel: str) -> None:
    """きゃ is kya and しゃ is sha: the small kana replaces the vowel before it."""
    if not read or not read[-1].endswith("i"):
        read.append("y" + vowel)
        return
    stem = read[-1][:-1]
    read[-1] = stem + (vowel if stem.endswith(("sh", "ch", "j")) else "y" + vowel)
