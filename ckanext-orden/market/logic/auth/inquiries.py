"""Who may do what with inquiries. What a state allows to which side is `metadata.offers.inquiries.INQUIRY_STEPS`."""

from __future__ import annotations

from typing import Any

from ckan import authz
from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context

from .... import config
from ....metadata.offers.inquiries import INQUIRY_STEPS, Side
from ...inquiries.parties import party
from ...model.inquiries import MarketInquiry
from ...offers.people import person

DataDict = dict[str, Any]


@tk.auth_allow_anonymous_access
def orden_market_inquiry_create(context: Context, data_dict: DataDict) -> AuthResult:
    """Those who may see the offer and its dataset; people without an account where the site lets them."""
    if not context.get("user") and not config.market_anonymous_inquiries():
        return {"success": False, "msg": tk._("Log in to send an inquiry")}
    if data_dict.get("offer"):
        seen = authz.is_authorized("orden_market_offer_show", context, {"id": data_dict["offer"]})
        if not seen.get("success"):
            return seen
    return authz.is_authorized("package_show", context, {"id": tk.get_or_bust(data_dict, "dataset")})


@tk.auth_allow_anonymous_access
def orden_market_inquiry_confirm(context: Context, data_dict: DataDict) -> AuthResult:
    """Who has the key of the link."""
    return _may(context, data_dict, "confirm")


@tk.auth_allow_anonymous_access
def orden_market_inquiry_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Both sides."""
    return _answer(bool(_sides(context, data_dict)))


@tk.auth_allow_anonymous_access
def orden_market_inquiry_ask(context: Context, data_dict: DataDict) -> AuthResult:
    """Who has asked."""
    return _may(context, data_dict, "ask")


def orden_market_inquiry_answer(context: Context, data_dict: DataDict) -> AuthResult:
    """Editors and admins of the provider."""
    return _may(context, data_dict, "answer")


def orden_market_inquiry_agree(context: Context, data_dict: DataDict) -> AuthResult:
    """Editors and admins of the provider."""
    return _may(context, data_dict, "agree")


@tk.auth_allow_anonymous_access
def orden_market_inquiry_close(context: Context, data_dict: DataDict) -> AuthResult:
    """Both sides."""
    return _may(context, data_dict, "close")


@tk.auth_allow_anonymous_access
def orden_market_inquiry_link_create(context: Context, data_dict: DataDict) -> AuthResult:
    """Everybody: the link goes to the address that is known, and to no other."""
    return {"success": True}


def orden_market_inquiry_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Everybody with an account what they sent; editors and admins what their organisation received."""
    organization = data_dict.get("organization")
    if not organization:
        return {"success": True}
    group = tk.get_action("organization_show")(
        {"ignore_auth": True, "user": ""}, {"id": organization, "include_users": False}
    )
    return _answer(bool(person(context.get("user"), group["id"]).roles & {"editor", "admin"}))


def _may(context: Context, data_dict: DataDict, action: str) -> AuthResult:
    named = {side for step in INQUIRY_STEPS if step.action == action for side in step.sides}
    return _answer(bool(named & _sides(context, data_dict)))


def _sides(context: Context, data_dict: DataDict) -> frozenset[Side]:
    row = MarketInquiry.get(tk.get_or_bust(data_dict, "id"))
    if row is None:
        raise tk.ObjectNotFound(tk._("Inquiry not found"))
    return party(row, context.get("user"), str(data_dict.get("key") or "")).sides


def _answer(allowed: bool) -> AuthResult:
    return {"success": True} if allowed else {"success": False, "msg": tk._("You may not do this with the inquiry")}
