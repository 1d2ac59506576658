"""What the engine says about a run or a record, in both languages."""

from __future__ import annotations

from ..errors import SourceError
from ..types import Issue

SOURCE_TEXTS = {
    "empty": (
        "The source gave no record. Nothing was deleted. Check the address; if the source is really empty, "
        "delete the source instead.",
        "取得元から1件も得られませんでした。削除は行っていません。アドレスを確かめてください。"
        "本当に空であれば、取得元そのものを削除してください。",
    ),
    "incomplete": (
        "The source says it has {total} records but gave {read}. Nothing was deleted. Run again; "
        "if it stays so, ask its operator.",
        "取得元の申告は {total} 件ですが、得られたのは {read} 件でした。削除は行っていません。"
        "再実行し、続く場合は提供元に問い合わせてください。",
    ),
    "uncounted": (
        "The source did not say how many records it has, though it has done so before: its answer may be cut off. "
        "Nothing was deleted. If it has stopped saying so, clear the source's job history.",
        "以前はあった総件数の申告がなく、応答が途中で切れている可能性があります。削除は行っていません。"
        "今後も申告がないと分かっている場合は、取得元のジョブ履歴を消去してください。",
    ),
    "unnamed": (
        "{count} records have no readable identifier, so nothing was deleted in this run.",
        "識別子を読み取れないレコードが {count} 件あるため、今回は削除を行いませんでした。",
    ),
    "suspicious": (
        "{missing} of {active} datasets are missing from the source, which looks like a fault of the source. "
        "Nothing was deleted.",
        "{active} 件のうち {missing} 件が取得元に見当たりません。"
        "取得元の障害の可能性があるため、削除は行っていません。",
    ),
    "held": (
        "{held} of {active} datasets have been missing for more than a day. Deleting so many needs a person: "
        "look at the source, then release the deletion.",
        "{active} 件のうち {held} 件が1日以上見当たりません。件数が多いため自動では削除しません。"
        "取得元を確かめたうえで、削除を承認してください。",
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
    "gone": (
        "The source does not exist any more.",
        "取得元がすでに存在しません。",
    ),
    "settings": (
        "The configuration of the source is not valid: {reason}",
        "取得元の設定が正しくありません: {reason}",
    ),
}

RECORD_TEXTS = {
    "record.duplicate": (
        "The identifier '{guid}' appears more than once in the source; only the first record was taken.",
        "識別子「{guid}」が取得元に複数あります。最初の1件だけを取り込みました。",
        "Give each record its own identifier.",
        "レコードごとに異なる識別子を付けてください。",
    ),
    "record.taken": (
        "The identifier '{guid}' already belongs to the dataset '{name}', which does not come from this source.",
        "識別子「{guid}」は、この取得元のものではないデータセット「{name}」がすでに使っています。",
        "Remove the record from one of the sources, or delete the other dataset first.",
        "どちらかの取得元からレコードを外すか、先にもう一方のデータセットを削除してください。",
    ),
    "record.unnamed": (
        "The record has no identifier, or one of more than {limit} characters.",
        "レコードに識別子がないか、{limit} 文字を超えています。",
        "Give the record a short identifier that never changes.",
        "変わることのない短い識別子を付けてください。",
    ),
}


def source_text(code: str, **values: object) -> dict[str, str]:
    """A text about the whole run."""
    english, japanese = SOURCE_TEXTS[code]
    return {"code": code, "en": english.format(**values), "ja": japanese.format(**values)}


def source_problem(code: str, **values: object) -> SourceError:
    """The same as an error that ends the run."""
    texts = source_text(code, **values)
    return SourceError(texts["en"], ja=texts["ja"], code=code)


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
