"""Publishers on this machine in the dialects of Japan; the records are a list that a test may change."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from fetching.server import Answer, Server, reply

Query = dict[str, str]
NOT_FOUND = reply(b'{"success": false, "error": {"__type": "Not Found Error"}}', status=404)
ACTIONS = "/api/3/action"


def as_json(value: Any, status: int = 200) -> Answer:
    return reply(json.dumps(value, ensure_ascii=False).encode(), status=status, Content_Type="application/json")


def answering(made: Callable[[Query], Any]) -> Answer:
    """What `made` gives for the query, as the result of CKAN's API; None is 404."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        query = {name: values[-1] for name, values in parse_qs(urlsplit(handler.path).query).items()}
        result = made(query)
        (NOT_FOUND if result is None else as_json({"success": True, "result": result}))(handler)

    return answer


def ckan(
    server: Server, records: list[dict[str, Any]], at: str = ACTIONS, listing: bool = True, most: int = 1000
) -> None:
    """A CKAN site: a search with `fl` (unless `listing` is off), at most `most` rows and filters by id; list, show."""

    def search(query: Query) -> Any:
        wanted = re.findall(r'"([^"]+)"', query.get("fq", "").partition("id:(")[2])
        found = [record for record in records if not wanted or record["id"] in wanted]
        start, rows = int(query.get("start", 0)), int(query.get("rows", 10))
        page: Iterable[dict[str, Any]] = found[start : start + min(rows, most)]
        if listing and query.get("fl"):
            page = [{name: record.get(name) for name in query["fl"].split(",")} for record in page]
        return {"count": len(found), "results": list(page)}

    server.otherwise = NOT_FOUND
    server.answers |= {
        f"{at}/package_search": answering(search),
        f"{at}/package_list": answering(lambda _query: [record["name"] for record in records]),
        f"{at}/package_show": answering(lambda query: _one(records, query["id"], "id", "name")),
    }


def dkan(server: Server, records: list[dict[str, Any]]) -> None:
    """A DKAN site as East Mikawa's: no search, ids in the list, and each dataset inside an array."""
    server.otherwise = NOT_FOUND

    def show(query: Query) -> Any:
        found = _one(records, query["id"], "id")
        return [found] if found else None

    server.answers |= {
        f"{ACTIONS}/package_list": answering(lambda _query: [record["id"] for record in records]),
        f"{ACTIONS}/package_show": answering(show),
    }


def shirasagi(server: Server, records: list[dict[str, Any]], search: bool = True, at: str = "/api") -> None:
    """A SHIRASAGI site; older and newer versions differ in whether there is a search."""

    def searched(query: Query) -> Any:
        start, rows = int(query.get("start", 0)), int(query.get("rows", len(records)))
        return {"count": len(records), "results": records[start : start + rows]}

    server.otherwise = NOT_FOUND
    server.answers |= {
        f"{at}/package_list": answering(lambda _query: [record.get("uuid") or record["name"] for record in records]),
        f"{at}/package_show": answering(lambda query: _one(records, query["id"], "uuid", "name", "filename")),
    }
    if search:
        server.answers[f"{at}/package_search"] = answering(searched)


def bodik(server: Server, bodies: dict[str, dict[str, str]]) -> None:
    """BODIK's API: `bodies` of each API by name, by code."""
    server.otherwise = NOT_FOUND
    server.answers["/api/list"] = as_json([{"apiname": name, "description": f"{name}一覧"} for name in bodies])
    for name, found in bodies.items():
        listed = [{"organ_code": code, "organ_name": body} for code, body in found.items()]
        server.answers[f"/{name}/organization"] = as_json(listed)
        rows = [{"type": "Feature", "properties": {"municipalityCode": code}} for code in found]
        server.answers[f"/{name}"] = as_json({"metadata": {"totalCount": len(rows)}, "resultsets": {"features": rows}})


def _one(records: list[dict[str, Any]], wanted: str, *keys: str) -> dict[str, Any] | None:
    return next((record for record in records if wanted in (record.get(key) for key in keys)), None)


def sheep(number: int, **changes: Any) -> dict[str, Any]:
    """A dataset of SHIRASAGI: running number, people's data, one uploaded file and one linked to."""
    licence = {"id": 7, "name": "CC BY", "uid": "cc-by", "state": "public"}
    return {
        "type": "dataset",
        "site": {"id": 4, "name": "白鷺市オープンデータ", "url": "https://od.example.jp/"},
        "user": {"id": 1, "name": "担当 花子", "uid": "hanako", "email": "hanako@city.example.jp"},
        "member": {"id": 3, "name": "会員 太郎", "email": "taro@example.jp"},
        "author": "会員 太郎",
        "id": number,
        "uuid": f"00000000-0000-4000-9000-{number:012d}",
        "name": f"避難所一覧 {number}",
        "filename": f"dataset/{number}.html",
        "url": f"https://od.example.jp/dataset/{number}.html",
        "text": "市内の避難所です。",
        "update_plan": "年1回",
        "state": "public",
        "released": "2024-05-22T16:51:14.764+09:00",
        "created": "2024-05-22T16:51:14.703+09:00",
        "updated": "2025-05-22T16:51:14.987+09:00",
        "categories": [{"id": 360, "name": "防災", "filename": "bunya/bosai", "state": "public"}],
        "estat_categories": [],
        "areas": [{"id": 443, "name": "東区", "filename": "chiiki/higashi"}],
        "tags": ["避難所"],
        "point": 0,
        "downloaded": 9,
        "groups": [{"id": 5, "name": "白鷺市/危機管理課", "trailing_name": "危機管理課"}],
        "resources": [
            {
                "id": 167,
                "uuid": f"00000000-0000-4000-a000-{number:012d}",
                "name": "一覧",
                "filename": "list.csv",
                "text": None,
                "license": licence,
                "created": "2024-05-22T16:51:14.960+09:00",
                "updated": "2025-04-01T09:00:00.000+09:00",
                "download_url": f"https://od.example.jp/dataset/{number}/resource/1/list.csv",
                "url": f"https://od.example.jp/fs/1/{number}/list.csv",
                "format": "CSV",
            },
            {
                "id": 168,
                "uuid": f"00000000-0000-4000-b000-{number:012d}",
                "name": "地図",
                "filename": "map.geojson",
                "description": "位置",
                "license_id": 7,
                "originai_url": f"https://map.example.jp/{number}.geojson",
                "original_updated": "2025-03-01T00:00:00.000+09:00",
                "format": "GEOJSON",
            },
        ],
        "num_resources": 2,
        **changes,
    }


def kagawa(number: int) -> dict[str, Any]:
    """Kagawa's variant: a title beside the name, CKAN's stamps, no uuid."""
    record = sheep(number, name=f"hinanjo-{number}", title=f"避難所一覧 {number}")
    for key in ("uuid", "released", "created", "updated"):
        del record[key]
    stamps = {"metadata_created": "2024-05-22T07:51:14", "metadata_modified": "2025-05-22T07:51:14"}
    return {**record, **stamps}
