"""Harvesting: sources in several protocols, one engine, nothing deleted on a doubt."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan import plugins as p
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ..schedule import MINUTE
from . import cli, helpers, keys, log_filter, views
from .logic import action, auth, secrets
from .operations import minute, probes
from .operations import views as operations
from .ownership import noticing
from .ownership import views as edits
from .planning import approval, plan_views, schedule


@tk.blanket.actions(action)
@tk.blanket.auth_functions(auth)
@tk.blanket.blueprints([views.blueprint, plan_views.blueprint, operations.blueprint, probes.blueprint, edits.blueprint])
@tk.blanket.cli(cli)
@tk.blanket.config_declarations
@tk.blanket.helpers(helpers)
class OrdenHarvestPlugin(p.SingletonPlugin):
    """The room's doors; each protocol is a plugin of its own."""

    p.implements(p.IConfigurer)
    p.implements(p.IConfigurable)
    p.implements(p.IPackageController, inherit=True)
    p.implements(p.ISignal)

    def get_signal_subscriptions(self) -> dict[Any, list[Any]]:
        return {MINUTE: [schedule.each_minute, minute.each_minute]}

    def update_config(self, config: Any) -> None:
        tk.add_template_directory(config, "templates")
        tk.add_resource("assets", "orden_harvest")

    def configure(self, config: Any) -> None:
        log_filter.attach()

    def after_dataset_create(self, context: Context, pkg_dict: dict[str, Any]) -> None:
        if secrets.is_source(pkg_dict):
            approval.begin(context, pkg_dict)

    def before_dataset_index(self, pkg_dict: dict[str, Any]) -> dict[str, Any]:
        return secrets.indexable(pkg_dict) if secrets.is_source(pkg_dict) else pkg_dict

    def after_dataset_update(self, context: Any, pkg_dict: dict[str, Any]) -> None:
        keys.follow(pkg_dict["id"])
        noticing.notice(context, pkg_dict["id"])

    def after_dataset_delete(self, context: Any, pkg_dict: dict[str, Any]) -> None:
        if package := model.Package.get(pkg_dict["id"]):  # or its name
            keys.forget(package.id)
            noticing.deletion(context, package)
