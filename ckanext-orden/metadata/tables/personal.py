"""Columns and values that look like personal data: a warning with reasons, never a refusal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from ...types import Issue, Text
from ..parsing.list_columns import column_key
from ..parsing.text import fold
from .contacts import EMAIL
from .recognise import Match

_PERSON = re.compile(
    "氏名|姓名|世帯主|保護者|申請者|申込者|届出者|患者|児童名|生徒名|本人|代表者名|担当者名|会員名|住民|被災者|受給者|納税者"
)
_BIRTH = re.compile("生年月日|誕生日|birthdate|dateofbirth")
_NUMBER = re.compile("個人番号|マイナンバー|mynumber")
_HOME = re.compile("自宅|本籍|住民票|現住所")
_KANA = re.compile("フリガナ|ふりがな|カナ")
_NAME = re.compile(r"[一-龠々〆ヶぁ-んァ-ヶー]{1,6}[ 　・]?[一-龠々ヶぁ-んァ-ヶー]{1,8}")
_NOT_A_NAME = re.compile("[市区町村都道府県課係部局室所園校館店院社会]$|株式|有限|法人|センター|一覧|不明|なし|代表")
_MOBILE = re.compile(r"(?:0|\+81-?)[789]0-?\d{4}-?\d{4}")
_LANDLINE = re.compile(r"0\d{1,4}-?\d{1,4}-?\d{4}")
_TWELVE = re.compile(r"\d{4}[ -]?\d{4}[ -]?\d{4}")
_STREET = re.compile(r"[都道府県市区町村郡大字].*\d+(?:丁目|番地?|号|-\d+)")
_DATE = re.compile(r"(?:[12]\d{3}|[明大昭平令mtshr]\D{0,2}\d{1,2})[年./-]\d{1,2}[月./-]\d{1,2}日?")
_FREE_MAIL = re.compile(
    r"@(?:gmail\.com|(?:[\w-]+\.)?yahoo\.co\.jp|(?:hotmail|outlook|live)\.(?:com|jp|co\.jp)|icloud\.com|me\.com|"
    r"(?:docomo|softbank|i\.softbank|ezweb|au)\.(?:ne\.jp|jp|com)|(?:[\w-]+\.)?nifty\.com)$"
)
_ENOUGH, _SHARE = 1, 0.3
_EXAMPLES = 3

_KINDS: dict[str, tuple[str, str]] = {
    "name": ("個人の氏名", "names of persons"),
    "birth": ("生年月日", "dates of birth"),
    "my_number": ("マイナンバー", "individual numbers (My Number)"),
    "mobile": ("携帯電話の番号", "mobile telephone numbers"),
    "phone": ("個人の電話番号", "telephone numbers of persons"),
    "email": ("個人のメールアドレス", "mail addresses of persons"),
    "address": ("個人の住所", "home addresses"),
}
_HINT: Text = {
    "ja": "公開してよい情報か、本人の同意や公表の根拠があるかを確かめ、不要なら列を消すか、非公開にしてください。",
    "en": "See whether it may be public, by consent or by law; else remove the column or keep the file private.",
}


def is_my_number(text: str) -> bool:
    """Whether twelve digits bear the check digit of an individual number."""
    digits = re.sub(r"[ -]", "", text)
    if not re.fullmatch(r"[0-9]{12}", digits):
        return False
    total = sum(int(digit) * (n + 1 if n <= 6 else n - 5) for n, digit in enumerate(reversed(digits[:11]), 1))
    return int(digits[11]) == (0 if total % 11 <= 1 else 11 - total % 11)


def masked(text: str) -> str:
    """An example that shows the kind of value and not the value."""
    if "@" in text:
        name, _, domain = text.partition("@")
        return f"{name[:1]}***@{domain}"
    return text[:1] + "*" * (min(len(text), 10) - 1)


@dataclass
class _Column:
    """What one column of the publisher's own holds."""

    name: str
    key: str
    filled: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    examples: dict[str, list[str]] = field(default_factory=dict)

    def see(self, text: str) -> None:
        self.filled += 1
        plain = fold(text)
        for kind, looks in _LOOKS:
            if looks(self.key, plain):
                self.counts[kind] = self.counts.get(kind, 0) + 1
                kept = self.examples.setdefault(kind, [])
                if len(kept) < _EXAMPLES and masked(plain) not in kept:
                    kept.append(masked(plain))

    def holds(self, kind: str) -> bool:
        """Whether so many values look like that that chance cannot explain them."""
        count = self.counts.get(kind, 0)
        return count >= _ENOUGH and count >= self.filled * _SHARE


