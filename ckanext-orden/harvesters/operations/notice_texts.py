"""What a mail about a run says, in the language of the site."""

from __future__ import annotations

from typing import Any

from .problems import CLASSES

STATES = {
    "finished": {"ja": "正常に終了", "en": "finished"},
    "errors": {"ja": "エラーありで終了", "en": "finished with errors"},
    "held": {"ja": "削除の確認待ち", "en": "a deletion waits for a person"},
    "failed": {"ja": "失敗", "en": "failed"},
    "stopped": {"ja": "停止", "en": "stopped"},
}
COUNTS = {
    "added": {"ja": "新規", "en": "new"},
    "updated": {"ja": "変更", "en": "changed"},
    "unchanged": {"ja": "変更なし", "en": "unchanged"},
    "yielded": {"ja": "他の取り込み元を優先", "en": "left to another source"},
    "deleted": {"ja": "削除", "en": "deleted"},
    "missing": {"ja": "見当たらない", "en": "missing"},
    "held": {"ja": "削除を保留", "en": "held"},
    "errors": {"ja": "エラー", "en": "errors"},
}
WHY = {
    "changed": {"ja": "前回から状態が変わりました。", "en": "The state has changed."},
    "recovered": {"ja": "問題は解消しました。", "en": "The problem is over."},
    "reminder": {
        "ja": "同じ状態が続いています（7日ごとのお知らせ）。",
        "en": "The state is still the same (a reminder every seven days).",
    },
    "always": {"ja": "実行が終わりました。", "en": "A run has ended."},
}
_SUBJECT = {"ja": "[{site}] 取り込み「{source}」: {state}", "en": "[{site}] Harvest of {source}: {state}"}
_CLASS = {"ja": "{word}: {count}件。{advice}", "en": "{word}: {count}. {advice}"}
_LINK = {"ja": "詳細（ログインが必要です）: {url}", "en": "More (log in first): {url}"}


def subject(message: dict[str, Any], site: str, lang: str) -> str:
    """One line: which source, and how it ended."""
    said = _SUBJECT[lang].format(site=site, source=message["source"]["title"], state=STATES[message["state"]][lang])
    return " ".join(said.split())


def body(message: dict[str, Any], lang: str) -> str:
    """Why the mail comes, what came of the records, what is wrong and whose turn it is, and where to read more."""
    counts = message["counts"]
    lines = [
        WHY[message["why"]][lang],
        "",
        " / ".join(f"{words[lang]} {counts[key]}" for key, words in COUNTS.items() if counts.get(key)),
        *(problem["message"].get(lang) or problem["message"]["en"] for problem in message["problems"]),
        *(_class(name, count, lang) for name, count in message["classes"].items()),
        "",
        _LINK[lang].format(url=message["url"]),
    ]
    return "\n".join(lines) + "\n"


def _class(name: str, count: int, lang: str) -> str:
    one = CLASSES[name]
    return _CLASS[lang].format(word=one.word[lang], count=count, advice=one.advice[lang])
