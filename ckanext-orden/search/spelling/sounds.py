"""How words sound, written so that what people mix up is the same: keys of words in kana and in Latin letters."""

from __future__ import annotations

import re
from unicodedata import normalize

TO_KATAKANA = ord("ァ") - ord("ぁ")
KATAKANA = {code: code + TO_KATAKANA for code in range(ord("ぁ"), ord("ゖ") + 1)}
ROWS = {
    "": "アイウエオ",
    "k": "カキクケコ",
    "g": "ガギグゲゴ",
    "s": "サシスセソ",
    "z": "ザジズゼゾ",
    "t": "タチツテト",
    "d": "ダヂヅデド",
    "n": "ナニヌネノ",
    "h": "ハヒフヘホ",
    "b": "バビブベボ",
    "p": "パピプペポ",
    "m": "マミムメモ",
    "y": "ヤ\0ユ\0ヨ",
    "r": "ラリルレロ",
    "w": "ワ\0\0\0\0",
    "l": "ァィゥェォ",
}
LETTERS = {kana: head + vowel for head, row in ROWS.items() for kana, vowel in zip(row, "aiueo", strict=True)}
LETTERS |= {"ヲ": "o", "ン": "n", "ヴ": "vu", "ャ": "lya", "ュ": "lyu", "ョ": "lyo"}
# What an input method makes of two signs; a small sign alone was typed with an l.
JOINED = (
    (re.compile(r"([kgsztdnhbpmr])il(?=y)"), r"\1"),
    (re.compile(r"([szt])il(?=e)"), r"\1y"),
    (re.compile(r"([td])(?:el(?=i)|ol(?=u))"), r"\1"),
    (re.compile(r"hul(?=[aieo])"), "f"),
    (re.compile(r"vul(?=[aieo])"), "v"),
)
# Hepburn's letters become the regular ones; doubled signs and long vowels are what people leave out.
SPELT = (
    (re.compile(r"[ー\-'’ッ・]"), ""),
    (re.compile(r"sh(?=i)"), "s"),
    (re.compile(r"sh"), "sy"),
    (re.compile(r"ch(?=i)"), "t"),
    (re.compile(r"c[hy]"), "ty"),
    (re.compile(r"tsu"), "tu"),
    (re.compile(r"fu"), "hu"),
    (re.compile(r"j(?=i)|d(?=i)"), "z"),
    (re.compile(r"jy?"), "zy"),
    (re.compile(r"dz?u"), "zu"),
    (re.compile(r"m(?=[bp])"), "n"),
)
SHORTENED = ((re.compile(r"ou"), "o"), (re.compile(r"(.)\1+"), r"\1"))
PLAIN = str.maketrans(
    "ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポァィゥェォャュョヮヲ",
    "カキクケコサシスセソタシステトハヒフヘホハヒフヘホアイウエオヤユヨワオ",
)
LONG_O = re.compile(r"(?<=[オコソトノホモヨロ])[ウオ]+")
LONG_U = re.compile(r"(?<=[ウクスツヌフムユル])ウ+")


def plain(text: str) -> str:
    """One width and case."""
    return normalize("NFKC", text).casefold()


def katakana(text: str) -> str:
    """The same in katakana; other signs stay."""
    return text.translate(KATAKANA)


def kana_key(reading: str) -> str:
    """A reading without what kana slips are made of: voicing, small and long signs, doubled ン."""
    key = re.sub(r"[ーッ・]", "", katakana(reading)).translate(PLAIN)
    return LONG_U.sub("", LONG_O.sub("", key)).replace("ンン", "ン")


def latin(text: str) -> str:
    """Kana and Latin letters as keystrokes, in one way of spelling."""
    typed = "".join(LETTERS.get(sign, sign) for sign in katakana(plain(text)))
    return _replaced(_replaced(typed, JOINED), SPELT)


def latin_key(text: str) -> str:
    """Keystrokes without long vowels and doubled letters."""
    return _replaced(latin(text), SHORTENED)


def _replaced(text: str, rules: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, instead in rules:
        text = pattern.sub(instead, text)
    return text


SYLLABLES = {letters: kana for kana, letters in LETTERS.items() if letters[0] != "l" and kana != "ヲ"} | {
    f"{latin(kana)[0]}y{vowel}": kana + small
    for kana in "キギシジチニヒビピミリ"
    for small, vowel in zip("ャュョ", "auo", strict=True)
}
SYLLABLE = re.compile("|".join(sorted(SYLLABLES, key=len, reverse=True)))


def reading(text: str) -> str:
    """Katakana of Latin letters (and kana) as an input method reads them; letters that make no syllable stay."""
    single = re.sub(r"([b-df-hj-mp-tv-z])(?=\1)", "ッ", re.sub(r"n+(?=n)", "", latin(text)))
    return SYLLABLE.sub(lambda found: SYLLABLES[found[0]], single)
