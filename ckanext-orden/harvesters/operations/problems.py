"""Classes of problems: what kind of thing went wrong, and whose turn it is. The code of each problem belongs to one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ...types import Text


@dataclass(frozen=True)
class ProblemClass:
    """One class: its word and what to do about it."""

    word: Text
    advice: Text
    codes: tuple[str, ...] = ()


def _class(ja: str, en: str, advice_ja: str, advice_en: str, *codes: str) -> ProblemClass:
    return ProblemClass({"ja": ja, "en": en}, {"ja": advice_ja, "en": advice_en}, codes)


CLASSES: Mapping[str, ProblemClass] = {
    "unreachable": _class(
        "つながらない",
        "unreachable",
        "アドレスを確かめ、時間をおいて再実行してください。続く場合は提供元に問い合わせてください。",
        "Check the address and run again later; if it stays so, ask the source's operator.",
        *("fetching.connection", "fetching.silent", "fetching.slow", "fetching.tls"),
        *("fetching.drip", "fetching.busy", "fetching.robots_unread"),
    ),
    "refused": _class(
        "取り込み元が拒否",
        "refused by the server",
        "ブラウザーで開けるかを確かめ、アクセスの可否を提供元に問い合わせてください。",
        "See whether a browser opens the address, and ask its operator whether access is allowed.",
        "fetching.status",
    ),
    "robots": _class(
        "robots.txt による制限",
        "closed by robots.txt",
        "提供元に robots.txt での許可を依頼してください。書面の許可があれば「運用」に記録してください。",
        "Ask the source's operator to allow orden in robots.txt, or enter a written permission under Operation.",
        "fetching.robots",
    ),
    "not_catalogue": _class(
        "カタログではない応答",
        "not a catalogue",
        "アドレスと取り込み元の種類が合っているかを確かめてください。障害やメンテナンスの画面であれば、復旧を待って再実行してください。",
        "Check that address and type of the source fit. If it is a page of maintenance, run again afterwards.",
        *("unreadable", "unrecognised", "empty", "fetching.coding"),
    ),
    "cut_off": _class(
        "途中で切れた応答",
        "cut off",
        "再実行してください。続く場合は、件数が合わないことを提供元に伝えてください。",
        "Run again; if it stays so, tell the source's operator that the numbers do not fit.",
        *("incomplete", "uncounted", "fetching.gzip", "endless"),
    ),
    "too_large": _class(
        "大きすぎる応答",
        "too large",
        "ページに分けた提供を提供元に依頼してください。",
        "Ask the source's operator for pages.",
        *("fetching.large", "fetching.bomb", "rdf.too_large", "demanding"),
    ),
    "settings": _class(
        "設定の誤り",
        "wrong settings",
        "取り込み元のアドレスと設定を直してください。",
        "Mend the address or the configuration of the source.",
        *("settings", "gone", "fetching.scheme", "fetching.credentials", "fetching.private"),
        *("fetching.redirects", "fetching.downgrade", "fetching.port", "fetching.away", "key_unreadable", "moved"),
    ),
    "record_broken": _class(
        "読み取れないレコード",
        "record broken",
        "提供元でレコードを直してください。次回の実行か「エラーだけ再実行」で取り込みます。",
        "Mend the record at the source; the next run, or a retry of what failed, takes it.",
        *("record.unnamed", "unnamed"),
    ),
    "record_refused": _class(
        "受け付けられないレコード",
        "record refused by the schema",
        "示された項目を提供元で直してください。次回の実行か「エラーだけ再実行」で取り込みます。",
        "Mend the named field at the source; the next run, or a retry of what failed, takes it.",
        "record.rejected",
    ),
    "duplicate": _class(
        "識別子の重複",
        "duplicate",
        "レコードごとに異なる識別子を付けるよう、提供元に依頼してください。",
        "Ask the source's operator to give each record its own identifier.",
        "record.duplicate",
    ),
    "taken": _class(
        "他のデータセットと重複",
        "taken by another dataset",
        "「運用」でどちらかの取り込み元の優先度を上げるか、取り込み元からレコードを外してください。",
        "Give one of the two sources a higher priority under Operation, or remove the record from the source.",
        *("record.taken", "record.alike"),
    ),
    "priority": _class(
        "取り込み元の優先度",
        "priority of sources",
        "対応は不要です。どちらの取り込み元を使うかは、「運用」の優先度で変えられます。",
        "There is nothing to do; the priority under Operation says which source has the dataset.",
        *("record.yielded", "record.claimed"),
    ),
    "deletion": _class(
        "保留中の削除",
        "deletion waits",
        "取り込み元を確かめたうえで、削除を承認するか取りやめてください。",
        "Look at the source, then release the deletion or refuse it.",
        *("held", "suspicious"),
    ),
    "index": _class(
        "検索索引",
        "search index",
        "検索サーバー（Solr）が動いているかを確かめてください。次回の実行で補われます。",
        "See that the search server (Solr) runs; the next run mends it.",
        *("index", "undeleted"),
    ),
    "stopped": _class(
        "停止",
        "stopped",
        "必要であれば再実行してください。",
        "Run again when you want to.",
        "stopped",
    ),
    "internal": _class(
        "orden 内部のエラー",
        "internal error",
        "サーバーのログを添えて、このサイトの管理者に連絡してください。",
        "Report it to the operator of this site with the log of the server.",
        *("internal", "record.internal", "fetching.disk"),
    ),
    "approval": _class(
        "承認待ち",
        "waits for approval",
        "試し読みで内容を確かめ、取り込み元を承認してください。",
        "Look at the preview, then approve the source.",
        "unapproved",
    ),
    "note": _class(
        "記録",
        "note",
        "対応は不要です。",
        "There is nothing to do.",
        *("paused", "permitted"),
    ),
}

OF_CODE = {code: name for name, one in CLASSES.items() for code in one.codes}


def class_of_record(code: str) -> str:
    """The class of a record's problem; what a protocol or mapping says of its own is a broken record."""
    return OF_CODE.get(code, "record_broken")


def class_of_source(code: str) -> str:
    """The class of a problem that concerns the whole run; what a protocol says of its own is no catalogue."""
    return OF_CODE.get(code, "not_catalogue")


def explained(problem: Mapping[str, str]) -> dict[str, Any]:
    """A run's problem with its class and what to do about it."""
    name = class_of_source(problem.get("code", ""))
    return {**problem, "class": name, "advice": dict(CLASSES[name].advice)}


def explained_issue(issue: Mapping[str, Any]) -> dict[str, Any]:
    """A record's issue with its class; one without a hint of its own has the advice of its class."""
    name = class_of_record(issue["code"])
    return {**issue, "class": name, "hint": issue.get("hint") or dict(CLASSES[name].advice)}


def counted(codes: Iterable[tuple[str, int]]) -> dict[str, int]:
    """How many problems of records there are in each class."""
    counts: dict[str, int] = {}
    for code, count in codes:
        name = class_of_record(code)
        counts[name] = counts.get(name, 0) + count
    return counts
