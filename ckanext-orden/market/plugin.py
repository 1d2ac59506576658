"""The market: offers of data, from the first draft to their end."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from ckan import plugins as p
from ckan.plugins import toolkit as tk
from ckan.types import Context, SignalMapping

from ..schedule import MINUTE
from . import cli, facets, helpers, jobs, published
from .inquiries import minute
from .logic import action, auth
from .offers import expiry
from .views import desk, inquiries, links, markets, offers


@tk.blanket.actions(action)
@tk.blanket.auth_functions(auth)
@tk.blanket.blueprints(
    [
        offers.orden_market,
        desk.blueprint,
        inquiries.blueprint,
        links.orden_market_go,
        markets.orden_market_markets,
    ]
)
@tk.blanket.cli(cli)
@tk.blanket.config_declarations
@tk.blanket.helpers(helpers)
class OrdenMarketPlugin(p.SingletonPlugin):
    p.implements(p.IFacets, inherit=True)
    p.implements(p.IConfigurer)
    p.implements(p.IPackageController, inherit=True)
    p.implements(p.ISignal)

    def update_config(self, config: Any) -> None:
        tk.add_template_directory(config, "templates")
        tk.add_resource("assets", "orden_market")

    def get_signal_subscriptions(self) -> SignalMapping:
        return {MINUTE: [expiry.each_minute, jobs.each_minute, minute.each_minute]}

    def after_dataset_show(self, context: Context, pkg_dict: dict[str, Any]) -> None:
        published.show(pkg_dict, editing=bool(context.get("for_update") or context.get("for_edit")))

    def before_dataset_index(self, pkg_dict: dict[str, Any]) -> dict[str, Any]:
        return published.indexed(pkg_dict) if pkg_dict["type"] == published.DATASET else pkg_dict

    def after_dataset_search(self, search_results: dict[str, Any], search_params: dict[str, Any]) -> dict[str, Any]:
        facets.label_values(search_results["search_facets"])
        return search_results

    def dataset_facets(self, facets_dict: OrderedDict[str, Any], package_type: str) -> OrderedDict[str, Any]:
        return facets.with_offers(facets_dict) if package_type == published.DATASET else facets_dict

    def organization_facets(
        self, facets_dict: OrderedDict[str, Any], organization_type: str, package_type: str | None
    ) -> OrderedDict[str, Any]:
        return facets.with_offers(facets_dict)

    def group_facets(
        self, facets_dict: OrderedDict[str, Any], group_type: str, package_type: str | None
    ) -> OrderedDict[str, Any]:
        return facets.with_offers(facets_dict)
