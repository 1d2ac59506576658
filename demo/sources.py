"""The four harvest sources of the demo."""

import json

from .provider import Record
from .publishers.server import NARA, SAKAI, TOYONAKA


def sources(publishers: str) -> list[Record]:
    """What `harvest_source_create` takes, for publishers at this address."""
    base = publishers.rstrip("/")
    return [
        {
            "name": "osaka-pref-ckan",
            "title": "大阪府オープンデータ（CKAN）",
            "source_type": "orden_ckan",
            "owner_org": "270008",
            "url": f"{base}/osaka-pref",
            "notes": "大阪府と府内41市町村のデータを集めたCKANです（デモ）。",
            "config": json.dumps({"remote_orgs": "create"}),
        },
        {
            "name": "toyonaka-list",
            "title": "豊中市 オープンデータ一覧",
            "source_type": "orden_list",
            "owner_org": "272035",
            "url": base + TOYONAKA,
            "notes": "旧様式（15列、CP932）のオープンデータ一覧です（デモ）。",
        },
        {
            "name": "sakai-list",
            "title": "堺市 オープンデータ一覧",
            "source_type": "orden_list",
            "owner_org": "271403",
            "url": base + SAKAI,
            "notes": "新様式（45列、UTF-8）のオープンデータ一覧です（デモ）。",
        },
        {
            "name": "nara-dcat",
            "title": "奈良県 観光・イベント（DCAT）",
            "source_type": "orden_dcat",
            "owner_org": "290009",
            "url": base + NARA,
            "notes": "観光とイベントのDCATカタログ（Turtle）です（デモ）。",
        },
    ]
