"""The front door: what every orden site has, whatever rooms are on."""

from __future__ import annotations

from typing import Any

from ckan import plugins as p
from ckan.plugins import toolkit as tk
from flask import Flask

from . import guards
from .logic import search


@tk.blanket.actions
@tk.blanket.auth_functions
@tk.blanket.cli
@tk.blanket.config_declarations
class OrdenPlugin(p.SingletonPlugin):
    p.implements(p.IConfigurer)
    p.implements(p.IMiddleware, inherit=True)
    p.implements(p.INotifier, inherit=True)
    p.implements(p.IPackageController, inherit=True)

    def update_config(self, config: Any) -> None:
        guards.keep_remember_cookie_home(config)

    def make_middleware(self, app: Flask, config: Any) -> Flask:
        return guards.guard_csrf(app)

    def notify_recipient(self, already_notified: bool, recipient_name: str, recipient_email: str, *mail: Any) -> bool:
        return already_notified or guards.send_mail((recipient_name, recipient_email), *mail)

    def before_dataset_index(self, pkg_dict: dict[str, Any]) -> dict[str, Any]:
        return search.indexed(pkg_dict)

    def before_dataset_search(self, search_params: dict[str, Any]) -> dict[str, Any]:
        return {**search_params, **search.parameters(search_params)}
