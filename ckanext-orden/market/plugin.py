"""The market: offers of data, from the first draft to their end."""

from __future__ import annotations

from typing import Any

from ckan import plugins as p
from ckan.plugins import toolkit as tk
from ckan.types import Context, SignalMapping

from ..schedule import MINUTE
from . import published
from .logic import action, auth
from .offers import expiry


@tk.blanket.actions(action)
@tk.blanket.auth_functions(auth)
@tk.blanket.config_declarations
class OrdenMarketPlugin(p.SingletonPlugin):
    p.implements(p.IPackageController, inherit=True)
    p.implements(p.ISignal)

    def get_signal_subscriptions(self) -> SignalMapping:
        return {MINUTE: [expiry.each_minute]}

    def after_dataset_show(self, context: Context, pkg_dict: dict[str, Any]) -> None:
        pkg_dict.pop(published.MARKET, None)
        if pkg_dict.get("type") == published.DATASET and not context.get("for_update"):
            published.add(pkg_dict)
