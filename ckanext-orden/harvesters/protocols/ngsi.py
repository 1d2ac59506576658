"""Context brokers (FIWARE): one dynamic dataset for each type of entity, over NGSI-v2 or NGSI-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import parse_qs, quote, urljoin, urlsplit, urlunsplit

from ...errors import SkipRecord
from ...fetching import Fetched, fetch
from ...metadata.addresses import without_query
from ...metadata.mapping import Mapped, ngsi
from ...types import Issue
from .. import settings
from ..base import OrdenHarvester
from ..protocol import PAGE_LIMITS, Cursor, Page, Record, Source, broken, whole
from ..recognition import Answer, Recognised, bases, reason
from ..texts import refused

ROWS = 100
SAMPLE = 20
"""Entities that are looked at for the names of their attributes; none is kept."""
MOST_TYPES = 1000
CONTEXT = 'rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"'
_V2 = re.compile(r"^(.*?/v2)(?:/|$)")
_LD = re.compile(r"^(.*?/ngsi-ld/v1)(?:/|$)")
_NEXT = re.compile(r"<([^<>]*)>[^,<]*\brel=\"?next\b")
_TENANT = re.compile(r"[A-Za-z0-9_]{1,50}")
_PATH = re.compile(r"/(?:[A-Za-z0-9_]{1,50}(?:/[A-Za-z0-9_]{1,50}){0,9})?(?:/#)?")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


def _of_pattern(pattern: re.Pattern[str], says: str) -> settings.Check:
    return settings.Check(lambda value: isinstance(value, str) and bool(pattern.fullmatch(value)), says)


def _is_map(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(item, str) and _ADDRESS.fullmatch(item) for item in value.values()
    )


class NgsiHarvester(OrdenHarvester):
    """Orion, Scorpio, Stellio and other brokers; a tenant and its path are part of the address."""

    NAME = "orden_ngsi"
    TITLE = "NGSI (FIWARE)"
    DESCRIPTION = "A context broker, NGSI-v2 or NGSI-LD: each type of its entities becomes a dynamic dataset"
    SETTINGS: ClassVar = {
        "api": settings.one_of("v2", "ld"),
        "tenant": _of_pattern(_TENANT, "the name of a tenant (Fiware-Service): letters, digits and _"),
        "service_path": _of_pattern(_PATH, 'a service path (Fiware-ServicePath) such as "/weather"'),
        "context": _of_pattern(_ADDRESS, "the address of a JSON-LD context"),
        "types": settings.text(),
        "data_models": settings.Check(_is_map, 'an object such as {"Type": "https://model.example.jp"}'),
        "licence": settings.text(),
        "frequency": settings.text(),
    }

    def pages(self, source: Source, cursor: Cursor) -> Iterator[Page]:
        """The types that the source names, else all that the broker lists."""
        broker = broker_of(source)
        if broker.types:
            yield Page([_sampled(broker, name) for name in broker.types], None, len(broker.types))
        elif broker.ld:
            yield from _ld_types(broker, (cursor or {}).get("url"))
        else:
            yield from _v2_types(broker, (cursor or {}).get("offset", 0))

    def map(self, record: Record, source: Source) -> Mapped:
        """A type of entity as a dataset of ours."""
        content = whole(record).content
        if not content["type"]:
            raise SkipRecord("entities without a type")
        return ngsi.dataset(content, record.guid, source.settings)

    def recognises(self, answer: Answer) -> Recognised | None:
        """A broker's answer at its API, beside which the rest is asked for: entities in a file are no broker."""
        path = urlsplit(answer.url).path
        if not (_LD.match(path) or _V2.match(path)) or not looks_like(answer.body, answer.media_type):
            return None
        broker = broker_of(Source("", "", "", answer.url))
        said = reason(
            f"A context broker answers there ({'NGSI-LD' if broker.ld else 'NGSI-v2'}).",
            f"コンテキストブローカー（{'NGSI-LD' if broker.ld else 'NGSI-v2'}）が応答します。",
        )
        return Recognised(broker.query(",".join(broker.types)) if broker.types else broker.base, said)

    def places(self, url: str) -> Iterable[str]:
        """The entry point of NGSI-v2 and the types of NGSI-LD."""
        return [f"{base}{path}" for path in ("/v2", "/ngsi-ld/v1/types") for base in bases(url)]


