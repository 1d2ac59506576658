"""From a CKAN v3 package dict, in the habits of BODIK, Tokyo, e-Gov and CADDE, to a dataset of our schema."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ...errors import RecordError
from ...types import Issue, Report
from ..parsing.codes import is_code
from ..parsing.dates import iso_date
from ..parsing.text import clean, one_line
from ..vocabularies import (
    access_right_for,
    cadde_value,
    cadde_values,
    municipality,
    municipality_named,
    personal_class_for,
)
from . import Mapped
from .ckan_extras import Said, said_by
from .ckan_resources import add_resources
from .draft import Draft, filled, json_or_none, many
from .issues import issue

_VERBATIM = (
    "provenance",
    "orden_kind",
    "orden_sample",
    "orden_license_text",
    "caddec_provider_id",
    "caddec_dataset_id_for_detail",
    "pricing_price_range",
    "pricing_notices_of_price",
    "terms_of_use_notices",
)
_CODED = ("fee", "trading_policy_contract_type", "trading_policy_nda")
_CODE_IN_NAME = re.compile(r"(?:^|[^0-9])(\d{6})(?:[^0-9]|$)")


def dataset(remote: Mapping[str, Any], site_url: str = "") -> Mapped:
    """The dataset that a remote record describes; RecordError where it has neither identifier nor title.

    With the `site_url` of the source the record's own page becomes its landing page, where it names no other.
    """
    guid = clean(remote.get("id")) or clean(remote.get("name"))
    draft, said = Draft(), said_by(remote)
    _identify(draft, remote, guid)
    _describe(draft, remote, said)
    _date(draft, remote, said)
    organization = _organization(remote)
    _people(draft, remote, said, organization)
    _cover(draft, said)
    _use(draft, remote, said)
    _trade(draft, said)
    _place(draft, remote, said, organization)
    add_resources(draft, remote)
    if site_url and clean(remote.get("name")):
        draft.put_url("url", f"{site_url.rstrip('/')}/dataset/{clean(remote.get('name'))}")
    draft.put("modified", _last_change(draft, remote))
    draft.put("identifier", one_line(said.get("identifier")) or guid)
    _keep_unknown(draft, said)
    return Mapped(guid, draft.values, tuple(draft.issues), organization)


def _identify(draft: Draft, remote: Mapping[str, Any], guid: str) -> None:
    title = one_line(remote.get("title"))
    if not guid or not (title or clean(remote.get("name"))):
        raise RecordError(Report((_broken(),), subject=guid))
    draft.put("title", title or clean(remote.get("name")))
    if not title:
        draft.report("record.no_title", "title", remote.get("name"))


def _broken() -> Issue:
    return Issue(
        "record.not_a_dataset",
        "error",
        "id",
        {
            "ja": "識別子または名称がないため、データセットとして読めません。",
            "en": "Without an identifier and a title this is no dataset.",
        },
        {"ja": "配信元のAPIの応答を確かめてください。", "en": "Check what the source's API answers."},
    )


def _describe(draft: Draft, remote: Mapping[str, Any], said: Said) -> None:
    draft.put_text("notes", remote.get("notes"))
    draft.put_text("notes", said.get("notes"))
    draft.put_text("version", remote.get("version"))
    draft.put_url("url", filled(remote.get("url")))
    draft.put_url("url", filled(said.get("landing")))
    draft.add_tags(_names(remote.get("tags"), "name", "display_name"))
    draft.add_themes(many(said.get("theme")))
    draft.add_themes(_names(remote.get("groups"), "title", "display_name", "name"))
    draft.add_languages(said.get("language"))
    draft.put_frequency(said.get("frequency"))
    draft.put_text("orden_frequency_text", said.get("orden_frequency_text"))
    for name in ("conforms_to", "documentation", "applicable_legislation", "alternate_identifier"):
        draft.add(name, many(said.get(name)))


def _names(found: Any, *keys: str) -> list[str]:
    """The names of tags or groups, which are dicts or plain texts."""
    names: list[str] = []
    for item in found if isinstance(found, list) else []:
        if isinstance(item, Mapping):
            if item.get("state", "active") == "active":
                names.append(next((clean(item[name]) for name in keys if item.get(name)), ""))
        else:
            names.append(clean(item))
    return [name for name in names if name]


def _date(draft: Draft, remote: Mapping[str, Any], said: Said) -> None:
    draft.put_stamp("issued", said.get("issued"))
    draft.put_stamp("issued", remote.get("metadata_created"))
    draft.put_stamp("modified", said.get("modified"))


def _last_change(draft: Draft, remote: Mapping[str, Any]) -> str:
    """The newest file's date: the record's own stamp moves with every save, so it comes last."""
    days = [file["modified"] for file in draft.values.get("resources", []) if file.get("modified")]
    stamp = Draft()
    stamp.put_stamp("modified", remote.get("metadata_modified"))
    return max(days, default="") or stamp.values.get("modified", "")


def _organization(remote: Mapping[str, Any]) -> dict[str, str] | None:
    """The owner at the source; a code in its name (270008, t131032) or its title makes it a public body."""
    found = remote.get("organization")
    if not isinstance(found, Mapping) or not clean(found.get("name")):
        return None
    name, title = clean(found.get("name")), one_line(found.get("title")) or clean(found.get("name"))
    code = _code_in(name)
    place = municipality(code) if code else municipality_named(title)
    code = code or (place.code if place else "")
    said = said_by(found)
    kind = clean(found.get("orden_org_kind")) or clean(said.unknown.get("orden_org_kind"))
    return {
        "name": name,
        "title": title,
        "orden_org_kind": kind or ("public" if code else ""),
        "orden_municipality": code,
    }


def _code_in(name: str) -> str:
    match = _CODE_IN_NAME.search(name)
    return match[1] if match and is_code(match[1]) else ""


def _place(draft: Draft, remote: Mapping[str, Any], said: Said, organization: Mapping[str, str] | None) -> None:
    stated = clean(said.get("orden_municipality"))
    if stated and not is_code(stated):
        draft.report("value.unknown", "orden_municipality", stated)
    draft.put("orden_municipality", stated if is_code(stated) else "")
    draft.put("orden_municipality", _code_in(clean(remote.get("name"))))
    draft.put("orden_municipality", (organization or {}).get("orden_municipality"))


def _people(draft: Draft, remote: Mapping[str, Any], said: Said, organization: Mapping[str, str] | None) -> None:
    """Offices that the record publishes; accounts and their owners are never taken over."""
    _agent(draft, "publisher", said, "uri")
    draft.put("publisher", [{"name": organization["title"]}] if organization else [])
    _agent(draft, "creator", said, "url")
    author = one_line(remote.get("author"))
    draft.put("creator", [{"name": author}] if author else [])
    _agent(draft, "contact", said, "url")
    maintainer = {"name": one_line(remote.get("maintainer")), "email": one_line(remote.get("maintainer_email"))}
    draft.put("contact", [named] if (named := {name: text for name, text in maintainer.items() if text}) else [])


def _agent(draft: Draft, name: str, said: Said, address: str) -> None:
    """An agent from a structured field, from CADDE's keys, or from a plain name."""
    stated = said.get(name)
    structured = json_or_none(stated) if isinstance(stated, str) and stated.strip()[:1] in "[{" else stated
    records = structured if isinstance(structured, list) else [structured]
    agents = [dict(record) for record in records if isinstance(record, Mapping)]
    if agents:
        draft.put(name, agents)
        return
    agent = draft.part()
    agent.put("name", one_line(said.get(f"{name}_name")) or one_line(stated if isinstance(stated, str) else ""))
    agent.put("email", one_line(said.get(f"{name}_email")))
    agent.put_url(address, filled(said.get(f"{name}_{address}")))
    draft.put(name, [agent.values] if agent.values else [])


