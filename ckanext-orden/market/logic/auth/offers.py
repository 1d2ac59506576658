"""Who may do what with offers. What a state allows to whom is `metadata.offers.TRANSITIONS`."""

from __future__ import annotations

from typing import Any

from ckan import authz, model
from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context

from ....clock import local_date
from ....metadata.offers import TRANSITIONS, Role
from ...model.offers import MarketOffer
from ...offers.people import is_for, person, works

DataDict = dict[str, Any]


def orden_market_offer_validate(context: Context, data_dict: DataDict) -> AuthResult:
    """Those who may write datasets, and reviewers."""
    return orden_market_offer_list(context, data_dict)


def orden_market_offer_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Those who may write datasets, and reviewers; each sees their own."""
    return _answer(works(context.get("user")))


def orden_market_offer_create(context: Context, data_dict: DataDict) -> AuthResult:
    """Those who may change the dataset."""
    return authz.is_authorized("package_update", context, {"id": tk.get_or_bust(data_dict, "dataset")})


def orden_market_offer_read(context: Context, data_dict: DataDict) -> AuthResult:
    """Those who may change the dataset."""
    return orden_market_offer_create(context, data_dict)


def orden_market_offer_update(context: Context, data_dict: DataDict) -> AuthResult:
    """Those whom the table of steps names for `edit`."""
    return _may(context, data_dict, "edit")


def orden_market_offer_revise(context: Context, data_dict: DataDict) -> AuthResult:
    """Those whom the table of steps names for `edit`."""
    return _may(context, data_dict, "edit")


def orden_market_offer_submit(context: Context, data_dict: DataDict) -> AuthResult:
    """Those whom the table of steps names."""
    return _may(context, data_dict, "submit")


def orden_market_offer_recall(context: Context, data_dict: DataDict) -> AuthResult:
    """Those whom the table of steps names."""
    return _may(context, data_dict, "recall")


def orden_market_offer_return(context: Context, data_dict: DataDict) -> AuthResult:
    """Those whom the table of steps names."""
    return _may(context, data_dict, "return")


def orden_market_offer_publish(context: Context, data_dict: DataDict) -> AuthResult:
    """Those whom the table of steps names."""
    return _may(context, data_dict, "publish")


def orden_market_offer_suspend(context: Context, data_dict: DataDict) -> AuthResult:
    """Those whom the table of steps names."""
    return _may(context, data_dict, "suspend")


def orden_market_offer_resume(context: Context, data_dict: DataDict) -> AuthResult:
    """Those whom the table of steps names."""
    return _may(context, data_dict, "resume")


def orden_market_offer_discard(context: Context, data_dict: DataDict) -> AuthResult:
    """Those whom the table of steps names."""
    return _may(context, data_dict, "discard")


def orden_market_offer_withdraw(context: Context, data_dict: DataDict) -> AuthResult:
    """Those whom the table of steps names."""
    return _may(context, data_dict, "withdraw")


@tk.auth_allow_anonymous_access
def orden_market_offer_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Those who may see the dataset, what stands; the seller's people and reviewers, everything."""
    row = _row(data_dict)
    if _roles(context, row):
        return {"success": True}
    seen = authz.is_authorized("package_show", context, {"id": row.package_id})
    if not seen.get("success") or not row.stands_on(local_date()):
        return _answer(False)
    return _answer(is_for(row.content, context.get("user")))


def orden_market_offer_history(context: Context, data_dict: DataDict) -> AuthResult:
    """The seller's people and reviewers."""
    return _answer(bool(_roles(context, _row(data_dict))))


def _may(context: Context, data_dict: DataDict, action: str) -> AuthResult:
    named = {role for step in TRANSITIONS if step.action == action for role in step.roles}
    return _answer(bool(named & _roles(context, _row(data_dict))))


def _roles(context: Context, row: MarketOffer) -> frozenset[Role]:
    package = model.Package.get(row.package_id)
    return person(context.get("user"), package.owner_org if package else None, row.package_id).roles


def _row(data_dict: DataDict) -> MarketOffer:
    row = MarketOffer.get(tk.get_or_bust(data_dict, "id"))
    if row is None:
        raise tk.ObjectNotFound(tk._("Offer not found"))
    return row


def _answer(allowed: bool) -> AuthResult:
    return {"success": True} if allowed else {"success": False, "msg": tk._("You may not do this with the offer")}