def looks_like(body: bytes, media_type: str) -> bool:
    """Whether an answer is a broker's: its entry point, its types or its entities."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return False
    if isinstance(found, dict):
        return found.get("type") == "EntityTypeList" or "/entities" in str(found.get("entities_url"))
    first = found[0] if isinstance(found, list) and found else None
    if not isinstance(first, dict) or not isinstance(first.get("type"), str):
        return False
    return "typeName" in first or ("attrs" in first and "id" not in first) or _is_entity(first)


def _is_entity(found: dict[str, Any]) -> bool:
    values = [value for name, value in found.items() if name not in ("id", "type", "@context")]
    return "id" in found and any(isinstance(value, dict) and "type" in value and len(value) > 1 for value in values)


@dataclass(frozen=True)
class Broker:
    """Where a broker's API is, what it is asked for, and the tenant that is asked."""

    base: str
    ld: bool
    types: tuple[str, ...]
    tenant: str
    service_path: str
    context: str

    @property
    def headers(self) -> dict[str, str]:
        """What selects the tenant and, for NGSI-LD, the words for types and attributes."""
        tenant = "NGSILD-Tenant" if self.ld else "Fiware-Service"
        link = f"<{self.context}>; {CONTEXT}" if self.ld and self.context else ""
        found = {tenant: self.tenant, "Fiware-ServicePath": self.service_path, "Link": link}
        return {name: value for name, value in found.items() if value}

    def query(self, name: str) -> str:
        """The address of all entities of a type."""
        return f"{self.base}/entities?type={quote(name, safe='')}"

    def guid(self, name: str) -> str:
        """The type's identifier: the same type of another tenant or path is another dataset."""
        place = "".join(part for part in (self.tenant and f"{self.tenant}:", self.service_path) if part)
        return self.query(name) + (f"#{place}" if place else "")

    def record(self, name: str, attributes: list[str]) -> Record:
        """A type as it is kept."""
        content = {
            "type": name,
            "attributes": sorted(set(attributes)),
            "api": self.base,
            "query": self.query(name),
            "ld": self.ld,
            "tenant": self.tenant,
            "service_path": self.service_path,
        }
        return Record(content, self.guid(name))

    def get(self, url: str) -> tuple[Any, Fetched]:
        """The JSON at an address of the broker."""
        fetched = fetch(url, accept="application/json", headers=self.headers, limits=PAGE_LIMITS)
        try:
            return json.loads(fetched.body), fetched
        except (ValueError, RecursionError) as error:
            raise refused(url, "no JSON", "JSONではない応答") from error


def broker_of(source: Source) -> Broker:
    """The broker behind a source's address, whether it is the broker's own, its API's or a query's."""
    parts = urlsplit(source.url)
    ld, v2 = _LD.match(parts.path), _V2.match(parts.path)
    is_ld = bool(ld) or (not v2 and source.settings.get("api") == "ld")
    found = ld or v2
    path = found[1] if found else parts.path.rstrip("/") + ("/ngsi-ld/v1" if is_ld else "/v2")
    said = [*parse_qs(parts.query).get("type", ()), source.settings.get("types", "")]
    return Broker(
        urlunsplit((parts.scheme, parts.netloc, path, "", "")),
        is_ld,
        tuple(dict.fromkeys(name.strip() for name in ",".join(said).split(",") if name.strip())),
        source.settings.get("tenant", ""),
        source.settings.get("service_path", ""),
        source.settings.get("context", ""),
    )


