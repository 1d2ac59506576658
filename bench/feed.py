"""A publisher of N invented Osaka datasets on 127.0.0.1, in the two dialects that stock CKAN can harvest.

/RUN/api/3/action/package_search   CKAN v3: rows, start, fl and fq=metadata_modified:[SINCE TO *] or fq=id:("A" OR "B")
/RUN/catalog.ttl?page=K            DCAT in Turtle, hydra pages of 100
/RUN/change?percent=P              from now on P % of the datasets have another title and date

A new RUN has new identifiers, so that it can be harvested as if for the first time.
"""

from __future__ import annotations

import json
import re
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

BODIES = ["大阪市", "堺市", "吹田市", "豊中市", "枚方市", "東大阪市", "八尾市", "高槻市", "大阪府", "岸和田市"]
TOPICS = [
    "指定避難所一覧", "AED設置箇所一覧", "都市公園一覧", "推計人口", "保育所等一覧", "図書館貸出統計",
    "バス停留所", "公衆無線LAN", "当初予算", "医療機関一覧", "公衆トイレ一覧", "指定文化財一覧",
]  # fmt: skip
TAGS = ["防災", "避難所", "人口", "統計", "公共施設", "交通", "子育て", "観光", "環境", "予算", "医療", "文化財"]
THEMES = ["REGI", "HEAL", "EDUC", "ENVI", "GOVE", "TRAN", "SOCI", "ECON"]
NOTES = (
    "{body}が保有する{topic}のデータです。名称、所在地、緯度、経度、電話番号、利用可能時間、備考などを掲載しています。"
    "文字コードはUTF-8です。位置情報は世界測地系によります。令和{year}年度末時点の内容であり、最新の状況と異なる場合があります。"
)
PAGE = 100
EU = "http://publications.europa.eu/resource/authority"
PREFIXES = """\
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix hydra: <http://www.w3.org/ns/hydra/core#> .
"""


def identifier(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))


