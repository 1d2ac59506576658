"""A dataset dict made ready for ckanext-dcat's profile: only values that it turns into good RDF."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import datetime
from typing import Any

from ...metadata import vocabularies
from .iris import mail_iri, web_iri

Dict = dict[str, Any]
WRITTEN_BY_US = (
    *("url", "access_url", "download_url", "license", "format", "mimetype", "size", "hash", "hash_algorithm"),
    *("access_services", "access_rights", "uri"),
)
"""Fields of a resource that `distributions` and `own_terms` write."""
RECORDS = ("provenance_activity", "qualified_attribution", "qualified_relation", "in_series", "homepage", "rights")
"""Fields of a dataset that `own_terms` writes."""
NOT_THE_DATAS = ("created", "metadata_modified")
"""When CKAN's row was made says nothing about the file."""
CODED = ("status", "availability")
"""Of lists whose IRIs have changed since DCAT-AP 2."""
ZONE = re.compile(r"[+-]\d{2}:\d{2}$")
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def prepared(dataset: Dict) -> Dict:
    """A copy; what is missing but mandatory is filled, what cannot be said in RDF is left out."""
    copy = deepcopy(dataset)
    copy["title"] = copy.get("title") or copy.get("name") or copy.get("id")
    copy["notes"] = copy.get("notes") or copy["title"]
    copy["theme"] = [theme.iri for theme in map(vocabularies.theme_for, _list(copy.get("theme"))) if theme]
    copy["language"] = _languages(copy.get("language"))
    copy["frequency"] = _iri_of(vocabularies.frequency_for(copy.get("frequency")))
    rights = vocabularies.access_right_for(copy.get("access_rights"))
    copy["access_rights"] = rights.iri if rights else copy.get("access_rights")
    copy["temporal_coverage"] = [_dates(period, "start", "end") for period in _list(copy.get("temporal_coverage"))]
    for name in ("contact", "publisher", "creator"):
        copy[name] = [_agent(agent) for agent in _list(copy.get(name)) if _says_something(agent)]
    copy["has_version"] = [text for text in _list(copy.get("has_version")) if web_iri(text)]
    for name in ("metadata_created", "metadata_modified", "spatial_coverage", *RECORDS):
        copy.pop(name, None)
    copy["resources"] = [_resource(resource, copy) for resource in copy.get("resources") or []]
    return _dates(copy, "issued", "modified")


def iso_moment(value: object) -> str | None:
    """A year, month, day or moment in ISO 8601, else None."""
    text = str(value or "").strip()
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return text if DATE.fullmatch(text) and text[5:7] <= "12" else None
    return text if len(text) <= 10 else moment.isoformat()


def utc_moment(value: object) -> str | None:
    """A moment of CKAN's, which writes UTC without saying so."""
    text = iso_moment(value)
    return f"{text}+00:00" if text and len(text) > 10 and not ZONE.search(text) else text


def _list(value: Any) -> list[Any]:
    if not value:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _iri_of(term: Any) -> str | None:
    return term.iri if term else None


def _languages(value: Any) -> list[str]:
    known = ((text, vocabularies.language_for(text)) for text in _list(value))
    iris = (language.iri if language else web_iri(text) for text, language in known)
    return list(dict.fromkeys(str(iri) for iri in iris if iri))


def _dates(data: Dict, *names: str) -> Dict:
    for name in names:
        if name in data:
            data[name] = iso_moment(data[name])
    return data


def _says_something(agent: Any) -> bool:
    return isinstance(agent, dict) and any(agent.values())


def _agent(agent: Dict) -> Dict:
    mail = mail_iri(agent.get("email") or "")
    iris = {name: str(web_iri(agent.get(name)) or "") for name in ("uri", "url")}
    name = agent.get("name") or iris["url"] or iris["uri"]
    return {**agent, **iris, "name": name, "email": str(mail).removeprefix("mailto:") if mail else ""}


def _resource(resource: Dict, dataset: Dict) -> Dict:
    kept = {key: value for key, value in resource.items() if key not in (*WRITTEN_BY_US, *NOT_THE_DATAS)}
    kept["language"] = _languages(kept.get("language"))
    for name in CODED:
        found = vocabularies.coded_for(name, kept.get(name))
        kept[name] = found.value if found else kept.get(name)
    if dataset.get("id"):
        kept.setdefault("package_id", dataset["id"])
    return _dates(kept, "issued", "modified")
