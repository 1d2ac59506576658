"""Tables: which standard dataset a file is, what is wrong in it, what its columns mean."""

from __future__ import annotations

from typing import Any

from ckan import plugins as p
from ckan.plugins import toolkit as tk
from ckan.types import Context
from flask import has_request_context

from ..metadata.tables import summary
from . import backgrounds, cli, helpers, jobs, leaflet, showing, views
from .logic import action, auth


@tk.blanket.actions(action)
@tk.blanket.auth_functions(auth)
@tk.blanket.blueprints([views.blueprint])
@tk.blanket.cli(cli)
@tk.blanket.config_declarations
@tk.blanket.helpers(helpers)
class OrdenTablePlugin(p.SingletonPlugin):
    p.implements(p.IConfigurer)
    p.implements(p.IConfigurable)
    p.implements(p.IPackageController, inherit=True)

    def update_config(self, config: Any) -> None:
        tk.add_template_directory(config, "templates")
        tk.add_resource("assets", "orden_table")
        leaflet.register()

    def configure(self, config: Any) -> None:
        backgrounds.tiles()  # a site with tiles that cannot be used does not start
        jobs.listen()

    def after_dataset_create(self, context: Context, pkg_dict: dict[str, Any]) -> None:
        jobs.remember(pkg_dict)

    def after_dataset_update(self, context: Context, pkg_dict: dict[str, Any]) -> None:
        jobs.remember(pkg_dict)

    def after_dataset_show(self, context: Context, pkg_dict: dict[str, Any]) -> None:
        summary.withdraw(pkg_dict)
        editing = context.get("for_update") or context.get("for_edit")
        showing.add(pkg_dict, conforming=not editing)
        if has_request_context() and context.get("for_view") and not editing:
            showing.add_for_page(pkg_dict, str((tk.request.view_args or {}).get("resource_id") or ""))
