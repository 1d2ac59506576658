"""Use: how often datasets are read and taken, and the statistics of the catalogue."""

from __future__ import annotations

from typing import Any

from ckan import plugins as p
from ckan.plugins import toolkit as tk
from ckan.types import Context

from .. import config as options
from ..schedule import MINUTE
from . import keeping, plan, showing, views
from .logic import action, auth


@tk.blanket.actions(action)
@tk.blanket.auth_functions(auth)
@tk.blanket.blueprints([views.orden_use])
@tk.blanket.config_declarations
class OrdenUsePlugin(p.SingletonPlugin):
    p.implements(p.IConfigurer)
    p.implements(p.IConfigurable)
    p.implements(p.IPackageController, inherit=True)
    p.implements(p.ISignal)

    def update_config(self, config: Any) -> None:
        tk.add_template_directory(config, "templates")

    def configure(self, config: Any) -> None:
        plan.targets(options.use_plan())

    def after_dataset_show(self, context: Context, pkg_dict: dict[str, Any]) -> None:
        if context.get("for_view"):
            showing.add(pkg_dict)

    def get_signal_subscriptions(self) -> dict[Any, list[Any]]:
        return {MINUTE: [keeping.each_minute]}
