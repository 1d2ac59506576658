"""The rules in words: severity, field, what is wrong and how to mend it."""

from __future__ import annotations

from ...types import Issue, Severity, Text

_RULES: dict[str, tuple[Severity, str, Text, Text]] = {
    "title.missing": (
        "error",
        "title",
        {"ja": "タイトルがありません。", "en": "The title is missing."},
        {
            "ja": "内容が分かるタイトルを書いてください（例：豊中市 避難所一覧）。",
            "en": "Write a title that says what the data is.",
        },
    ),
    "description.missing": (
        "warning",
        "notes",
        {"ja": "説明がありません。", "en": "The description is missing."},
        {
            "ja": "何のデータか、どう使えるかを1、2文で書いてください。",
            "en": "Say in one or two sentences what the data is and what it is good for.",
        },
    ),
    "licence.missing": (
        "error",
        "license_id",
        {"ja": "ライセンスがありません。", "en": "The licence is missing."},
        {
            "ja": "データセット、またはすべてのファイルにライセンスを選んでください（例：CC BY 4.0）。",
            "en": "Choose a licence for the dataset or for each of its files, such as CC BY 4.0.",
        },
    ),
    "licence.unknown": (
        "warning",
        "license_id",
        {"ja": "ライセンスの内容が分かりません。", "en": "It is not known what the licence allows."},
        {
            "ja": "一覧からライセンスを選ぶか、利用条件を「ライセンスの表記」に書いてください。",
            "en": "Choose a licence of the list, or write down the terms as the licence's wording.",
        },
    ),
    "resources.missing": (
        "warning",
        "resources",
        {"ja": "ファイルやAPIが1件も登録されていません。", "en": "There is no file and no API."},
        {"ja": "ファイルかURLを追加してください。", "en": "Add a file or an address."},
    ),
    "resource.no_url": (
        "error",
        "url",
        {"ja": "ファイルのURLがありません。", "en": "A file has no address."},
        {"ja": "URLを書くか、ファイルを登録してください。", "en": "Write an address or upload the file."},
    ),
    "resource.repeated": (
        "warning",
        "url",
        {"ja": "同じURLのファイルが複数あります。", "en": "Several files have the same address."},
        {"ja": "重複するファイルを消してください。", "en": "Remove the repeated file."},
    ),
    "resource.format_missing": (
        "info",
        "format",
        {"ja": "ファイル形式がありません。", "en": "The file format is missing."},
        {"ja": "CSV、PDFなどの形式を選んでください。", "en": "Choose a format such as CSV or PDF."},
    ),
    "ngsi.no_type": (
        "warning",
        "ngsi_entity_type",
        {"ja": "NGSI APIのデータ種別がありません。", "en": "The NGSI API has no entity type."},
        {
            "ja": "エンティティの種別（例：EvacuationSite）を書いてください。",
            "en": "Write the entity type, such as EvacuationSite.",
        },
    ),
    "contact.missing": (
        "info",
        "contact",
        {"ja": "問い合わせ先がありません。", "en": "There is no contact."},
        {"ja": "担当部署の名称とメールアドレスを書いてください。", "en": "Write the office's name and mail address."},
    ),
    "price.no_sales_page": (
        "warning",
        "sales_info_url",
        {"ja": "有償ですが、販売情報のURLがありません。", "en": "The data is paid, but no page says how to buy it."},
        {"ja": "取引市場の販売ページのURLを書いてください。", "en": "Write the address of the market's offer page."},
    ),
    "organization.kind_missing": (
        "info",
        "owner_org",
        {
            "ja": "提供者の種別（行政・民間など）が登録されていません。",
            "en": "The provider's kind (public, private …) is not registered.",
        },
        {"ja": "組織の編集画面で種別を選んでください。", "en": "Choose the kind on the organisation's edit page."},
    ),
    "contradiction.open_but_paid": (
        "error",
        "fee",
        {
            "ja": "オープンライセンスですが、有償でしか提供されていません。",
            "en": "The licence is open, but the data is offered for money only.",
        },
        {
            "ja": "無償の提供条件を加えるか、オープンでないライセンスを選んでください。",
            "en": "Add a free offer, or choose a licence that is not open.",
        },
    ),
    "contradiction.open_but_closed": (
        "error",
        "access_rights",
        {
            "ja": "オープンライセンスですが、アクセス権が公開ではありません。",
            "en": "The licence is open, but the access rights are not public.",
        },
        {
            "ja": "アクセス権を「公開」にするか、オープンでないライセンスを選んでください。",
            "en": "Make the access rights public, or choose a licence that is not open.",
        },
    ),
    "contradiction.personal_but_public": (
        "error",
        "privacy_policy_contains_personal_data",
        {
            "ja": "個人情報を含むデータが、誰でも入手できる設定になっています。",
            "en": "Data with personal information may be obtained by everybody.",
        },
        {
            "ja": "アクセス権を「制限あり」「非公開」にするか、個人情報を除くか加工してから公開してください。",
            "en": "Restrict the access rights, or remove or anonymise the personal information before publishing.",
        },
    ),
    "contradiction.dynamic_but_never": (
        "error",
        "frequency",
        {
            "ja": "NGSI APIで最新の値を提供していますが、更新頻度が「更新しない」になっています。",
            "en": "An NGSI API serves current values, but the frequency says that the data is never updated.",
        },
        {
            "ja": "更新頻度を「常時」などに直すか、NGSI APIの指定を外してください。",
            "en": "Set the frequency to “continuously updated” or the like, or remove the NGSI API.",
        },
    ),
    "contradiction.harvested_but_hidden": (
        "error",
        "private",
        {
            "ja": "公開カタログから収集したデータセットが、非公開（プライベート）になっています。",
            "en": "The dataset comes from a public catalogue, but is private here.",
        },
        {
            "ja": "公開に戻すか、載せたくない場合は取り込み元の設定で収集の対象から外してください。",
            "en": "Make it public again, or leave it out in the settings of its source if it should not be here.",
        },
    ),
    "contradiction.private_with_code": (
        "warning",
        "owner_org",
        {
            "ja": "提供者の種別が「民間」ですが、全国地方公共団体コードがあります。",
            "en": "The provider is a private company, but has the code of a local government.",
        },
        {
            "ja": "組織の編集画面で、種別かコードを直してください。",
            "en": "Correct the kind or the code on the organisation's edit page.",
        },
    ),
    "contradiction.free_with_price": (
        "warning",
        "pricing_price_range",
        {"ja": "無償ですが、価格帯が書かれています。", "en": "The data is free of charge, but a price range is given."},
        {
            "ja": "価格帯を消すか、「有償」にしてください。",
            "en": "Remove the price range, or say that the data is paid.",
        },
    ),
    "dates.reversed": (
        "warning",
        "modified",
        {"ja": "最終更新日が公開日より前です。", "en": "The last change lies before the publication."},
        {"ja": "公開日と最終更新日を確かめてください。", "en": "Check both dates."},
    ),
    "period.reversed": (
        "error",
        "temporal_coverage",
        {"ja": "対象期間の終わりが始まりより前です。", "en": "The period ends before it begins."},
        {"ja": "開始日と終了日を確かめてください。", "en": "Check its first and its last day."},
    ),
    "value.unknown": (
        "error",
        "",
        {"ja": "値が一覧にありません。", "en": "The value is not one of the list."},
        {"ja": "一覧にある値を選んでください。", "en": "Choose a value of the list."},
    ),
    "code.invalid": (
        "error",
        "orden_municipality",
        {"ja": "全国地方公共団体コードが正しくありません。", "en": "The local government code is wrong."},
        {
            "ja": "検査数字を含む6桁の半角数字で書いてください（例：大阪府は270008）。",
            "en": "Write six half-width digits with the check digit (Osaka Prefecture is 270008).",
        },
    ),
    "date.invalid": (
        "error",
        "",
        {"ja": "日付が正しくありません。", "en": "The date is wrong."},
        {"ja": "2024-04-01 のように書いてください。", "en": "Write it like 2024-04-01."},
    ),
}


def broken(code: str, value: object = "", where: str = "", field: str = "") -> Issue:
    """The issue that a broken rule makes."""
    severity, usual_field, message, hint = _RULES[code]
    return Issue(code, severity, field or usual_field, message, hint, where, str(value or "")[:200])
