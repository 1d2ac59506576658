"""Who may look for offers: everybody who may look for datasets; each finds what they may see."""

from __future__ import annotations

from typing import Any

from ckan import authz
from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context


@tk.auth_allow_anonymous_access
def orden_market_offer_search(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Those who may search the catalogue."""
    return authz.is_authorized("package_search", context, {})
