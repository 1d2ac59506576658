"""A record in ISO 19139, read by OWSLib: only its readers are used, never its own requests."""

from __future__ import annotations

from typing import Any

from owslib.iso import MD_DataIdentification, MD_Metadata

from ...errors import RecordError
from ...types import Issue, Report
from . import xml_document

_FREQUENCY = "{*}identificationInfo/*/{*}resourceMaintenance/*/{*}maintenanceAndUpdateFrequency/*"
_OF_PEOPLE = ("individualName", "phone", "deliveryPoint")


def forget_people(element: Any) -> None:
    """Take names, telephones and streets out of a record, and the mail address that stands beside a person's name."""
    for party in element.iter("{*}CI_ResponsibleParty"):
        person = any(text.strip() for name in party.iterfind("{*}individualName") for text in name.itertext())
        wanted = {*_OF_PEOPLE, "electronicMailAddress"} if person else set(_OF_PEOPLE)
        for child in [child for child in party.iter() if xml_document.name_of(child) in wanted]:
            child.getparent().remove(child)


def read(xml: str) -> dict[str, Any]:
    """What the record says, as plain data; fields that it lacks are empty. RecordError for what OWSLib cannot read."""
    element = xml_document.read(xml.encode(), "the record")
    try:
        found: Any = MD_Metadata(element)
    except (AttributeError, IndexError, TypeError, ValueError) as error:  # such as a polygon without numbers
        raise RecordError(Report((_unreadable(error),))) from error
    described: Any = found.identification[0] if found.identification else MD_DataIdentification()
    online = [*(found.distribution.online if found.distribution else []), *_of_distributors(found)]
    return {
        "identifier": found.identifier,
        "parent": found.parentidentifier,
        "uri": found.dataseturi,
        "hierarchy": _hierarchy(found),
        "title": described.title,
        "abstract": described.abstract,
        "identifiers": described.uricode,
        "edition": described.edition,
        "dates": [{"date": date.date, "type": date.type} for date in described.date],
        "languages": described.resourcelanguagecode or described.resourcelanguage,
        "keywords": [word.name for group in described.keywords for word in group.keywords if word.name],
        "places": [word.name for group in described.keywords if group.type == "place" for word in group.keywords],
        "topics": described.topiccategory,
        "frequency": next((code.get("codeListValue") for code in element.iterfind(_FREQUENCY)), None),
        "parties": [_party(party) for party in [*described.contact, *found.contact]],
        "box": _box(described),
        "period": [described.temporalextent_start, described.temporalextent_end],
        "restrictions": [*described.accessconstraints, *described.classification, *described.securityconstraints],
        "conditions": _conditions(described),
        "lineage": found.dataquality.lineage if found.dataquality else None,
        "format": found.distribution.format if found.distribution else None,
        "online": [_online(link) for link in online],
    }


def _hierarchy(found: Any) -> str:
    services = [part for part in found.identification if part.identtype == "service"]
    return "service" if services else found.hierarchy or ""


def _of_distributors(found: Any) -> list[Any]:
    distributors = found.distribution.distributor if found.distribution else []
    return [link for distributor in distributors for link in distributor.online]


def _party(party: Any) -> dict[str, Any]:
    page = party.onlineresource.url if party.onlineresource else None
    return {"name": party.organization, "email": party.email, "url": page, "role": party.role}


def _box(described: Any) -> list[str] | None:
    """West, south, east, north."""
    box = described.bbox
    return [box.minx, box.miny, box.maxx, box.maxy] if hasattr(box, "minx") else None


def _conditions(described: Any) -> list[str]:
    """Texts and addresses of all constraints, in the order in which they say most."""
    found = [
        *described.otherconstraints,
        *(described.otherconstraints_url if described.otherconstraints else ()),
        *described.uselimitation,
        *described.uselimitation_url,
    ]
    return list(dict.fromkeys(text for text in found if text))


def _online(link: Any) -> dict[str, Any]:
    return {name: getattr(link, name) for name in ("url", "protocol", "name", "description", "function")}


def _unreadable(error: Exception) -> Issue:
    return Issue(
        code="iso.unreadable",
        severity="error",
        field="title",
        message={
            "en": f"The record is not written as ISO 19139 asks ({error}).",
            "ja": f"ISO 19139 の書き方に沿っていないため、読み取れません（{error}）。",
        },
        hint={
            "en": "Check the record with the catalogue's own validation.",
            "ja": "カタログの検証機能でレコードを確かめてください。",
        },
    )
