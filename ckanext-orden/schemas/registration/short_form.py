"""The short form: what a person types becomes a dataset, and what is wrong with it stands where it was typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from ckan.plugins import toolkit as tk

from ...metadata.fields import CLOSED_ACCESS
from ...metadata.names import dataset_name
from ...metadata.parsing.contacts import contact_line, contact_of
from ...metadata.parsing.text import clean, one_line, split_list
from ...metadata.vocabularies import access_right_for, cadde_value, language_for
from ..judging import Judgement
from ..wording import explained

Values = dict[str, Any]
Messages = dict[str, list[str]]

ASKED = (
    "owner_org",
    "title",
    "notes",
    "upload",
    "file_url",
    "license_id",
    "privacy_policy_contains_personal_data",
    "contact",
)
FOLDED = (
    "access_rights",
    "fee",
    "frequency",
    "theme",
    "tag_string",
    "language",
    "issued",
    "format",
    "name",
    "private",
)
NAMES = (*ASKED, *FOLDED)
"""Every input of the form, in its order."""

_ALIKE = (
    "title",
    "notes",
    "license_id",
    "owner_org",
    "privacy_policy_contains_personal_data",
    "access_rights",
    "fee",
    "frequency",
    "theme",
    "language",
    "issued",
    "private",
)
"""Inputs that are fields of the dataset."""
_PLACES = {"resources": "file_url", "tags": "tag_string"}
_MISSING = ("title.missing", "description.missing", "licence.missing")
"""What the catalogue takes, but a new registration should not leave out."""


def defaults(organization: Mapping[str, Any] | None, today: dt.date) -> Values:
    """What most datasets of that organisation say; each is shown and can be changed."""
    return {
        "access_rights": _iri(access_right_for("PUBLIC")),
        "language": _iri(language_for("ja")),
        "privacy_policy_contains_personal_data": "非個人情報",
        "issued": today.isoformat(),
        "private": "False",
        "contact": _office(organization) if organization else "",
        "owner_org": organization["id"] if organization else "",
    }


def dataset_of(values: Values, identity: str, filename: str, organization: Mapping[str, Any] | None) -> dict[str, Any]:
    """The dataset that the form describes; the same `identity` always gives the same name."""
    dataset = {name: values[name] for name in _ALIKE if values.get(name)}
    dataset["name"] = one_line(values.get("name")) or _name(values, identity, organization)
    contact = contact_of(values.get("contact"))
    if contact:
        dataset["contact"] = [contact]
    if values.get("tag_string"):
        dataset["tag_string"] = ",".join(split_list(values["tag_string"]))
    if organization and organization.get("orden_municipality"):
        dataset["orden_municipality"] = organization["orden_municipality"]
    resource = _resource(values, filename)
    return {**dataset, "resources": [resource]} if resource else dataset


def messages(judgement: Judgement, values: Values, filename: str) -> Messages:
    """What keeps the form from being registered, by input; `""` holds what belongs to none."""
    found = by_input(judgement.errors)
    for issue in judgement.report.issues:
        if issue.code in _MISSING:
            found[issue.field] = [explained(issue)]
        elif issue.code == "resources.missing" and _needs_file(values):
            found["upload" if tk.h.uploads_enabled() else "file_url"] = [explained(issue)]
    if filename and "file_url" in found and not values.get("file_url"):
        found["upload"] = found.pop("file_url")
    return {name: found[name] for name in (*NAMES, "") if name in found}


def advice(judgement: Judgement) -> Messages:
    """What could be better without keeping anything out, by input."""
    found: Messages = {}
    for issue in judgement.report.issues:
        place = "file_url" if issue.where.startswith("resource ") else issue.field
        if issue.severity == "warning" and place in NAMES and issue.code not in _MISSING:
            found.setdefault(place, []).append(explained(issue))
    return found


def values_of(dataset: Mapping[str, Any]) -> Values:
    """The form's values for a dataset like that one: nothing that names it or is its alone."""
    values = {name: dataset[name] for name in _ALIKE if dataset.get(name)}
    values.pop("issued", None)
    contacts = dataset.get("contact") or [{}]
    tags = [tag["display_name"] for tag in dataset.get("tags") or ()]
    return {
        **values,
        "private": str(bool(dataset.get("private"))),
        "contact": contact_line(contacts[0]),
        "tag_string": "、".join(tags),
    }


def _name(values: Values, identity: str, organization: Mapping[str, Any] | None) -> str:
    return dataset_name(f"{(organization or {}).get('name', '')} {values.get('title', '')}", identity)


def _resource(values: Values, filename: str) -> dict[str, Any] | None:
    url = clean(values.get("file_url"))
    if not filename and not url:
        return None
    place = {"url": filename, "url_type": "upload"} if filename else {"url": url}
    written = {"format": one_line(values["format"])} if values.get("format") else {}
    return {"name": one_line(values.get("title")), **place, **written}


def _needs_file(values: Values) -> bool:
    """Closed and paid data is handed over elsewhere."""
    right = access_right_for(values.get("access_rights"))
    closed = right is not None and right.code in CLOSED_ACCESS
    return not closed and cadde_value("fee", values.get("fee")) != "有償"


def by_input(errors: Mapping[str, Any]) -> Messages:
    """The messages of CKAN's `error_dict` by the form's inputs; `""` holds those of fields that the form has not."""
    gathered: Messages = {}
    for field, found in errors.items():
        for name, text in _texts(_PLACES.get(field, field), found):
            said = text if name in NAMES else f"{name}: {text}"
            gathered.setdefault(name if name in NAMES else "", []).append(said)
    return gathered


def _texts(name: str, found: Any) -> Iterator[tuple[str, str]]:
    """Every message below an entry of CKAN's `error_dict`, with the input that it belongs to."""
    if isinstance(found, str):
        yield name, found
    elif isinstance(found, Mapping):
        for key, inner in found.items():
            yield from _texts(key if name == "file_url" and key in ("format", "upload") else name, inner)
    else:
        for inner in found:
            yield from _texts(name, inner)


def _office(organization: Mapping[str, Any]) -> str:
    email = organization.get("email")
    return contact_line({"name": organization.get("title"), "email": email}) if email else ""


def _iri(term: Any) -> str:
    return term.iri if term else ""
