"""Saved searches: kept in a list, and told of by mail."""

from __future__ import annotations

from typing import Any

from ckan import plugins as p
from ckan.plugins import toolkit as tk
from ckan.types import SignalMapping

from ..schedule import MINUTE
from . import cli, helpers, jobs, views
from .logic import action, auth


@tk.blanket.actions(action)
@tk.blanket.auth_functions(auth)
@tk.blanket.blueprints([views.blueprint])
@tk.blanket.cli(cli)
@tk.blanket.config_declarations
@tk.blanket.helpers(helpers)
class OrdenSavedSearchPlugin(p.SingletonPlugin):
    p.implements(p.IConfigurer)
    p.implements(p.ISignal)

    def update_config(self, config: Any) -> None:
        tk.add_template_directory(config, "templates")

    def get_signal_subscriptions(self) -> SignalMapping:
        return {MINUTE: [jobs.each_minute]}
