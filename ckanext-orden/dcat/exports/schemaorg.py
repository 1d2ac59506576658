"""schema.org's Dataset, as search engines read it in a page."""

from __future__ import annotations

from ...metadata.offers.exchange import rdf
from .. import offers
from ..namespaces import ORDEN
from . import said
from .places import Box, places
from .said import Agent, Dict, Record, Site, filled

CONTEXT = "https://schema.org/"
LONGEST = 5000
"""Characters of a description that Google takes."""
_SAID_ALREADY = frozenset({"@context", "itemOffered"})
"""What an offer within its dataset need not repeat."""


def dataset(about: Record, site: Site) -> Dict:
    """A dataset with its files and its catalogue."""
    files = [_file(about, resource, site) for resource in said.records(about.get("resources"))]
    about_all = {**described(about, site), "distribution": files, "offers": _offers(about, site)}
    return {"@context": CONTEXT, "@type": "Dataset", **filled(about_all)}


def described(about: Record, site: Site) -> Dict:
    """All of a dataset but its files."""
    publishers = [_agent(agent) for agent in said.publishers(about, site)]
    creators = [_agent(agent) for agent in said.agents(about.get("creator"), site)]
    return filled(
        {
            "@id": said.uri(about, site),
            "name": said.title(about),
            "alternateName": about.get("orden_subtitle"),
            "description": said.about(about)[:LONGEST],
            "url": said.page(about, site),
            "identifier": about.get("identifier") or about.get("id"),
            "sameAs": said.addresses_of([about.get("uri"), about.get("url")], site),
            "keywords": said.keywords(about),
            "license": _licence(about, site),
            "isAccessibleForFree": said.is_free(about),
            "creator": creators or publishers,
            "publisher": publishers,
            "datePublished": said.date(about.get("issued")),
            "dateModified": said.changed(about),
            "version": about.get("version"),
            "inLanguage": said.languages(about),
            "temporalCoverage": ["/".join(end or ".." for end in period) for period in said.periods(about)],
            "spatialCoverage": [_place(name, box) for name, box in places(about)],
            "includedInDataCatalog": {"@type": "DataCatalog", "name": site.title, "url": f"{site.url}/"},
        }
    )


def catalogue(site: Site) -> Dict:
    """The whole catalogue, for its first page."""
    named = {"@id": f"{site.url}/", "name": site.title, "description": site.description, "url": f"{site.url}/"}
    return filled({"@context": CONTEXT, "@type": "DataCatalog", **named, "inLanguage": site.language})


def _offers(about: Record, site: Site) -> list[Dict]:
    """What the data costs; the offers' texts are those in the site's language."""
    uri = said.uri(about, site)
    found: list[Dict] = []
    for shown in offers.shown(about):
        told = rdf.page_document(shown.offer, shown.names(uri, str(ORDEN)), site.language)
        found.append({name: value for name, value in told.items() if name not in _SAID_ALREADY})
    return found


def _file(about: Record, resource: Record, site: Site) -> Dict:
    address = said.target(about, resource, site)
    size = said.size(resource)
    return filled(
        {
            "@type": "DataDownload",
            "name": resource.get("name"),
            "description": resource.get("description"),
            "contentUrl": address if said.is_file(resource) else "",
            "url": said.file_page(about, resource, site),
            "encodingFormat": said.media_type(resource) or resource.get("format"),
            "contentSize": f"{size} B" if size is not None else "",
            "dateModified": said.date(resource.get("modified")),
            "inLanguage": said.languages(resource),
            "license": said.licence_address(resource.get("license"), site),
        }
    )


def _licence(about: Record, site: Site) -> str | Dict:
    """Its address; a licence without one by what it is called, or by what the publisher wrote."""
    address = said.licence_address(about.get("license_id"), site)
    names = said.texts([about.get("orden_license_text"), about.get("license_title")])
    return address or ({"@type": "CreativeWork", "name": names[0]} if names else "")


def _agent(agent: Agent) -> Dict:
    contact = filled({"@type": "ContactPoint", "email": agent.email}) if agent.email else None
    return filled({"@type": "Organization", "name": agent.name, "url": agent.url, "contactPoint": contact})


def _place(name: str, box: Box | None) -> Dict:
    geo: Dict | None = None
    if box:
        west, south, east, north = box
        is_point = (west, south) == (east, north)
        point = {"@type": "GeoCoordinates", "latitude": south, "longitude": west}
        geo = point if is_point else {"@type": "GeoShape", "box": f"{south} {west} {north} {east}"}
    return filled({"@type": "Place", "name": name, "geo": geo})
