"""Japanese text: cleaned for storage, folded for comparison; storage never folds."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

_FOLDS = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("〜∼", "~"),
        "〇": "○",
        "髙": "高",
        "﨑": "崎",
    }
)
_SHORT = 64
_SPACES = re.compile(r"\s+")
_BREAKS = re.compile(r"[ \t\n\v\f\x85\u2028\u2029]+")
_SEPARATORS = re.compile(r"[\s\-_()\[\]「」『』]+")
_INVISIBLE = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b\u200e\u200f\u2060\ufeff]")
_UNSTORABLE = re.compile("[\u0000\ud800-\udfff]")
_LISTS = re.compile(r"[;,、；，\n]+")
_OLD_FORMS = str.maketrans(
    {"ヶ": "ケ", "ｹ": "ケ", "條": "条", "龍": "竜", "瀧": "滝", "檜": "桧", "嶋": "島", "ヵ": "カ"}
)


def fold(text: object) -> str:
    """`text` for comparison: NFKC, lower case, one kind of dash and wave, single spaces."""
    plain = "" if text is None else str(text)
    return _fold_short(plain) if len(plain) <= _SHORT else _fold(plain)


def _fold(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).translate(_FOLDS)
    return _SPACES.sub(" ", _INVISIBLE.sub("", folded)).strip().casefold()


_fold_short = lru_cache(maxsize=8192)(_fold)  # terms repeat in every record, descriptions do not


def key(text: object) -> str:
    """`fold` without spaces, dashes, underscores and brackets: equal for all spellings of one term."""
    return _SEPARATORS.sub("", fold(text))


def name_key(text: object) -> str:
    """`key` for names of places, where old and new forms of a character mix."""
    return key(text).translate(_OLD_FORMS)


def clean(text: object) -> str:
    """`text` for storage: outer space and invisible characters gone, lines kept, nothing folded."""
    if text is None:
        return ""
    visible = _INVISIBLE.sub("", str(text)).replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    return unicodedata.normalize("NFC", visible).strip()


def one_line(text: object) -> str:
    """`clean` in one line, for titles, names and identifiers; a full-width space stays one."""
    return _BREAKS.sub(" ", clean(text))


def storable(value: Any) -> Any:
    """Plain JSON with U+FFFD, at any depth, for what no database holds: NUL and halves of surrogate pairs."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {storable(name): storable(item) for name, item in value.items()}
    if isinstance(value, list):
        return [storable(item) for item in value]
    return value


def split_list(text: object) -> list[str]:
    """The parts of a cell that holds a list, without repeats, in order."""
    parts = (part.strip() for part in _LISTS.split(clean(text)))
    return list(dict.fromkeys(part for part in parts if part))


def katakana_to_hiragana(text: str) -> str:
    """Katakana as hiragana; everything else stays."""
    return "".join(chr(ord(char) - 0x60) if "ァ" <= char <= "ヶ" else char for char in text)
