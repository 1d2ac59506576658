"""DCAT-US 1.1 (Project Open Data Metadata Schema v1.1): a dataset's entry in data.json.

`bureauCode`, `programCode` and what else only federal agencies of the USA have is left out.
"""

from __future__ import annotations

from . import said
from .places import places
from .said import Dict, Record, Site, filled

SCHEMA = "https://project-open-data.cio.gov/v1.1/schema"
LONGEST_RIGHTS = 255
LEVELS = {"PUBLIC": "public", "RESTRICTED": "restricted public"}
PERIODS = {
    "UPDATE_CONT": "R/PT1S",
    "CONT": "R/PT1S",
    "1MIN": "R/PT1M",
    "5MIN": "R/PT5M",
    "10MIN": "R/PT10M",
    "15MIN": "R/PT15M",
    "30MIN": "R/PT30M",
    "HOURLY": "R/PT1H",
    "BIHOURLY": "R/PT2H",
    "TRIHOURLY": "R/PT3H",
    "DAILY_2": "R/PT12H",
    "DAILY": "R/P1D",
    "WEEKLY_3": "R/P0.33W",
    "WEEKLY_2": "R/P3.5D",
    "WEEKLY": "R/P1W",
    "MONTHLY_3": "R/P0.33M",
    "BIWEEKLY": "R/P2W",
    "MONTHLY_2": "R/P0.5M",
    "MONTHLY": "R/P1M",
    "BIMONTHLY": "R/P2M",
    "QUARTERLY": "R/P3M",
    "ANNUAL_3": "R/P4M",
    "ANNUAL_2": "R/P6M",
    "ANNUAL": "R/P1Y",
    "BIENNIAL": "R/P2Y",
    "TRIENNIAL": "R/P3Y",
    "QUADRENNIAL": "R/P4Y",
    "QUINQUENNIAL": "R/P5Y",
    "DECENNIAL": "R/P10Y",
    "BIDECENNIAL": "R/P20Y",
    "TRIDECENNIAL": "R/P30Y",
    "OTHER": "irregular",
    "IRREG": "irregular",
    "AS_NEEDED": "irregular",
}
"""How often, by the EU's code; what is never or not known to be updated has no word there."""


def catalogue(site: Site) -> Dict:
    """All of the document but its datasets."""
    return {
        "@context": f"{SCHEMA}/catalog.jsonld",
        "@id": f"{site.url}/data.json",
        "@type": "dcat:Catalog",
        "conformsTo": SCHEMA,
        "describedBy": f"{SCHEMA}/catalog.json",
    }


def dataset(about: Record, site: Site, mail: str = "") -> Dict:
    """A dataset's entry; `mail` is the contact of one that names none."""
    level = _level(about)
    return filled(
        {
            "@type": "dcat:Dataset",
            "title": said.title(about),
            "description": said.about(about),
            "keyword": said.keywords(about) or said.themes(about, site.language) or [said.title(about)],
            "modified": said.changed(about),
            "publisher": {"@type": "org:Organization", "name": _publisher(about, site)},
            "contactPoint": _contact(about, site, mail),
            "identifier": said.uri(about, site),
            "accessLevel": level,
            "rights": _rights(about, level),
            "license": said.licence_address(about.get("license_id"), site),
            "spatial": _spatial(about),
            "temporal": _temporal(about),
            "accrualPeriodicity": PERIODS.get(said.frequency(about)),
            "conformsTo": _first(about.get("conforms_to"), site),
            "describedBy": said.address(about.get("vocabulary"), site),
            "landingPage": said.address(about.get("url"), site) or said.page(about, site),
            "language": said.languages(about),
            "references": said.addresses_of(about.get("documentation"), site),
            "issued": said.date(about.get("issued")),
            "theme": said.themes(about, site.language),
            "distribution": [_file(about, resource, site) for resource in said.records(about.get("resources"))],
        }
    )


def _level(about: Record) -> str:
    """Who may have the data; what is paid for is not simply public."""
    if said.is_closed(about):
        return "non-public"
    level = LEVELS.get(said.access_code(about), "public")
    return "restricted public" if said.is_free(about) is False else level


def _rights(about: Record, level: str) -> str:
    """The terms; of data that is not public at least why it is not."""
    terms = [about.get(name) for name in ("rights", "terms_of_use_notices", "orden_license_text")]
    axes = about.get("orden_axes") or {}
    reason = ((axes.get("openness") or {}).get("reason") or {}).get("ja")
    why = [] if level == "public" else [reason, about.get("license_title"), level]
    return next(iter(said.texts([*terms, *why])), "")[:LONGEST_RIGHTS]


def _publisher(about: Record, site: Site) -> str:
    found = said.publishers(about, site)
    return found[0].name if found else site.title


def _contact(about: Record, site: Site, mail: str) -> Dict:
    named = [of for of in said.records(about.get("contact")) if of.get("name") or said.mail_of(of)]
    first = next((of for of in named if said.mail_of(of)), named[0] if named else {})
    address = said.mail_of(first) or mail
    name = str(first.get("name") or _publisher(about, site))
    return filled({"@type": "vcard:Contact", "fn": name, "hasEmail": f"mailto:{address}" if address else ""})


def _spatial(about: Record) -> str:
    """The box of the first place that has one, else the name of the first."""
    found = places(about)
    boxes = [",".join(map(str, box)) for _, box in found if box]
    return next(iter([*boxes, *(name for name, _ in found)]), "")


def _temporal(about: Record) -> str:
    """The first time whose beginning and end are known: the schema has no open ones."""
    return next((f"{start}/{end}" for start, end in said.periods(about) if start and end), "")


def _first(values: object, site: Site) -> str:
    return next(iter(said.addresses_of(values, site)), "")


def _file(about: Record, resource: Record, site: Site) -> Dict:
    address = said.target(about, resource, site)
    media_type = said.media_type(resource)
    loads = bool(address and media_type and said.is_file(resource))
    page = said.file_page(about, resource, site)
    access = said.address(resource.get("access_url"), site) if address else ""
    schema = said.address(resource.get("schema"), site)
    return filled(
        {
            "@type": "dcat:Distribution",
            "title": resource.get("name"),
            "description": resource.get("description"),
            "downloadURL": address if loads else "",
            "accessURL": access or (page if loads else address or page),
            "mediaType": media_type,
            "format": resource.get("format"),
            "conformsTo": _first(resource.get("conforms_to"), site),
            "describedBy": schema,
        }
    )
