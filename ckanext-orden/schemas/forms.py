"""What CKAN's own form sends, as people in Japan write it."""

from __future__ import annotations

from typing import Any

from ..metadata.parsing.text import split_list


def keywords_apart(data_dict: dict[str, Any]) -> None:
    """Separates keywords at 、 too, where CKAN, which knows the comma only, finds one word with a wrong character."""
    text = data_dict.get("tag_string")
    if not isinstance(text, str) or not text:
        return
    cut_by_ckan = {part.strip() for part in text.split(",")}
    tags = data_dict.get("tags")
    if isinstance(tags, list):
        data_dict["tags"] = [tag for tag in tags if not isinstance(tag, dict) or tag.get("name") not in cut_by_ckan]
    data_dict["tag_string"] = ",".join(split_list(text))
