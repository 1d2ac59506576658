"""How much comes from one place or account and about one dataset; of an address only a mark is kept, for two days."""

from __future__ import annotations

from ckan.plugins import toolkit as tk
from flask import has_request_context

from .. import config
from ..correspondence.keys import fingerprint
from ..limiting import network, used_up_today


def of_sender(user_id: str | None) -> None:
    """Counts what an account, or a network without one, sends; a command of the site is free."""
    if user_id or has_request_context():
        _count(f"sender:{fingerprint(user_id or network())}", config.feedback_limits())


def of_dataset(package_id: str) -> None:
    """Counts what is told of a dataset."""
    _count(f"dataset:{package_id}", config.feedback_dataset_limits())


def _count(what: str, limits: tuple[int, int]) -> None:
    if wait := used_up_today(f"feedback:{what}", limits):
        said = tk._("Too much has been sent for now. Try again in {n} minutes; what you wrote is still in the form.")
        raise tk.ValidationError({"limit": [said.format(n=-(-wait // 60))]})
