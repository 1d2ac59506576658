"""What the engine says about a run or a record, in both languages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ..errors import NoPage, SourceError
from ..metadata.addresses import without_query
from ..types import Issue

NOTES = frozenset(("permitted",))
"""Texts about a run that are no problems."""

SOURCE_TEXTS = {
    "empty": (
        "The source gave no record. Nothing was deleted. Check the address; if the source is really empty, "
        "delete the source instead.",
        "取り込み元から1件も得られませんでした。削除は行っていません。アドレスを確かめてください。"
        "本当に空であれば、取り込み元そのものを削除してください。",
    ),
    "incomplete": (
        "The source says it has {total} records but gave {read}. Nothing was deleted. Run again; "
        "if it stays so, ask its operator.",
        "取り込み元の申告は {total} 件ですが、得られたのは {read} 件でした。削除は行っていません。"
        "再実行し、続く場合は提供元に問い合わせてください。",
    ),
    "uncounted": (
        "The source did not say how many records it has, though it has done so before: its answer may be cut off. "
        "Nothing was deleted. If it has stopped saying so, clear the source's job history.",
        "以前はあった総件数の申告がなく、応答が途中で切れている可能性があります。削除は行っていません。"
        "今後も申告がないと分かっている場合は、取り込み元のジョブ履歴を消去してください。",
    ),
    "demanding": (
        "Reading {url} takes more than {seconds} seconds or a gigabyte of memory, so it was given up. "
        "Nothing was deleted. Ask its operator for smaller pages.",
        "{url} の読み取りに {seconds} 秒または1GBを超えるメモリーが必要なため、中止しました。削除は行っていません。"
        "提供元に、ページを小さく分けるよう依頼してください。",
    ),
    "unnamed": (
        "{count} records have no readable identifier, so nothing was deleted in this run.",
        "識別子を読み取れないレコードが {count} 件あるため、今回は削除を行いませんでした。",
    ),
    "suspicious": (
        "{missing} of {active} datasets are missing from the source, which looks like a fault of the source. "
        "Nothing was deleted.",
        "{active} 件のうち {missing} 件が取り込み元に見当たりません。"
        "取り込み元の障害の可能性があるため、削除は行っていません。",
    ),
    "held": (
        "{held} of {active} datasets have been missing for more than a day. Deleting so many needs a person: "
        "look at the source, then release the deletion.",
        "{active} 件のうち {held} 件が1日以上見当たりません。件数が多いため自動では削除しません。"
        "取り込み元を確かめたうえで、削除を承認してください。",
    ),
    "index": (
        "{count} datasets are saved but not in the search index yet. The next run puts them there.",
        "{count} 件は保存済みですが、検索索引に未登録です。次回の実行時に登録されます。",
    ),
    "undeleted": (
        "The search index did not answer: {count} datasets were not deleted yet. "
        "The next run deletes them, or you release them again.",
        "検索索引が応答しないため、{count} 件はまだ削除していません。"
        "次回の実行時、または承認をやり直したときに削除します。",
    ),
    "internal": (
        "An error inside orden ended the run ({reason}). Deleted before it: {deleted}. "
        "The log of the server tells more.",
        "orden 内部のエラーで処理が終了しました（{reason}）。それまでに {deleted} 件を削除しました。"
        "詳細はサーバーのログにあります。",
    ),
    "stopped": (
        "The run was stopped by a person. Nothing was deleted; the next run starts anew.",
        "担当者の操作により停止しました。削除は行っていません。次回は最初から実行します。",
    ),
    "permitted": (
        "robots.txt closes what was read; it was read with the permission in the source's plan: {permission}",
        "robots.txt は取得を認めていませんが、取り込み元の実行計画に記録された許可により取得しました: {permission}",
    ),
    "key_unreadable": (
        "The key of the source cannot be read any more, as after a change of SECRET_KEY. "
        "Enter it again on the source's Admin page. Nothing was deleted.",
        "取り込み元のキーを復号できません（SECRET_KEY を変更した場合など）。"
        "取り込み元の管理画面でキーを入力し直してください。削除は行っていません。",
    ),
    "paused": (
        "The hours in which this source may be harvested are over. The run goes on where it is at {opens}.",
        "この取り込み元の実行時間帯が終わったため、途中で休止しています。{opens} に続きから再開します。",
    ),
    "unapproved": (
        "The source is not approved yet. Look at its preview, then approve it.",
        "この取り込み元はまだ承認されていません。試し読みで内容を確かめ、承認してから実行してください。",
    ),
    "gone": (
        "The source does not exist any more.",
        "取り込み元がすでに存在しません。",
    ),
    "moved": (
        "The address answers like “{title}” now. If the site has moved to it, change the source's type to {kind} and "
        "its address to {url}. Nothing was deleted.",
        "このアドレスは現在「{title}」の形式で応答しています。サイトが移行した場合は、取り込み元の種類を {kind}、"
        "アドレスを {url} に変更してください。削除は行っていません。",
    ),
    "unrecognised": (
        "No catalogue of a known kind was found at this address ({count} places were asked). Enter the address of the "
        "catalogue's top page, of its API, or of the file itself.",
        "このアドレスからは、対応している形式のカタログが見つかりませんでした（{count} か所を確認）。"
        "カタログのトップページ、API、またはファイルそのもののアドレスを入力してください。",
    ),
    "settings": (
        "The configuration of the source is not valid: {reason}",
        "取り込み元の設定が正しくありません: {reason}",
    ),
}

RECORD_TEXTS = {
    "record.duplicate": (
        "The identifier '{guid}' appears more than once in the source; only the first record was taken.",
        "識別子「{guid}」が取り込み元に複数あります。最初の1件だけを取り込みました。",
        "Give each record its own identifier.",
        "レコードごとに異なる識別子を付けてください。",
    ),
    "record.taken": (
        "The identifier '{guid}' already belongs to the dataset '{name}', which does not come from this source.",
        "識別子「{guid}」は、この取り込み元のものではないデータセット「{name}」がすでに使っています。",
        "If another source has it, give one of the two a higher priority under Operation. "
        "Otherwise remove the record from the source, or delete the other dataset first.",
        "別の取り込み元のものであれば、「運用」でどちらかの優先度を上げてください。"
        "そうでなければ、取り込み元からレコードを外すか、先にもう一方のデータセットを削除してください。",
    ),
    "record.alike": (
        "The source '{source}' already has a dataset with the same landing page and title: '{name}'.",
        "ランディングページとタイトルが同じデータセット「{name}」が、取り込み元「{source}」にすでにあります。",
        "Give one of the two sources a higher priority under Operation, or have one of them leave the record out.",
        "「運用」でどちらかの取り込み元の優先度を上げるか、どちらかの取り込み元からレコードを外してください。",
    ),
    "record.unnamed": (
        "The record has no identifier, or one of more than {limit} characters.",
        "レコードに識別子がないか、{limit} 文字を超えています。",
        "Give the record a short identifier that never changes.",
        "変わることのない短い識別子を付けてください。",
    ),
}

RECORD_NOTES = {
    "record.yielded": (
        "The source '{source}', which has a higher priority, has this dataset: '{name}'.",
        "このデータセットは、優先度の高い取り込み元「{source}」のもの（{name}）を使います。",
    ),
    "record.claimed": (
        "Takes the dataset '{name}' over from the source '{source}'.",
        "データセット「{name}」を取り込み元「{source}」から引き継ぎます。",
    ),
}

NEXT_RUN_TEXTS = {
    "unapproved": (
        "Runs once it is approved.",
        "承認されると実行できるようになります。",
    ),
    "by hand": (
        "Runs by hand only.",
        "手動でのみ実行します。",
    ),
    "soon": (
        "Runs within the next minutes.",
        "まもなく実行します。",
    ),
    "planned": (
        "Runs next on {day} at {time} ({zone}), in {wait}.",
        "次回は{day_ja} {time}（{zone}）、{wait_ja}です。",
    ),
}
WEEKDAYS_JA = "月火水木金土日"
WAITS = ((24 * 60, "days", "日"), (60, "hours", "時間"), (1, "minutes", "分"))


def next_run_text(code: str, **values: Any) -> dict[str, str]:
    """When a source runs next, in words; `planned` takes `moment` and `now` on the clock of `zone`."""
    if code == "planned" and values["moment"] <= values["now"]:
        code = "soon"
    if code == "planned":
        values |= _moment(values["moment"], values["now"])
    english, japanese = NEXT_RUN_TEXTS[code]
    return {"en": english.format(**values), "ja": japanese.format(**values)}


def _moment(moment: datetime, now: datetime) -> dict[str, str]:
    minutes = -(-int((moment - now).total_seconds()) // 60)
    size, word, word_ja = next(unit for unit in WAITS if minutes >= 2 * unit[0] or unit is WAITS[-1])
    count = round(minutes / size)
    return {
        "day": f"{moment:%a} {moment.day} {moment:%b}",
        "day_ja": f"{moment.month}月{moment.day}日（{WEEKDAYS_JA[moment.weekday()]}）",
        "time": f"{moment:%H:%M}",
        "wait": f"about {count} {word}",
        "wait_ja": f"約{count}{word_ja}後",
    }


def source_text(code: str, **values: object) -> dict[str, str]:
    """A text about the whole run."""
    english, japanese = SOURCE_TEXTS[code]
    return {"code": code, "en": english.format(**values), "ja": japanese.format(**values)}


def source_problem(code: str, **values: object) -> SourceError:
    """The same as an error that ends the run."""
    texts = source_text(code, **values)
    return SourceError(texts["en"], ja=texts["ja"], code=code)


def refused(url: str, found: str, found_ja: str) -> NoPage:
    """The error for an answer that is not taken, and why."""
    url = without_query(url)
    return NoPage(
        f"{url} gave {found}. Nothing was deleted. Run again later or ask its operator.",
        ja=f"{url} の応答を受け付けませんでした（{found_ja}）。削除は行っていません。"
        "時間をおいて再実行するか、提供元に問い合わせてください。",
    )


def record_problem(code: str, field: str = "", **values: object) -> Issue:
    """A problem of one record, with how to mend it."""
    english, japanese, hint, hint_ja = RECORD_TEXTS[code]
    return Issue(
        code=code,
        severity="error",
        field=field,
        message={"en": english.format(**values), "ja": japanese.format(**values)},
        hint={"en": hint, "ja": hint_ja},
    )


def record_note(code: str, **values: object) -> Issue:
    """Something about one record that is no problem."""
    english, japanese = RECORD_NOTES[code]
    return Issue(code, "info", "", {"en": english.format(**values), "ja": japanese.format(**values)})
