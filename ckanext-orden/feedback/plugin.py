"""Feedback on datasets: told by visitors, answered by providers."""

from __future__ import annotations

from typing import Any

from ckan import plugins as p
from ckan.plugins import toolkit as tk
from ckan.types import Context, SignalMapping

from ..schedule import MINUTE
from . import cli, finding, helpers, minute, views
from .logic import action, auth


@tk.blanket.actions(action)
@tk.blanket.auth_functions(auth)
@tk.blanket.blueprints([views.blueprint, views.operators])
@tk.blanket.cli(cli)
@tk.blanket.config_declarations
@tk.blanket.helpers(helpers)
class OrdenFeedbackPlugin(p.SingletonPlugin):
    p.implements(p.IConfigurer)
    p.implements(p.IPackageController, inherit=True)
    p.implements(p.ISignal)

    def update_config(self, config: Any) -> None:
        tk.add_template_directory(config, "templates")

    def after_dataset_show(self, context: Context, pkg_dict: dict[str, Any]) -> None:
        if context.get("for_view"):
            finding.add(pkg_dict)

    def get_signal_subscriptions(self) -> SignalMapping:
        return {MINUTE: [minute.each_minute]}
