"""Previews: what is in a file, on its page."""

from __future__ import annotations

from typing import Any

from ckan import plugins as p
from ckan.plugins import toolkit as tk

from . import helpers, views


@tk.blanket.blueprints([views.blueprint])
@tk.blanket.config_declarations
@tk.blanket.helpers(helpers)
class OrdenPreviewPlugin(p.SingletonPlugin):
    p.implements(p.IConfigurer)

    def update_config(self, config: Any) -> None:
        tk.add_template_directory(config, "templates")
