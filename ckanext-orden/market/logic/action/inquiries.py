"""Inquiries: sent, confirmed, answered, agreed on, closed, listed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ....helpers.languages import readers_language
from ....metadata.offers.inquiry_texts import inquiry_problems
from ....metadata.offers.problems import problem
from ....types import Issue
from ...errors import Refused
from ...inquiries import finding, keys, limits, mails, parties, showing, writing
from ...model.inquiries import MarketInquiry
from ...model.offers import MarketOffer
from ..answers import errors_of, valid
from ..schema import inquiries as schema

DataDict = dict[str, Any]

_KNOWN = ("purpose", "text")
_UNKNOWN = ("name", "mail", *_KNOWN)
"""What must be written by somebody with an account, and by somebody without one."""


def orden_market_inquiry_create(context: Context, data_dict: DataDict) -> DataDict:
    """Ask the provider of an offer. Without an account nothing reaches the provider before the mail is confirmed.

    :param offer: the id of the offer; or
    :param dataset: the id or name of a dataset
    :param purpose: what the data is wanted for
    :param text: the message
    :param affiliation: for whom (optional)
    :param name: of somebody without an account
    :param mail: of somebody without an account
    :param share_mail: whether the provider may read the address (default: false)
    :param stamp: of the form; people without an account send it
    :param language: ja or en, of the mails (default: that of the request)
    :returns: `id` and `state`; to somebody with an account the whole inquiry
    """
    data = valid(context, data_dict, schema.create())
    user = _user(context)
    _refuse(_problems(data, user is not None))
    offer = MarketOffer.get(data["offer"]) if data["offer"] else None
    data["dataset"] = offer.package_id if offer else data["dataset"]
    tk.check_access("orden_market_inquiry_create", context, data)
    _refuse(_closed_form(offer))
    package = model.Package.get(data["dataset"])
    if package is None or not package.owner_org:
        raise tk.ObjectNotFound(tk._("Dataset not found"))
    asked = _asked(data, package, offer, user)
    row = _done(lambda: writing.create(asked))
    if user is None:
        return {"id": row.id, "state": row.state}
    return showing.whole(row, parties.party(row, user.name))


def orden_market_inquiry_confirm(context: Context, data_dict: DataDict) -> DataDict:
    """Confirm the mail address with the key of the link; now the inquiry reaches the provider.

    :param id: the inquiry's id
    :param key: the key of the link
    """
    return _step(context, data_dict, "confirm")


def orden_market_inquiry_ask(context: Context, data_dict: DataDict) -> DataDict:
    """Write to the provider again.

    :param id: the inquiry's id
    :param text: the message
    :param key: the key of the link, for somebody without an account
    """
    return _step(context, data_dict, "ask")


def orden_market_inquiry_answer(context: Context, data_dict: DataDict) -> DataDict:
    """Answer as the provider.

    :param id: the inquiry's id
    :param text: the message
    :param share_mail: true gives the buyer the address of the caller's account (default: false)
    """
    return _step(context, data_dict, "answer")


def orden_market_inquiry_agree(context: Context, data_dict: DataDict) -> DataDict:
    """Note as the provider that both sides have agreed; the contract itself is made outside of the site.

    :param id: the inquiry's id
    :param text: a message (optional)
    """
    return _step(context, data_dict, "agree")


def orden_market_inquiry_close(context: Context, data_dict: DataDict) -> DataDict:
    """End the thread.

    :param id: the inquiry's id
    :param reason: why; the other side reads it
    :param key: the key of the link, for somebody without an account
    """
    return _step(context, data_dict, "close")


@tk.side_effect_free
def orden_market_inquiry_show(context: Context, data_dict: DataDict) -> DataDict:
    """A thread, as the caller's side may read it.

    :param id: the inquiry's id
    :param key: the key of the link, for somebody without an account
    """
    data = valid(context, data_dict, schema.show())
    tk.check_access("orden_market_inquiry_show", context, data)
    row = _row(data)
    return showing.whole(row, parties.party(row, context.get("user"), data["key"]))


@tk.side_effect_free
def orden_market_inquiry_list(context: Context, data_dict: DataDict) -> DataDict:
    """What an organization received, or what the caller sent; newest change first.

    :param organization: the provider, by its id or name
    :param side: without an organization: `buyer`, what the caller sent (default); `provider`, what the caller's
        organizations received
    :param state: only those in this state
    :param limit: how many at most (default 100, at most 1000)
    :param offset: how many to leave out
    :returns: `count`, `inquiries` and `figures`
    """
    data = valid(context, data_dict, schema.listed())
    tk.check_access("orden_market_inquiry_list", context, data)
    found = finding.found(context.get("user") or "", data)
    user = _user(context)
    if user and user.sysadmin:
        found["figures"]["refused_today"] = limits.refused_today()
    return found


def orden_market_inquiry_link_create(context: Context, data_dict: DataDict) -> DataDict:
    """Have the secret link of a thread sent anew; the old one ends. The answer does not tell whether there is one.

    :param id: the inquiry's id
    :param mail: the address that the inquiry was sent with
    """
    data = valid(context, data_dict, schema.link())
    tk.check_access("orden_market_inquiry_link_create", context, data)
    row = MarketInquiry.locked(data["id"])
    known = row is not None and row.user_id is None and keys.opens(row, keys.key_of(row))
    if row is not None and known and row.mail.lower() == data["mail"].strip().lower():
        _done(lambda: _renewed(row))
    model.Session.rollback()
    return {"asked": True}


def _renewed(row: MarketInquiry) -> MarketInquiry:
    limits.of_sender(None, row.mail)
    writing.renew_link(row)
    return row


def _step(context: Context, data_dict: DataDict, action: str) -> DataDict:
    data = valid(context, data_dict, schema.write())
    tk.check_access(f"orden_market_inquiry_{action}", context, data)
    _refuse(inquiry_problems(data, ()))
    who = parties.party(_row(data), context.get("user"), data["key"])
    text = data["reason"] if action == "close" else data["text"]
    row = _done(lambda: writing.take(data["id"], action, who, text, data["share_mail"]))
    return showing.whole(row, parties.party(row, context.get("user"), data["key"]))


def _done(step: Callable[[], MarketInquiry]) -> MarketInquiry:
    """Take a step as one transaction; its mails go out after it."""
    try:
        row = step()
    except Refused as refused:
        model.Session.rollback()
        raise _error(refused) from refused
    model.Session.commit()
    mails.ring()
    return row


def _problems(data: DataDict, known: bool) -> tuple[Issue, ...]:
    if data["website"] or not (known or keys.by_a_person(data["stamp"])):
        return (problem("inquiry_robot", "form"),)
    if not (data["offer"] or data["dataset"]):
        return (problem("inquiry_field", "dataset", label={"ja": "データセット", "en": "Dataset"}),)
    return inquiry_problems(data, _KNOWN if known else _UNKNOWN)


def _closed_form(offer: MarketOffer | None) -> tuple[Issue, ...]:
    open_ = offer is None or offer.content.get("inquiry", "form") == "form"
    return () if open_ else (problem("inquiry_closed_form", "offer"),)


def _asked(data: DataDict, package: model.Package, offer: MarketOffer | None, user: model.User | None) -> writing.Asked:
    language = data["language"] or readers_language()
    return writing.Asked(
        package_id=package.id,
        organization_id=str(package.owner_org),
        offer_id=offer.id if offer else None,
        user_id=user.id if user else None,
        name=" ".join(str(user.display_name if user else data["name"]).split()),
        mail=data["mail"].strip(),
        affiliation=data["affiliation"].strip(),
        purpose=data["purpose"].strip(),
        text=data["text"].strip(),
        share_mail=data["share_mail"],
        language="ja" if language.startswith("ja") else "en",
    )


def _refuse(issues: tuple[Issue, ...]) -> None:
    if issues:
        raise _error(Refused(*issues))


def _error(refused: Refused) -> tk.ValidationError:
    for issue in refused.issues:
        reason = issue.code.removeprefix("offer.inquiry_")
        if reason in ("robot", "links", "twice"):
            limits.note_refused(reason)
    return tk.ValidationError(errors_of(refused))


def _user(context: Context) -> model.User | None:
    name = context.get("user")
    return model.User.get(name) if name else None


def _row(data: DataDict) -> MarketInquiry:
    row = MarketInquiry.get(data["id"])
    if row is None:
        raise tk.ObjectNotFound(tk._("Inquiry not found"))
    return row
