"""Portable addresses on their way out: every answer shows them absolute, whatever schema it was made with."""

from __future__ import annotations

from typing import Any

from ..metadata.addresses import SITE

_QUOTED = f'"{SITE}'


def absolute_everywhere(value: Any, site_url: str) -> Any:
    """A dict or list in which every portable address works from anywhere, also inside JSON texts.

    Only what holds any is copied: a page of results has thousands of values.
    """
    if isinstance(value, str):
        return _absolute(value, site_url)
    if not isinstance(value, (list, dict)) or SITE not in repr(value):
        return value
    if isinstance(value, list):
        return [absolute_everywhere(item, site_url) for item in value]
    return {key: absolute_everywhere(item, site_url) for key, item in value.items()}


def portable_json(text: str, site_url: str) -> str:
    """JSON in which the site's own addresses are portable, so that an index outlives a moved host or port."""
    return text.replace(f'"{site_url}/', _QUOTED)


def _absolute(text: str, site_url: str) -> str:
    if text.startswith(SITE):
        return site_url + "/" + text.removeprefix(SITE)
    if text[:1] in ("[", "{") and _QUOTED in text:
        return text.replace(_QUOTED, f'"{site_url}/')
    return text
