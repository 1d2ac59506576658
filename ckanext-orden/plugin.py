"""The front door: what every orden site has, whatever rooms are on."""

from __future__ import annotations

from typing import Any

from ckan import plugins as p
from ckan.lib.plugins import DefaultTranslation
from ckan.plugins import toolkit as tk
from flask import Flask

from . import guards
from .helpers import facets
from .helpers.marks import remember_marks
from .helpers.match import remember_match
from .helpers.organizations import remember_figures
from .helpers.related import remember_related
from .schedule import MINUTE
from .search import documents, query, upkeep
from .search.suggesting import values
from .search.words import own_words
from .search_log import keeping, visits


@tk.blanket.actions
@tk.blanket.auth_functions
@tk.blanket.blueprints
@tk.blanket.cli
@tk.blanket.config_declarations
@tk.blanket.helpers
class OrdenPlugin(p.SingletonPlugin, DefaultTranslation):
    p.implements(p.IConfigurer)
    p.implements(p.IFacets, inherit=True)
    p.implements(p.IMiddleware, inherit=True)
    p.implements(p.INotifier, inherit=True)
    p.implements(p.IPackageController, inherit=True)
    p.implements(p.ISignal)
    p.implements(p.ITranslation)

    def update_config(self, config: Any) -> None:
        guards.keep_remember_cookie_home(config)
        guards.keep_avatars_home(config)
        tk.add_template_directory(config, "templates")
        tk.add_public_directory(config, "public")
        tk.add_resource("assets", "orden")

    def make_middleware(self, app: Flask, config: Any) -> Flask:
        return guards.guard_csrf(app)

    def notify_recipient(self, already_notified: bool, recipient_name: str, recipient_email: str, *mail: Any) -> bool:
        return already_notified or guards.send_mail((recipient_name, recipient_email), *mail)

    def before_dataset_index(self, pkg_dict: dict[str, Any]) -> dict[str, Any]:
        return values.indexed(upkeep.indexed(facets.indexed(documents.indexed(pkg_dict))))

    def before_dataset_search(self, search_params: dict[str, Any]) -> dict[str, Any]:
        return {**search_params, **query.parameters(search_params, own_words.variants)}

    def dataset_facets(self, facets_dict: dict[str, str], package_type: str) -> dict[str, str]:
        return facets.titled(facets_dict) if package_type == "dataset" else facets_dict

    def organization_facets(
        self, facets_dict: dict[str, str], organization_type: str, package_type: str | None
    ) -> dict[str, str]:
        return facets.titled(facets_dict)

    def get_signal_subscriptions(self) -> dict[Any, list[Any]]:
        return {
            tk.signals.action_succeeded: [
                remember_match,
                remember_marks,
                remember_related,
                remember_figures,
                visits.remember_outcome,
            ],
            MINUTE: [keeping.each_minute],
        }
