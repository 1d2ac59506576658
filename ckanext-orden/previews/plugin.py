"""Previews: what is in a file, on its page."""

from __future__ import annotations

from typing import Any

from ckan import plugins as p
from ckan.plugins import toolkit as tk
from ckan.types import Context

from . import showing, views


@tk.blanket.blueprints([views.blueprint])
@tk.blanket.config_declarations
class OrdenPreviewPlugin(p.SingletonPlugin):
    p.implements(p.IConfigurer)
    p.implements(p.IPackageController, inherit=True)

    def update_config(self, config: Any) -> None:
        tk.add_template_directory(config, "templates")

    def after_dataset_show(self, context: Context, pkg_dict: dict[str, Any]) -> None:
        if context.get("for_view"):
            showing.add(pkg_dict)
