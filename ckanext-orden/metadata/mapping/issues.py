"""What a mapping had to say about a record, in words; nothing here is an error, the record is taken."""

from __future__ import annotations

from ...types import Issue, Severity, Text

_KINDS: dict[str, tuple[Severity, Text, Text]] = {
    "licence.versionless": (
        "info",
        {
            "ja": "ライセンスに版の記載がないため、4.0として扱いました。",
            "en": "The licence has no version and counts as 4.0.",
        },
        {"ja": "「CC BY 4.0」のように版まで書いてください。", "en": "Write the version too, as in CC BY 4.0."},
    ),
    "licence.unknown": (
        "warning",
        {
            "ja": "ライセンスの表記が一覧にないため、「その他」とし、表記をそのまま残しました。",
            "en": "The licence is not one of the list: it counts as “other” and its wording is kept.",
        },
        {
            "ja": "「CC BY 4.0」「PDL1.0」など、一覧にある名称で書いてください。",
            "en": "Use a name of the list, such as CC BY 4.0 or PDL1.0.",
        },
    ),
    "licence.mixed": (
        "info",
        {
            "ja": "ファイルごとにライセンスが異なるため、データセットのライセンスは空にしました。",
            "en": "The files have different licences, so the dataset itself has none.",
        },
        {},
    ),
    "licence.missing": (
        "warning",
        {"ja": "ライセンスが書かれていません。", "en": "No licence is stated."},
        {
            "ja": "利用条件が分かるように、ライセンスを書いてください。",
            "en": "State a licence, so that users know what is allowed.",
        },
    ),
    "frequency.unknown": (
        "warning",
        {
            "ja": "更新頻度を読み取れないため、表記だけを残しました。",
            "en": "The update frequency could not be read; its wording is kept.",
        },
        {"ja": "「毎月」「1年に1回」のように書いてください。", "en": "Write it like 毎月 or 1年に1回."},
    ),
    "theme.unknown": (
        "info",
        {
            "ja": "分類を主題に対応付けられないため、キーワードとして残しました。",
            "en": "The category fits no theme and is kept as a keyword.",
        },
        {},
    ),
    "language.unknown": (
        "warning",
        {"ja": "言語を読み取れませんでした。", "en": "The language could not be read."},
        {"ja": "ja、en などの言語コードで書いてください。", "en": "Write a language code such as ja or en."},
    ),
    "format.unknown": (
        "info",
        {
            "ja": "形式の表記が一覧にないため、そのまま残しました。",
            "en": "The format is not one of the list and is kept as it is.",
        },
        {},
    ),
    "date.unknown": (
        "warning",
        {"ja": "日付を読み取れないため、空にしました。", "en": "The date could not be read and is left empty."},
        {"ja": "2024-04-01 のように書いてください。", "en": "Write it like 2024-04-01."},
    ),
    "period.unknown": (
        "warning",
        {
            "ja": "対象期間を読み取れないため、備考に残しました。",
            "en": "The period could not be read; the remarks keep it.",
        },
        {"ja": "2024-04-01/2025-03-31 のように書いてください。", "en": "Write it like 2024-04-01/2025-03-31."},
    ),
    "size.unknown": (
        "info",
        {"ja": "サイズを読み取れないため、空にしました。", "en": "The size could not be read and is left empty."},
        {},
    ),
    "tag.changed": (
        "info",
        {
            "ja": "キーワードに使えない文字を空白に変えました。",
            "en": "Characters that a keyword may not have became spaces.",
        },
        {},
    ),
    "tag.dropped": (
        "info",
        {"ja": "1文字、または100文字を超えるキーワードは使えません。", "en": "A keyword needs 2 to 100 characters."},
        {},
    ),
    "value.unknown": (
        "warning",
        {"ja": "値が一覧にないため、使いませんでした。", "en": "The value is not one of the list and was not used."},
        {},
    ),
    "extra.kept": (
        "info",
        {
            "ja": "項目一覧にないため、追加項目として残しました。",
            "en": "The key is none of the schema's and is kept as an extra.",
        },
        {},
    ),
    "resource.dropped": (
        "warning",
        {
            "ja": "アドレスがない、または使えないファイルを除きました。",
            "en": "A file without a usable address was left out.",
        },
        {"ja": "https:// で始まるURLを書いてください。", "en": "Write an address that begins with https://."},
    ),
    "resource.repeated": (
        "warning",
        {
            "ja": "同じURLのファイルが複数あるため、最初の1件だけを使いました。",
            "en": "Several files have this address; the first one counts.",
        },
        {"ja": "ファイルごとに別のURLを書いてください。", "en": "Give each file its own address."},
    ),
    "record.no_identifier": (
        "warning",
        {
            "ja": "識別子がないため、名称で識別します。名称を変えると別のデータセットになります。",
            "en": "There is no identifier, so the title identifies the dataset: a new title makes a new dataset.",
        },
        {
            "ja": "データセット_ID（旧形式はNO）を書いてください。",
            "en": "Fill in データセット_ID (NO in the old form).",
        },
    ),
    "record.identifier_shared": (
        "warning",
        {
            "ja": "同じ識別子が別の名称にも使われています。",
            "en": "The same identifier is used for another title too.",
        },
        {"ja": "データセットごとに別の識別子を付けてください。", "en": "Give each dataset an identifier of its own."},
    ),
    "record.no_title": (
        "warning",
        {"ja": "名称がないため、識別名を名称にしました。", "en": "There is no title; the name stands in for it."},
        {"ja": "名称を書いてください。", "en": "Fill in a title."},
    ),
}


def issue(code: str, field: str, value: object = "", where: str = "") -> Issue:
    """The issue of a kind for one field of one record."""
    severity, message, hint = _KINDS[code]
    return Issue(code, severity, field, message, hint, where, str(value)[:200])
