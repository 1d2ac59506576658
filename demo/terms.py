"""On what terms the companies' products are offered: CADDE's trading keys in CADDE's own words."""

import json
from dataclasses import dataclass
from typing import Any

MARKET = "https://market.example.jp/listings"
"""An invented market; no such host exists."""


@dataclass(frozen=True)
class Mode:
    """A way to offer data."""

    license: str
    access: str
    fee: str = ""
    contract: str = ""
    nda: str = "求めない"
    use: str = "制限なし"
    note: str = ""


MODES = {
    "open": Mode("CC-BY-4.0", "PUBLIC", "無償"),
    "free": Mode("OTHER", "PUBLIC", "無償", note="利用登録が必要です。再配布はできません。"),
    "research": Mode("CC-BY-NC-4.0", "PUBLIC", "無償", use="研究利用", note="研究と教育の目的に限ります。"),
    "licence": Mode(
        "other-closed", "RESTRICTED", "有償", "利用許諾", use="商用利用", note="第三者への再提供はできません。"
    ),
    "contract": Mode(
        "other-closed", "RESTRICTED", "有償", "共同利用", use="個別調整", note="用途ごとに個別に契約します。"
    ),
    "closed": Mode(
        "other-closed", "NON_PUBLIC", "有償", "利用許諾", "求める", "研究利用", "審査と秘密保持契約が必要です。"
    ),
    "undecided": Mode("OTHER", "RESTRICTED", note="提供の条件を検討しています。"),
}


def trading(mode_name: str, price: str, personal: str, listing: str) -> dict[str, str]:
    """The trading keys of a product."""
    mode = MODES[mode_name]
    given = {
        "privacy_policy_contains_personal_data": personal,
        "fee": mode.fee,
        "terms_of_use_notices": mode.note,
    }
    if mode.fee == "有償":
        given |= {
            "sales_info_url": f"{MARKET}/{listing}",
            "pricing_price_range": price,
            "pricing_notices_of_price": "デモ用の架空の価格です。",
            "trading_policy_contract_type": mode.contract,
            "trading_policy_nda": mode.nda,
            "trading_policy_use_application": mode.use,
            "usage_license_period": json.dumps(_one_year(), ensure_ascii=False),
        }
    return {key: value for key, value in given.items() if value}


def _one_year() -> dict[str, Any]:
    period = {"referenceDate": "purchasedDay", "value": 1, "unit": "year"}
    return {"expirationPeriodType": "period", "period": period}
