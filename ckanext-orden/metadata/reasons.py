"""The words of the five axes: labels of the values and the reasons, in Japanese and English."""

from __future__ import annotations

from ..types import Text

LABELS: dict[str, dict[str, Text]] = {
    "sector": {
        "public": {"ja": "行政データ", "en": "Public sector"},
        "private": {"ja": "民間データ", "en": "Private sector"},
        "academic": {"ja": "学術データ", "en": "Academic"},
        "other": {"ja": "その他", "en": "Other"},
    },
    "openness": {
        "open": {"ja": "オープン", "en": "Open"},
        "conditional": {"ja": "条件付き", "en": "Conditional"},
        "closed": {"ja": "クローズ", "en": "Closed"},
    },
    "dynamics": {
        "static": {"ja": "静的", "en": "Static"},
        "periodic": {"ja": "定期更新", "en": "Periodic"},
        "dynamic": {"ja": "動的", "en": "Dynamic"},
    },
    "personal": {
        "non_personal": {"ja": "非パーソナルデータ", "en": "Non-personal"},
        "processed": {"ja": "加工情報", "en": "Processed (anonymised)"},
        "personal": {"ja": "パーソナルデータ", "en": "Personal"},
        "undecided": {"ja": "未確認", "en": "Undecided"},
    },
    "price": {
        "free": {"ja": "無償", "en": "Free"},
        "paid": {"ja": "有償", "en": "Paid"},
        "undecided": {"ja": "未確認", "en": "Undecided"},
    },
}
"""What each value of each axis is called."""

REASONS: dict[str, Text] = {
    "sector.public": {"ja": "提供者が行政機関です。", "en": "The provider is a public body."},
    "sector.private": {"ja": "提供者が民間事業者です。", "en": "The provider is a private company."},
    "sector.academic": {
        "ja": "提供者が大学・研究機関です。",
        "en": "The provider is a university or research institute.",
    },
    "sector.other": {"ja": "提供者の種別が「その他」です。", "en": "The provider's kind is “other”."},
    "sector.municipality": {
        "ja": "提供者に全国地方公共団体コードがあります。",
        "en": "The provider has a code of a local government.",
    },
    "sector.unknown": {"ja": "提供者の種別が登録されていません。", "en": "The provider's kind is not registered."},
    "openness.not_public": {
        "ja": "アクセス権が公開ではありません。",
        "en": "The access rights say that the data is not public.",
    },
    "openness.files_withheld": {
        "ja": "どのファイルも、権利上入手できません。",
        "en": "None of the files may be obtained by everybody.",
    },
    "openness.restricted": {
        "ja": "アクセス権に制限があります。",
        "en": "The access rights restrict who may have the data.",
    },
    "openness.licence_unknown": {
        "ja": "ライセンスが分からないため、自由に使えるとは言えません。",
        "en": "The licence is unknown, so free use cannot be promised.",
    },
    "openness.licence_limits": {"ja": "ライセンスに利用条件があります。", "en": "The licence sets conditions on use."},
    "openness.paid": {"ja": "無償では提供されていません。", "en": "The data is not offered free of charge."},
    "openness.open": {
        "ja": "オープンライセンスで、誰でも無償で使えます。",
        "en": "The licence is open and everybody may use the data free of charge.",
    },
    "dynamics.ngsi": {
        "ja": "NGSI APIで最新の値を取得できます。",
        "en": "An NGSI API serves the current values.",
    },
    "dynamics.frequency": {
        "ja": "更新頻度が1時間以内です。",
        "en": "The data is updated at least once an hour.",
    },
    "dynamics.periodic": {
        "ja": "更新頻度が登録されています（1時間より長い間隔、または随時）。",
        "en": "The data is updated, less often than once an hour or as the need arises.",
    },
    "dynamics.never": {"ja": "公開後に更新されません。", "en": "The data is not updated after its publication."},
    "dynamics.unknown": {
        "ja": "更新頻度が分からないため、静的として扱います。",
        "en": "The update frequency is unknown, so the data counts as static.",
    },
    "personal.non_personal": {
        "ja": "個人情報を含まないと登録されています。",
        "en": "The provider states that there is no personal information.",
    },
    "personal.processed": {
        "ja": "匿名加工情報などの加工情報と登録されています。",
        "en": "The provider states that the information has been processed, for example anonymised.",
    },
    "personal.personal": {
        "ja": "個人情報を含むと登録されています。",
        "en": "The provider states that there is personal information.",
    },
    "personal.undecided": {
        "ja": "個人情報の有無が登録されていません。",
        "en": "It is not stated whether there is personal information.",
    },
    "personal.undecided_other": {
        "ja": "個人情報の類別が「その他」のため、提供者への確認が必要です。",
        "en": "The class of personal data is “other”: ask the provider.",
    },
    "price.offers_free": {"ja": "公開中の提供条件がすべて無償です。", "en": "All published offers are free of charge."},
    "price.offers_paid": {"ja": "公開中の提供条件がすべて有償です。", "en": "All published offers are paid."},
    "price.offers_both": {"ja": "無償と有償の提供条件があります。", "en": "There are free and paid offers."},
    "price.fee_free": {"ja": "無償と登録されています。", "en": "The provider states that the data is free of charge."},
    "price.fee_paid": {"ja": "有償と登録されています。", "en": "The provider states that the data is paid."},
    "price.open_licence": {
        "ja": "オープンライセンスのため、無償で使えます。",
        "en": "The licence is open, so the data is free of charge.",
    },
    "price.unknown": {"ja": "価格が登録されていません。", "en": "No price is stated."},
}
"""Why a dataset has its value, by the stable code of the rule that decided."""