class Feed:
    """The invented datasets of every run, and what has changed in which."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._changes: dict[str, tuple[int, str]] = {}
        self._kept: tuple[str, list[dict[str, Any]]] = "", []
        """The run that was asked for last: a publisher does not invent its catalogue with each request."""

    def change(self, run: str, percent: int) -> None:
        self._changes[run] = percent, datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
        self._kept = "", []

    def records(self, run: str, start: int = 0, stop: int | None = None) -> list[dict[str, Any]]:
        kept, records = self._kept
        if kept != run:
            records = [self._record(run, number) for number in range(self.size)]
            self._kept = run, records
        return records[start:stop]

    def _record(self, run: str, number: int) -> dict[str, Any]:
        percent, when = self._changes.get(run, (0, ""))
        changed = number % 100 < percent
        body, topic, year = BODIES[number % 10], TOPICS[number % 12], 1 + number % 8
        return {
            "id": identifier(f"urn:bench:{run}:{number}"),
            "name": f"{run}-{number:06d}",
            "title": f"{body} {topic} 令和{year}年度 {number}" + ("（更新）" if changed else ""),
            "notes": NOTES.format(body=body, topic=topic, year=year),
            "body": body,
            "tags": sorted({TAGS[(number * step + step) % len(TAGS)] for step in (1, 3, 5, 7)}),
            "theme": f"{EU}/data-theme/{THEMES[number % len(THEMES)]}",
            "issued": f"20{18 + year}-04-01",
            "modified": when if changed else f"2024-0{1 + number % 9}-15T09:00:00",
            "files": [
                (f"{topic}.{suffix}", suffix.upper(), media, f"https://data.example.jp/{run}/{number:06d}.{suffix}")
                for suffix, media in (("csv", "text/csv"), ("json", "application/json"))
            ],
        }


def as_ckan(record: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": record["id"], "name": record["name"], "title": record["title"], "notes": record["notes"],
        "type": "dataset", "state": "active", "private": False, "license_id": "CC-BY-4.0",
        "url": f"https://data.example.jp/dataset/{record['name']}",
        "metadata_created": f"{record['issued']}T00:00:00.000000", "metadata_modified": f"{record['modified']}.000000",
        "organization": {"id": record["body"], "name": f"body{BODIES.index(record['body'])}", "title": record["body"]},
        "tags": [{"name": tag} for tag in record["tags"]], "groups": [], "extras": [],
        "resources": [
            {"id": identifier(url), "name": name, "format": kind, "mimetype": media, "url": url}
            for name, kind, media, url in record["files"]
        ],
    }  # fmt: skip


def as_turtle(record: dict[str, Any]) -> str:
    def text(value: str) -> str:
        return json.dumps(value, ensure_ascii=False) + "@ja"

    subject = f"<urn:uuid:{record['id']}>"
    lines = [
        f"{subject} a dcat:Dataset ; dct:title {text(record['title'])} ; dct:description {text(record['notes'])} ;",
        f"  dct:identifier {json.dumps(record['id'])} ; dcat:theme <{record['theme']}> ;",
        f"  dcat:keyword {', '.join(text(tag) for tag in record['tags'])} ;",
        f'  dct:issued "{record["issued"]}"^^xsd:date ; dct:modified "{record["modified"]}"^^xsd:dateTime ;',
        f"  dct:accrualPeriodicity <{EU}/frequency/ANNUAL> ; dct:language <{EU}/language/JPN> ;",
        f"  dct:accessRights <{EU}/access-right/PUBLIC> ;",
        f"  dct:publisher [ a foaf:Agent ; foaf:name {text(record['body'])} ] ;",
        f"  dcat:contactPoint [ a vcard:Organization ; vcard:fn {text(record['body'])} ] ;",
        "  dcat:distribution " + ", ".join(f"<urn:bench:{url}>" for *_, url in record["files"]) + " .",
    ]
    lines += [
        f"<urn:bench:{url}> a dcat:Distribution ; dct:title {text(name)} ; dcat:accessURL <{url}> ; "
        f"dcat:downloadURL <{url}> ; dct:format <{EU}/file-type/{form}> ; "
        f"dcat:mediaType <https://www.iana.org/assignments/media-types/{media}> ; "
        "dct:license <https://creativecommons.org/licenses/by/4.0/> ."
        for name, form, media, url in record["files"]
    ]
    return "\n".join(lines)


class _Handler(BaseHTTPRequestHandler):
    feed: Feed

    def do_GET(self) -> None:
        self._answer(body=True)

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def _answer(self, body: bool) -> None:
        address = urlsplit(self.path)
        query = {key: values[-1] for key, values in parse_qs(address.query).items()}
        run, _, what = address.path.lstrip("/").partition("/")
        if what.endswith("package_search"):
            kind, content = "application/json", self._package_search(run, query)
        elif what == "catalog.ttl":
            kind, content = "text/turtle", self._catalog(run, int(query.get("page", 1)))
        elif what == "change":
            self.feed.change(run, int(query["percent"]))
            kind, content = "text/plain", "changed"
        else:
            self.send_error(404)
            return
        data = content.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if body:
            self.wfile.write(data)

    def _package_search(self, run: str, query: dict[str, str]) -> str:
        since = re.search(r"metadata_modified:\[(\S{19})", query.get("fq", ""))
        ids = set(re.findall(r'"([^"]+)"', query.get("fq", ""))) if "id:(" in query.get("fq", "") else set()
        found = [r for r in self.feed.records(run) if not since or r["modified"] >= since[1]]
        found = [record for record in found if not ids or record["id"] in ids]
        start, rows = int(query.get("start", 0)), min(int(query.get("rows", 10)), 1000)
        page = [as_ckan(record) for record in sorted(found, key=lambda r: r["id"])[start : start + rows]]
        if query.get("fl"):
            page = [{name: package.get(name) for name in query["fl"].split(",")} for package in page]
        return json.dumps({"success": True, "result": {"count": len(found), "results": page}}, ensure_ascii=False)

    def _catalog(self, run: str, page: int) -> str:
        here, last = f"http://{self.headers['Host']}/{run}/catalog.ttl", -(-self.feed.size // PAGE)
        following = f' ; hydra:next <{here}?page={page + 1}> ; hydra:nextPage "{here}?page={page + 1}"'
        head = (
            f"<{here}?page={page}> a hydra:PagedCollection ; hydra:totalItems {self.feed.size} ; "
            f'hydra:itemsPerPage {PAGE} ; hydra:firstPage "{here}?page=1" ; hydra:lastPage "{here}?page={last}"'
        )
        records = self.feed.records(run, (page - 1) * PAGE, page * PAGE)
        return "\n".join([PREFIXES, head + (following if page < last else "") + " .", *map(as_turtle, records)])

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: the measurement prints, not the server."""


@contextmanager
def served(size: int) -> Iterator[str]:
    """The feed's address while the block runs."""
    handler = type("Handler", (_Handler,), {"feed": Feed(size)})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
