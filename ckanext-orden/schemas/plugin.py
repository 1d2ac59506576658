"""The metadata schema: fields, forms, rules, axes."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from ckan import plugins as p
from ckan.plugins import toolkit as tk
from ckan.types import Context

from .. import config as options
from . import checks, facets, helpers, indexing, licences, rules, uploads, validators
from .addresses import absolute_everywhere


@tk.blanket.actions
@tk.blanket.auth_functions
@tk.blanket.blueprints
@tk.blanket.config_declarations
@tk.blanket.helpers(helpers)
@tk.blanket.validators(validators)
class OrdenSchemaPlugin(p.SingletonPlugin):
    p.implements(p.IConfigurer)
    p.implements(p.IFacets, inherit=True)
    p.implements(p.IPackageController, inherit=True)

    def update_config(self, config: Any) -> None:
        checks.check_plugins(config["ckan.plugins"])
        checks.warn_of_other_schemas(config)
        config["licenses_group_url"] = config.get("licenses_group_url") or licences.file_url()
        tk.add_template_directory(config, "templates")
        tk.add_resource("assets", "orden_schema")

    def dataset_facets(self, facets_dict: OrderedDict[str, Any], package_type: str) -> OrderedDict[str, Any]:
        return facets.with_axes(facets_dict) if package_type == indexing.DATASET else facets_dict

    def organization_facets(
        self, facets_dict: OrderedDict[str, Any], organization_type: str, package_type: str | None
    ) -> OrderedDict[str, Any]:
        return facets.with_axes(facets_dict)

    def group_facets(
        self, facets_dict: OrderedDict[str, Any], group_type: str, package_type: str | None
    ) -> OrderedDict[str, Any]:
        return facets.with_axes(facets_dict)

    def after_dataset_create(self, context: Context, pkg_dict: dict[str, Any]) -> None:
        rules.store_report(context, pkg_dict)
        uploads.store(context, pkg_dict)

    def after_dataset_update(self, context: Context, pkg_dict: dict[str, Any]) -> None:
        rules.store_report(context, pkg_dict)

    def after_dataset_show(self, context: Context, pkg_dict: dict[str, Any]) -> None:
        if pkg_dict.get("type") == indexing.DATASET:
            pkg_dict.update(absolute_everywhere(pkg_dict, options.site_url()))
            pkg_dict[indexing.AXES] = indexing.axes_of(pkg_dict)

    def before_dataset_index(self, pkg_dict: dict[str, Any]) -> dict[str, Any]:
        return indexing.indexed(pkg_dict, options.site_url()) if pkg_dict["type"] == indexing.DATASET else pkg_dict

    def after_dataset_search(self, search_results: dict[str, Any], search_params: dict[str, Any]) -> dict[str, Any]:
        facets.label_values(search_results["search_facets"])
        return {**search_results, "results": absolute_everywhere(search_results["results"], options.site_url())}
