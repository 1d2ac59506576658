"""Telling providers once, by mail, that links of their offers do not open."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime

from ckan import model
from ckan.lib import mailer
from ckan.plugins import toolkit as tk

from ... import config
from ..model.links import MarketLink
from ..model.offers import MarketOffer

log = logging.getLogger(__name__)

_WRITERS = ("admin", "editor")
SUBJECT = {"ja": "{site}：市場へのリンクが開けません", "en": "{site}: links to markets do not open"}
BODY = {
    "ja": "公開中の提供条件にある、市場へのリンクを確かめましたが、開けませんでした。\n\n{links}\n\n"
    "リンク先を確かめ、変わっていれば提供条件の新しい版を作って直してください。\n"
    "開けるようになれば、自動で元に戻ります。このお知らせは、リンクごとに1回だけ送ります。",
    "en": "These links of published offers to markets were asked, and do not open.\n\n{links}\n\n"
    "Look at the pages; if they have moved, mend the links in a new version of the offer.\n"
    "A link that opens again is shown as such by itself. This message is sent once for each link.",
}
LINE = {
    "ja": "・{title}\n  {page}\n  リンク：{url}\n  {reason}",
    "en": "- {title}\n  {page}\n  Link: {url}\n  {reason}",
}


def tell(links: Iterable[MarketLink], now: datetime) -> None:
    """Tell the editors and admins of each link's seller; a mail that fails is sent with the next day's check."""
    by_seller: dict[str, list[tuple[MarketLink, model.Package]]] = {}
    for link in links:
        offer = MarketOffer.get(link.offer_id)
        package = model.Package.get(offer.package_id) if offer else None
        if package and package.owner_org:
            by_seller.setdefault(package.owner_org, []).append((link, package))
    for organization, found in by_seller.items():
        if _mailed(organization, found):
            for link, _ in found:
                link.told = now
    model.Session.commit()


def _mailed(organization: str, found: list[tuple[MarketLink, model.Package]]) -> bool:
    language = "ja" if str(tk.config.get("ckan.locale_default", "en")).startswith("ja") else "en"
    site = tk.config.get("ckan.site_title") or config.site_url()
    lines = "\n\n".join(_line(link, package, language) for link, package in found)
    subject, body = SUBJECT[language].format(site=site), BODY[language].format(links=lines)
    sent = [_sent(user, subject, body) for user in _people(organization)]
    return any(sent) or not sent


def _line(link: MarketLink, package: model.Package, language: str) -> str:
    page = f"{config.site_url()}/dataset/{package.name}"
    reason = link.reason.get(language) or link.reason.get("en", "")
    return LINE[language].format(title=package.title or package.name, page=page, url=link.url, reason=reason)


def _people(organization: str) -> list[model.User]:
    """Who may mend it and has an address."""
    query = model.Session.query(model.User).join(model.Member, model.Member.table_id == model.User.id)
    query = query.filter(
        model.Member.group_id == organization,
        model.Member.table_name == "user",
        model.Member.state == "active",
        model.Member.capacity.in_(_WRITERS),
        model.User.state == "active",
    )
    return [user for user in query if user.email]


def _sent(user: model.User, subject: str, body: str) -> bool:
    try:
        mailer.mail_user(user, subject, body)
    except mailer.MailerException as error:
        log.warning("User %s was not told of links that do not open: %s", user.id, error)
        return False
    return True
