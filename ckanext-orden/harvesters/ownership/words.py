"""How fields and their values are called on pages, by the catalogue's own schema where there is one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk

from ...helpers import orden_language, orden_text
from ...types import Text

LABELS: Mapping[str, Text] = {
    "": {"ja": "ファイル全体", "en": "Whole file"},
    "extras": {"ja": "その他の項目", "en": "Further fields"},
    "private": {"ja": "公開・非公開", "en": "Visibility"},
    "state": {"ja": "状態", "en": "State"},
    "tags": {"ja": "キーワード", "en": "Keywords"},
}
DID: Mapping[str, Text] = {
    "changed": {"ja": "変更", "en": "changed"},
    "added": {"ja": "追加", "en": "added"},
    "removed": {"ja": "削除", "en": "removed"},
}
_VALUES: Mapping[tuple[str, str], Text] = {
    ("private", "True"): {"ja": "非公開", "en": "Private"},
    ("private", "False"): {"ja": "公開", "en": "Public"},
    ("state", "active"): {"ja": "公開中", "en": "Active"},
    ("state", "deleted"): {"ja": "削除済み", "en": "Deleted"},
}


def label(file: str, field: str) -> Text:
    """The name of a field in both languages; no field is a whole file."""
    if field in LABELS:
        return LABELS[field]
    found = _field(file, field).get("label") or field
    return found if isinstance(found, dict) else {"ja": found, "en": found}


def value(file: str, field: str, content: Any) -> str:
    """A value as a person reads it, in the language of the page."""
    if not field:
        return str((content or {}).get("url") or "")
    if (field, str(content)) in _VALUES:
        return orden_text(_VALUES[field, str(content)])
    if field == "owner_org":
        owner = model.Group.get(content) if content else None
        return owner.display_name if owner else str(content or "")
    if field == "tags":
        return _joined(tag["name"] for tag in content or ())
    if field == "extras":
        return _joined(f"{extra['key']}: {extra['value']}" for extra in content or ())
    return _text(content, _choices(_field(file, field)))


def _text(content: Any, choices: Mapping[str, str]) -> str:
    if isinstance(content, Mapping):
        return " / ".join(filter(None, (_text(item, choices) for item in content.values())))
    if isinstance(content, (list, tuple)):
        return _joined(_text(item, choices) for item in content)
    return "" if content is None else choices.get(str(content), str(content))


def _joined(texts: Any) -> str:
    return ("、" if orden_language() == "ja" else ", ").join(filter(None, texts))


def _field(file: str, name: str) -> dict[str, Any]:
    """The field of the catalogue's schema; none where scheming is off."""
    try:
        schema = tk.h.scheming_get_dataset_schema("dataset") or {}
    except tk.HelperError:
        return {}
    fields = schema.get("resource_fields" if file else "dataset_fields", ())
    return next((field for field in fields if field["field_name"] == name), {})


def _choices(field: dict[str, Any]) -> dict[str, str]:
    if not field.get("choices") and not field.get("choices_helper"):
        return {}
    return {str(choice["value"]): orden_text(choice["label"]) for choice in tk.h.scheming_field_choices(field) or ()}