def _cover(draft: Draft, said: Said) -> None:
    place: dict[str, str] = {}
    spatial = said.get("spatial")
    shape = json_or_none(spatial) if isinstance(spatial, str) else spatial
    if isinstance(shape, Mapping) and shape.get("type"):
        place["geom"] = clean(spatial) if isinstance(spatial, str) else ""
    place["text"] = filled(said.get("spatial_text")) or ("" if place.get("geom") else filled(spatial))
    place["uri"] = draft.usable_url("spatial_coverage", filled(said.get("spatial_url")))
    stated = {name: value for name, value in place.items() if value}
    draft.put("spatial_coverage", [stated] if stated else [])
    days = {name: iso_date(said.get(f"temporal_{name}")) for name in ("start", "end")}
    draft.put("temporal_coverage", [span] if (span := {name: day for name, day in days.items() if day}) else [])
    draft.put_period(said.get("temporal"))


def _use(draft: Draft, remote: Mapping[str, Any], said: Said) -> None:
    """Licence, access and personal data: what may be done with the data, and by whom."""
    stated = [
        remote.get("license_id"),
        remote.get("license_url"),
        remote.get("license_title"),
        said.get("license_title"),
    ]
    wordings = [one_line(text) for text in stated if filled(text)]
    if wordings:
        best = next((wording for wording in wordings if Draft().licence_id(wording) not in ("", "OTHER")), wordings[-1])
        draft.put_licence(best)
    access = said.get("accessrights_url") or said.get("access_rights")
    if access:
        found = access_right_for(access)
        draft.put("access_rights", found.iri if found else "")
        if not found:
            draft.report("value.unknown", "access_rights", access)
    personal = said.get("privacy_policy_contains_personal_data")
    if personal:
        known = personal_class_for(personal)
        draft.put("privacy_policy_contains_personal_data", known.value if known else "")
        if not known:
            draft.report("value.unknown", "privacy_policy_contains_personal_data", personal)


def _trade(draft: Draft, said: Said) -> None:
    """CADDE's trading conditions, in CADDE's own written values."""
    for name in _VERBATIM:
        draft.put_text(name, said.get(name))
    draft.put_url("sales_info_url", filled(said.get("sales_info_url")))
    period = said.get("usage_license_period")
    draft.put_text("usage_license_period", period)
    for name in _CODED:
        _put_coded(draft, name, said.get(name))
    uses = [
        cadde_value("trading_policy_use_application", text) or text
        for text in many(said.get("trading_policy_use_application"))
    ]
    draft.put("trading_policy_use_application", ",".join(uses))


def _put_coded(draft: Draft, name: str, text: object) -> None:
    if not filled(text):
        return
    found = cadde_value(name, text)
    if found:
        draft.put(name, found)
    else:
        draft.report("value.unknown", name, f"{clean(text)} ({', '.join(cadde_values(name))})")


def _keep_unknown(draft: Draft, said: Said) -> None:
    """Keys that no schema knows stay as extras, in one order, so that nothing of the source is lost."""
    if said.unknown:
        draft.values["extras"] = [{"key": name, "value": said.unknown[name]} for name in sorted(said.unknown)]
        draft.issues += [issue("extra.kept", name, said.unknown[name]) for name in sorted(said.unknown)]
