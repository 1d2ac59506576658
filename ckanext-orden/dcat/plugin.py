"""The room of DCAT: what we publish, and the check of what others do."""

from __future__ import annotations

from typing import Any

from ckan import plugins as p
from ckan.plugins import toolkit as tk
from ckanext.dcat.interfaces import IDCATURIGenerator
from ckanext.dcat.utils import catalog_uri

from ..schedule import MINUTE
from . import checks, jobs, uris

PROFILES, STOCK, PROFILE = "ckanext.dcat.rdf.profiles", "euro_dcat_ap_3", "orden_dcat"


@tk.blanket.actions
@tk.blanket.auth_functions
@tk.blanket.blueprints
@tk.blanket.cli
@tk.blanket.config_declarations
@tk.blanket.helpers
class OrdenDcatPlugin(p.SingletonPlugin):
    p.implements(p.IConfigurable, inherit=True)
    p.implements(p.IConfigurer)
    p.implements(p.ISignal)
    p.implements(IDCATURIGenerator, inherit=True)

    def get_signal_subscriptions(self) -> dict[Any, list[Any]]:
        return {MINUTE: [jobs.each_minute]}

    def configure(self, config: Any) -> None:
        checks.load_shapes()

    def update_config(self, config: Any) -> None:
        config[PROFILES] = PROFILE if config.get(PROFILES) in (None, "", STOCK) else config[PROFILES]
        tk.add_template_directory(config, "templates")

    def dataset_uri(self, dataset_dict: dict[str, Any], default_uri: str) -> str:
        return uris.dataset_uri(catalog_uri(), dataset_dict, default_uri)

    def resource_uri(self, resource_dict: dict[str, Any], default_uri: str) -> str:
        return uris.resource_uri(catalog_uri(), resource_dict, default_uri)
