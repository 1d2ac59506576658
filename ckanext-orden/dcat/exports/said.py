"""What a dataset says, as plain values: the ground of each form. Whatever is no good value is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...metadata import addresses, facts, vocabularies
from ...metadata.fields import CLOSED_ACCESS
from ...metadata.vocabularies import AccessRight
from ...metadata.vocabularies.file_types import IANA
from ..profiles.distributions import HEX, MEDIA_TYPE
from ..profiles.iris import mail_iri, safe_iri
from ..profiles.prepare import iso_moment, utc_moment
from ..uris import dataset_uri

Dict = dict[str, Any]
Record = Mapping[str, Any]
WEB = ("http://", "https://", "ftp://", "ftps://")
CHECKSUMS = {32: "md5", 64: "sha256"}


@dataclass(frozen=True)
class Site:
    """The catalogue: its title, what it is about, its address without a slash at the end, its language (BCP 47)."""

    title: str
    description: str
    url: str
    language: str = "ja"


@dataclass(frozen=True)
class Agent:
    """Whoever publishes, makes or answers for a dataset."""

    name: str
    url: str = ""
    email: str = ""


def filled(record: Record) -> Dict:
    """Without what says nothing."""
    return {key: value for key, value in record.items() if value not in (None, "", [], {}, ())}


def uri(dataset: Record, site: Site) -> str:
    """What the dataset is called in all forms."""
    return dataset_uri(site.url, dict(dataset), f"{site.url}/dataset/{dataset.get('name')}")


def page(dataset: Record, site: Site) -> str:
    """Its page for people."""
    return f"{site.url}/dataset/{dataset.get('name') or dataset.get('id')}"


def file_page(dataset: Record, resource: Record, site: Site) -> str:
    """The page of one of its files."""
    return f"{page(dataset, site)}/resource/{resource.get('id')}"


def title(dataset: Record) -> str:
    return str(dataset.get("title") or dataset.get("name") or "")


def about(dataset: Record) -> str:
    """Its description; the title where there is none."""
    return str(dataset.get("notes") or title(dataset))


def keywords(dataset: Record) -> list[str]:
    return [tag["name"] for tag in records(dataset.get("tags")) if tag.get("name")]


def address(value: object, site: Site) -> str:
    """An address as it works from anywhere, its forbidden characters escaped; empty if it is none of the web."""
    found = str(safe_iri(addresses.absolute(str(value or ""), site.url)) or "")
    return found if found.lower().startswith(WEB) else ""


def addresses_of(values: object, site: Site) -> list[str]:
    return [found for value in texts(values) if (found := address(value, site))]


def licence_address(text: object, site: Site) -> str:
    """The address of a licence that an id, a name or an address names."""
    licence = vocabularies.licence_for(text)
    return licence.url if licence else address(text, site)


def access_code(dataset: Record) -> str:
    """Who may have the data, as the EU's code; empty if it does not say."""
    right: AccessRight | None = vocabularies.access_right_for(dataset.get("access_rights"))
    return right.code if right else ""


def is_closed(dataset: Record) -> bool:
    """Whether the data themselves are not for everybody."""
    return access_code(dataset) in CLOSED_ACCESS or "closed" in _axis(dataset, "openness")


def target(dataset: Record, resource: Record, site: Site) -> str:
    """Where a file is fetched from; empty for one that not everybody may have."""
    if is_closed(dataset) or access_code(resource) in CLOSED_ACCESS:
        return ""
    return address(resource.get("download_url") or resource.get("url"), site)


def is_file(resource: Record) -> bool:
    """Whether the address gives the data as a file, rather than a page or an interface."""
    return not facts.is_ngsi(resource) and not str(resource.get("caddec_resource_type") or "").startswith("api/")


def is_free(dataset: Record) -> bool | None:
    """Whether nobody pays; None if that is not known, or both are offered."""
    fee = vocabularies.cadde_value("fee", dataset.get("fee"))
    prices = {"無償": {"free"}, "有償": {"paid"}}.get(fee or "", _axis(dataset, "price"))
    return "free" in prices if len(prices) == 1 and set(prices) <= {"free", "paid"} else None


def media_type(resource: Record) -> str:
    """The media type that a file says, or its format."""
    said = str(resource.get("mimetype") or "").strip().removeprefix(IANA)
    if MEDIA_TYPE.fullmatch(said):
        return said.lower()
    found = vocabularies.file_type_for(resource.get("format") or "", str(resource.get("url") or ""))
    return found.media_type if found else ""


def size(resource: Record) -> int | None:
    """In bytes."""
    text = str(resource.get("size") or "").strip()
    return int(text) if text.isascii() and text.isdigit() else None


def checksum(resource: Record) -> Dict:
    """MD5 or SHA-256 by its name."""
    value = str(resource.get("hash") or "").strip().rpartition(":")[2].lower()
    name = CHECKSUMS.get(len(value)) if HEX.fullmatch(value) else None
    return {name: value} if name else {}


def languages(record: Record) -> list[str]:
    """BCP 47 tags."""
    found = (vocabularies.language_for(text) for text in texts(record.get("language")))
    return list(dict.fromkeys(language.tag for language in found if language))


def date(value: object) -> str:
    """A year, month, day, or moment with its zone."""
    return utc_moment(iso_moment(value)) or ""


def changed(dataset: Record) -> str:
    """When the data was changed; where that is not said, when its description was."""
    return date(dataset.get("modified")) or date(dataset.get("metadata_modified"))


def periods(dataset: Record) -> list[tuple[str, str]]:
    """The beginning and end of each time that the data is about; one of them may be empty."""
    found = ((date(of.get("start")), date(of.get("end"))) for of in records(dataset.get("temporal_coverage")))
    return [period for period in found if any(period)]


def frequency(dataset: Record) -> str:
    """How often it is updated, as the EU's code; empty if it does not say."""
    found = vocabularies.frequency_for(dataset.get("frequency"))
    return found.code if found else ""


def themes(dataset: Record, language: str) -> list[str]:
    """What its themes are called."""
    found = (vocabularies.theme_for(text) for text in texts(dataset.get("theme")))
    return [theme.label.get(language) or theme.label["en"] for theme in found if theme]


def publishers(dataset: Record, site: Site) -> list[Agent]:
    """Who publishes it: what it says itself, else its organisation."""
    organization = dataset.get("organization") or {}
    if found := agents(dataset.get("publisher"), site)[:1]:
        return found
    name = str(organization.get("title") or organization.get("name") or "")
    return [Agent(name, f"{site.url}/organization/{organization.get('name')}")] if name else []


def agents(values: object, site: Site) -> list[Agent]:
    """Those that have a name."""
    return [
        Agent(str(of["name"]), address(of.get("url"), site), mail_of(of))
        for of in records(values)
        if str(of.get("name") or "").strip()
    ]


def mail_of(record: Record) -> str:
    """A mail address without `mailto:`."""
    return str(mail_iri(str(record.get("email") or "")) or "").removeprefix("mailto:")


def texts(values: object) -> list[str]:
    """A list of texts, or the one that stands in its place."""
    found = values if isinstance(values, (list, tuple)) else [values]
    return [text for value in found if isinstance(value, str) and (text := value.strip())]


def records(values: object) -> list[Record]:
    return [value for value in values if isinstance(value, Mapping)] if isinstance(values, (list, tuple)) else []


def _axis(dataset: Record, name: str) -> list[str]:
    return ((dataset.get("orden_axes") or {}).get(name) or {}).get("values") or []