def _v2_types(broker: Broker, offset: int) -> Iterator[Page]:
    while True:
        url = f"{broker.base}/types?limit={ROWS}&offset={offset}&options=count"
        found, fetched = broker.get(url)
        types = [(_name(entry, "type", url), list(_part(entry, "attrs", dict, url))) for entry in _listed(found, url)]
        stated = fetched.headers.get("fiware-total-count", "")
        total = int(stated) if re.fullmatch(r"\d{1,9}", stated) else None
        if not types and offset < (total or 0):
            raise refused(url, f"an empty page before the end ({offset} of {total})", "途中で空のページ")
        offset += len(types)
        _refuse_many(offset, url)
        last = len(types) < ROWS if total is None else offset >= total
        yield Page([broker.record(*found) for found in types], None if last else {"offset": offset}, total)
        if last:
            return


def _ld_types(broker: Broker, url: str | None) -> Iterator[Page]:
    """Types with their attributes where the broker gives them, else with those of some entities."""
    url = url or f"{broker.base}/types?details=true"
    count = 0
    met: set[str] = set()
    while url:
        met.add(url)
        found, fetched = broker.get(url)
        if isinstance(found, dict):
            names = [str(name) for name in _part(found, "typeList", list, url)]
            records: Iterator[Record] = (_sampled(broker, name) for name in names)
        else:
            types = [(_name(entry, "typeName", url), entry.get("attributeNames")) for entry in _listed(found, url)]
            names = [name for name, _ in types]
            records = (
                broker.record(name, [*map(str, known)]) if isinstance(known, list) else _sampled(broker, name)
                for name, known in types
            )
        count += len(names)
        _refuse_many(count, url)
        following = _next(fetched)
        if following in met:
            raise refused(url, "pages that do not end", "終わらないページ送り")
        yield Page(records, {"url": following} if following else None)
        url = following


def _next(fetched: Fetched) -> str:
    """The address of the next page, on the same host only."""
    link = _NEXT.search(fetched.headers.get("link", ""))
    following = urljoin(fetched.url, link[1]) if link else ""
    if following and urlsplit(following)[:2] != urlsplit(fetched.url)[:2]:
        elsewhere = without_query(following)
        raise refused(fetched.url, f"a next page on another host ({elsewhere})", f"別のホストの次ページ {elsewhere}")
    return following


def _sampled(broker: Broker, name: str) -> Record:
    """A type with the attributes of its first entities, which are looked at and forgotten."""
    url = f"{broker.query(name)}&limit={SAMPLE}"
    entities = _listed(broker.get(url)[0], url)
    if not entities:
        return broken(_no_entity(name), broker.guid(name))
    names = {attribute for entity in entities for attribute in entity} - {"id", "type", "@context"}
    return broker.record(name, list(names))


def _listed(found: Any, url: str) -> list[dict[str, Any]]:
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise refused(url, "no list of a context broker", "コンテキストブローカーの一覧ではない応答")
    return found


def _name(entry: dict[str, Any], key: str, url: str) -> str:
    return str(_part(entry, key, str, url))


def _part(entry: dict[str, Any], key: str, kind: type, url: str) -> Any:
    if not isinstance(entry.get(key), kind):
        raise refused(url, f"a type of entity without “{key}”", f"「{key}」のないエンティティ型")
    return entry[key]


def _refuse_many(count: int, url: str) -> None:
    if count > MOST_TYPES:
        raise refused(url, f"more than {MOST_TYPES} types of entities", f"{MOST_TYPES} を超えるエンティティ型")


def _no_entity(name: str) -> Issue:
    return Issue(
        code="ngsi.no_entity",
        severity="error",
        field="ngsi_entity_type",
        message={
            "en": f"The broker has no entity of the type {name} at the moment.",
            "ja": f"ブローカーに型「{name}」のエンティティが現在ありません。",
        },
        hint={
            "en": "Check the type, the tenant and the service path; otherwise wait until there are some.",
            "ja": "型、テナント、サービスパスを確かめてください。正しければ、登録されるのをお待ちください。",
        },
        value=name,
    )
