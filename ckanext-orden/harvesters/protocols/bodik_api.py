"""BODIK's API: rows of standard datasets for many bodies; each API of a body is one dynamic dataset here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar
from urllib.parse import urlsplit

from ...errors import NoPage, SourceError
from ...fetching import fetch
from ...metadata.addresses import without_query
from ...metadata.mapping import Mapped, bodik_api
from ...types import Issue
from .. import settings
from ..base import OrdenHarvester
from ..protocol import PAGE_LIMITS, Cursor, Page, Record, Source, broken, whole
from ..recognition import Answer, Recognised, bases, reason


class BodikApiHarvester(OrdenHarvester):
    """All APIs, or those that are named; all bodies, or those whose codes are given."""

    NAME = "orden_bodik_api"
    TITLE = "BODIK API"
    DESCRIPTION = "The APIs that BODIK makes of standard datasets, each body's as a dynamic dataset of its own"
    SETTINGS: ClassVar = {
        "apis": settings.texts(200),
        "municipalities": settings.texts(2000),
        "frequency": settings.text(),
        "licence": settings.text(),
    }

    def pages(self, source: Source, cursor: Cursor) -> Iterator[Page]:
        """A page for each API, with the bodies whose data it serves."""
        address = service(source.url)
        wanted = source.settings.get("apis")
        found = {name: title for name, title in _apis(address).items() if not wanted or name in wanted}
        names = sorted(found)
        start = (cursor or {}).get("start", 0)
        if not names:
            raise _no_page(f"{address}/api/list", "none of the wanted APIs", "指定の API がない応答")
        for number, name in enumerate(names[start:], start + 1):
            following = {"start": number} if number < len(names) else None
            yield Page(_records(source, address, name, found[name]), following)

    def map(self, record: Record, source: Source) -> Mapped:
        """One body's data in one API as a dataset of ours."""
        content = whole(record).content
        frequency, licence = source.settings.get("frequency", "常時"), source.settings.get("licence", "")
        return bodik_api.dataset(content, frequency, licence)

    def recognises(self, answer: Answer) -> Recognised | None:
        """A list of APIs, or rows with `resultsets.features` beside a `totalCount`."""
        found = answer.json
        if _is_list(found):
            config: dict[str, Any] = {}
        elif _is_rows(found):
            config = {"apis": [urlsplit(answer.url).path.rpartition("/")[2]]}
        else:
            return None
        said = reason("It answers as BODIK's API does.", "BODIK API の応答の形をしています。")
        return Recognised(service(answer.url) + "/", said, "BODIK API", config)

    def places(self, url: str) -> Iterable[str]:
        """The list of APIs."""
        return [f"{base}/api/list" for base in bases(url)]


def service(url: str) -> str:
    """The address under which the APIs lie, whether a person entered it (with a slash at its end), the list's or an
    API's.
    """
    parts = urlsplit(url)
    path = parts.path
    inner = path.removesuffix("/api/list") if path.endswith("/api/list") else path.rpartition("/")[0]
    return f"{parts.scheme}://{parts.netloc}{inner}"


def _is_list(found: Any) -> bool:
    entries = bodik_api.items(found)
    return bool(entries) and all(isinstance(entry, dict) and "apiname" in entry for entry in entries or ())


def _is_rows(found: Any) -> bool:
    if not isinstance(found, dict) or not isinstance(found.get("metadata"), dict):
        return False
    sets = found.get("resultsets")
    return "totalCount" in found["metadata"] and isinstance(sets, dict) and isinstance(sets.get("features"), list)


def _get(url: str) -> Any:
    answer = fetch(url, accept="application/json", limits=PAGE_LIMITS)
    return Answer(answer.url, answer.media_type, answer.body).json


def _apis(address: str) -> dict[str, str]:
    found = bodik_api.apis(_get(f"{address}/api/list"))
    if not found:
        raise _no_page(f"{address}/api/list", "no list of APIs", "API 一覧ではない応答")
    return found


def _records(source: Source, address: str, name: str, title: str) -> Iterator[Record]:
    """The bodies of one API; an API that the list names and that has no bodies is one record in error."""
    url = f"{address}/{name}/organization"
    try:
        answer = _get(url)
    except SourceError as error:
        if error.status != 404:
            raise
        answer = []
    if bodik_api.items(answer) is None:
        raise _no_page(url, "no list of bodies", "団体一覧ではない応答")
    found = bodik_api.bodies(answer)
    if not found:
        yield broken(_without_bodies(name))
    wanted = source.settings.get("municipalities")
    for code, body in sorted(found.items()):
        if not wanted or code in wanted:
            content = {"apiname": name, "description": title, "code": code, "body": body, "address": address}
            yield Record(content, bodik_api.guid(name, code))


def _without_bodies(name: str) -> Issue:
    return Issue(
        code="bodik.without_bodies",
        severity="error",
        field="organization",
        message={
            "en": f"The API “{name}” is listed, but names no body with a municipality code.",
            "ja": f"API「{name}」は一覧にありますが、団体コードのある提供団体がありません。",
        },
        hint={
            "en": "Name the wanted APIs in the source's configuration (apis).",
            "ja": "取り込み元の設定（apis）で必要な API を指定してください。",
        },
    )


def _no_page(url: str, found: str, found_ja: str) -> NoPage:
    url = without_query(url)
    return NoPage(
        f"{url} gave {found}, not an answer of BODIK's API. Nothing was deleted. Run again later or ask its operator.",
        ja=f"{url} から BODIK API の応答が得られませんでした（{found_ja}）。削除は行っていません。"
        "時間をおいて再実行するか、提供元に問い合わせてください。",
    )