def _looks_like_number(key: str, text: str) -> bool:
    return bool(_TWELVE.fullmatch(text)) and is_my_number(text)


def _looks_like_name(key: str, text: str) -> bool:
    return bool(
        _PERSON.search(key) and not _KANA.search(key) and _NAME.fullmatch(text) and not _NOT_A_NAME.search(text)
    )


_LOOKS: tuple[tuple[str, Callable[[str, str], bool]], ...] = (
    ("name", _looks_like_name),
    ("birth", lambda key, text: bool(_BIRTH.search(key) and _DATE.match(text))),
    ("my_number", _looks_like_number),
    ("mobile", lambda key, text: bool(_MOBILE.fullmatch(text))),
    ("phone", lambda key, text: bool(_LANDLINE.fullmatch(text) and not _MOBILE.fullmatch(text))),
    ("free_mail", lambda key, text: "@" in text and bool(EMAIL.fullmatch(text) and _FREE_MAIL.search(text))),
    ("email", lambda key, text: "@" in text and bool(EMAIL.fullmatch(text))),
    ("address", lambda key, text: bool(_STREET.search(text))),
)


class Watch:
    """Looks at the columns that are the publisher's own; a facility's address is nobody's home."""

    def __init__(self, header: Sequence[str], match: Match | None) -> None:
        known = match.columns if match else (None,) * len(header)
        self._columns = [
            (index, _Column(name.strip() or f"{index + 1}", column_key(name)))
            for index, (name, column) in enumerate(zip(header, known, strict=True))
            if column is None
        ]

    def see(self, cells: Sequence[str]) -> None:
        """Look at one row."""
        for index, column in self._columns:
            if cells[index].strip() and len(cells[index]) < 200:
                column.see(cells[index])

    def issues(self) -> Iterator[Issue]:
        """A warning for each column that holds what only persons have."""
        columns = [column for _, column in self._columns]
        private = any(column.holds("name") or column.holds("birth") or _HOME.search(column.key) for column in columns)
        for column in columns:
            for kind in _kinds(column, private):
                yield _issue(column, kind)


def _kinds(column: _Column, private: bool) -> Iterator[str]:
    for kind in ("name", "birth"):
        if column.holds(kind):
            yield kind
    number = column.counts.get("my_number", 0)
    if number and (_NUMBER.search(column.key) or (number >= 3 and number >= column.filled / 2)):
        yield "my_number"
    if column.counts.get("mobile"):
        yield "mobile"
    if column.counts.get("free_mail") or (private and column.counts.get("email")):
        yield "email"
    if private:
        for kind in ("phone", "address"):
            if column.holds(kind):
                yield kind


def _issue(column: _Column, kind: str) -> Issue:
    found = "free_mail" if kind == "email" and column.counts.get("free_mail") else kind
    count, examples = column.counts[found], "、".join(column.examples[found])
    ja, en = _KINDS[kind]
    message = {
        "ja": f"列「{column.name}」に{ja}らしい値が{count}件あります。",
        "en": f"“{column.name}” has {count} values that look like {en}.",
    }
    return Issue(f"personal.{kind}", "warning", column.name, message, _HINT, "", examples)
