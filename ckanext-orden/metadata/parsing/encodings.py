"""Japanese encodings: UTF-8 and UTF-16 by their rules, else CP932 or EUC-JP; never a guess that garbles."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from ...errors import SourceError

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HALF_WIDTH_KANA = re.compile("[｡-ﾟ]")
_KANA_OR_KANJI = re.compile("[ぁ-んァ-ヶ一-龠]")


@dataclass(frozen=True)
class Decoded:
    """A text, the encoding it came in, and whether its last character was cut off."""

    text: str
    encoding: str
    cut_off: bool = False


def decode(data: bytes) -> Decoded:
    """The text of a file; SourceError where no Japanese encoding fits."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data, encoding)
    if b"\0" in data:
        return _decode_wide(data)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if _is_utf8_until(data, error):
            return _broken_utf8(data, error)
    return _decode_legacy(data)


def _decode_marked(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8-sig":
            return _broken_utf8(data[len(codecs.BOM_UTF8) :], error)
        if error.start >= len(data) - 3:
            return Decoded(data[: error.start].decode(encoding), encoding, cut_off=True)
        raise _unreadable(data, error, "UTF-16") from error


def _decode_wide(data: bytes) -> Decoded:
    """UTF-16 without a mark shows itself by its line ends; other zero bytes mean a binary file."""
    for encoding, comma in (("utf-16-le", b",\0"), ("utf-16-be", b"\0,")):
        if comma in data and b"\0" * 3 not in data:
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if _KANA_OR_KANJI.search(text):
                return Decoded(text, encoding)
    raise SourceError(
        "The file is binary, not a text: it holds zero bytes.", ja="テキストではなく、バイナリファイルです。"
    )


def _is_utf8_until(data: bytes, error: UnicodeDecodeError) -> bool:
    """Three characters of Japanese before the fault: legacy encodings never look like UTF-8 for so long."""
    return len(_KANA_OR_KANJI.findall(data[: error.start].decode("utf-8"))) >= 3


def _broken_utf8(data: bytes, error: UnicodeDecodeError) -> Decoded:
    if error.start >= len(data) - 3:
        return Decoded(data[: error.start].decode("utf-8"), "utf-8", cut_off=True)
    raise _unreadable(data, error, "UTF-8") from error


def _decode_legacy(data: bytes) -> Decoded:
    candidates: list[Decoded] = []
    faults: list[UnicodeDecodeError] = []
    for encoding in ("cp932", "euc_jp"):
        try:
            candidates.append(Decoded(data.decode(encoding), encoding))
        except UnicodeDecodeError as error:
            faults.append(error)
    if candidates:
        return min(candidates, key=lambda decoded: len(_HALF_WIDTH_KANA.findall(decoded.text)))
    first = max(faults, key=lambda fault: fault.start)
    if first.start >= len(data) - 1:
        return Decoded(data[: first.start].decode(first.encoding), first.encoding, cut_off=True)
    raise _unreadable(data, first, "CP932")


def _unreadable(data: bytes, error: UnicodeDecodeError, encoding: str) -> SourceError:
    line = data.count(b"\n", 0, error.start) + 1
    return SourceError(
        f"Line {line} is not {encoding}: save the file again as UTF-8.",
        ja=f"{line}行目の文字コードが{encoding}として読めません。UTF-8で保存し直してください。",
    )
