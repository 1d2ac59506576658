"""Records as a table for a spreadsheet: one row a problem, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .problems import CLASSES

HEADER = {
    "ja": (
        *("識別子", "タイトル", "データセット", "状態", "前回の結果", "エラーの種類", "項目", "メッセージ"),
        *("対処", "最終確認日時", "見当たらない日時", "提供者"),
    ),
    "en": (
        *("Identifier", "Title", "Dataset", "State", "Last outcome", "Class of error", "Field", "Message"),
        *("Advice", "Seen", "Missing since", "Owner"),
    ),
}
STATES: Mapping[str, Mapping[str, str]] = {
    "new": {"ja": "新規", "en": "new"},
    "changed": {"ja": "変更", "en": "changed"},
    "unchanged": {"ja": "変更なし", "en": "unchanged"},
    "yielded": {"ja": "他の取り込み元を優先", "en": "left to another source"},
    "error": {"ja": "エラー", "en": "error"},
    "held": {"ja": "削除を保留", "en": "deletion held"},
    "missing": {"ja": "見当たらない", "en": "missing"},
    "deleted": {"ja": "削除", "en": "deleted"},
    "kept": {"ja": "削除せず保持", "en": "kept"},
    "reverted": {"ja": "元に戻した変更", "en": "change undone"},
    "undone": {"ja": "取り消した追加", "en": "addition undone"},
}
_OUTCOMES = {"added": "new", "updated": "changed", "errored": "error"}


def rows(records: Iterable[Mapping[str, Any]], lang: str) -> Iterator[tuple[str, ...]]:
    """The header, then the records; `lang` is ja or en."""
    yield HEADER[lang]
    for record in records:
        for issue in record["issues"] or ({},):
            yield _row(record, issue, lang)


def state(name: str, lang: str) -> str:
    """The word for a state or an outcome."""
    return STATES.get(_OUTCOMES.get(name, name), {}).get(lang, name)


def _row(record: Mapping[str, Any], issue: Mapping[str, Any], lang: str) -> tuple[str, ...]:
    return (
        *(record["guid"], record["title"], record["url"]),
        *(state(record["state"], lang), state(record["outcome"], lang)),
        CLASSES[issue["class"]].word[lang] if issue else "",
        *(issue.get("field", ""), _said(issue.get("message"), lang), _said(issue.get("hint"), lang)),
        *(record["seen"] or "", record["missing_since"] or "", record["owner"]),
    )


def _said(texts: Mapping[str, str] | None, lang: str) -> str:
    return (texts or {}).get(lang) or (texts or {}).get("en") or ""
