"""From a CKAN v3 package dict, in the habits of BODIK, Tokyo, e-Gov and CADDE, to a dataset of our schema."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ...errors import RecordError
from ...types import Issue, Report
from ..fields import OWN
from ..parsing.codes import is_code
from ..parsing.text import clean, one_line
from ..vocabularies import municipality, municipality_named
from . import Mapped
from .ckan_conditions import put_conditions
from .ckan_extras import Said, said_by
from .ckan_public import is_private
from .ckan_records import put_agent, put_records
from .ckan_resources import add_resources
from .draft import Draft, filled, many
from .issues import issue

_VERBATIM = (
    "version_notes",
    "provenance",
    "dcat_type",
    "uri",
    *sorted(OWN - {"orden_municipality"}),
)
"""Fields that are taken over as they are."""
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CODE_IN_NAME = re.compile(r"(?:^|[^0-9])(\d{6})(?:[^0-9]|$)")


def dataset(remote: Mapping[str, Any], site_url: str = "") -> Mapped:
    """The dataset that a remote record describes; RecordError where it has neither identifier nor title.

    What is private at the source is private here. With the `site_url` of the source the record's own page becomes its
    landing page, where it names no other.
    """
    guid = clean(remote.get("id")) or clean(remote.get("name"))
    draft, said = Draft(), said_by(remote)
    _identify(draft, remote, guid)
    _describe(draft, remote, said)
    _date(draft, remote, said)
    organization = _organization(remote)
    _people(draft, remote, said, organization)
    put_records(draft, said)
    put_conditions(draft, remote, said)
    _place(draft, remote, said, organization)
    add_resources(draft, remote)
    if site_url and clean(remote.get("name")):
        draft.put_url("url", f"{site_url.rstrip('/')}/dataset/{clean(remote.get('name'))}")
    draft.put("modified", _last_change(draft, remote))
    draft.put("identifier", one_line(said.get("identifier")) or guid)
    draft.put("private", is_private(remote) or None)
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
    for name in _VERBATIM:
        draft.put_text(name, said.get(name))
    groups = sorted(_names(remote.get("groups"), "title", "display_name", "name"))
    draft.put_categories([*many(said.get("theme")), *groups])
    draft.add_languages(said.get("language"))
    draft.put_frequency(said.get("frequency"))
    for name in ("homepage", "vocabulary"):
        draft.put_url(name, filled(said.get(name)))


def _names(found: Any, *keys: str) -> list[str]:
    """The names of tags or groups, which are dicts or plain texts; an id names nothing."""
    names: list[str] = []
    for item in found if isinstance(found, list) else []:
        if isinstance(item, Mapping):
            if item.get("state", "active") == "active":
                names.append(next((clean(item[name]) for name in keys if item.get(name)), ""))
        else:
            names.append(clean(item))
    return [name for name in names if name and not _ID.fullmatch(name)]


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
    put_agent(draft, "publisher", said, "uri")
    draft.put("publisher", [{"name": organization["title"]}] if organization else [])
    put_agent(draft, "creator", said, "url")
    author = one_line(remote.get("author"))
    draft.put("creator", [{"name": author}] if author else [])
    put_agent(draft, "contact", said, "url")
    maintainer = draft.part()
    maintainer.put("name", one_line(remote.get("maintainer")))
    maintainer.put_mail("email", remote.get("maintainer_email"))
    draft.put("contact", [maintainer.values] if maintainer.values else [])


def _keep_unknown(draft: Draft, said: Said) -> None:
    """Keys that no schema knows stay as extras, in one order, so that nothing of the source is lost."""
    if said.unknown:
        draft.values["extras"] = [{"key": name, "value": said.unknown[name]} for name in sorted(said.unknown)]
        draft.issues += [issue("extra.kept", name, said.unknown[name]) for name in sorted(said.unknown)]
