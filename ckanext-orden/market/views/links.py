"""`/go/<link>`: a plain notice before somebody leaves the site for a market.

GET changes nothing: it shows where the link leads, and programs that follow every link are not counted. To go on is a
POST from the notice. CKAN asks for its token only people who are logged in, and nothing here needs a cookie, so a form
on another site is known by its `Origin`: it can neither count nor send people past the notice.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from ckan.plugins import toolkit as tk
from ckan.types import Response
from flask import Blueprint, make_response, redirect, request

from ... import config
from ...programs import announces_itself

GONE, SEE_OTHER = 410, 303
_ALWAYS = {"X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store"}

orden_market_go = Blueprint("orden_market_go", __name__)


@orden_market_go.get("/go/<link>")
def notice(link: str) -> Response:
    """Where the link leads, or why nobody is sent there."""
    return _page(_called("orden_market_link_show", link))


@orden_market_go.post("/go/<link>")
def leave(link: str) -> Response:
    """On to the stored address, which is judged once more; from another site's form to the notice."""
    if _sent_by_another_site():
        return make_response(tk.redirect_to("orden_market_go.notice", link=link))
    followed = "orden_market_link_show" if announces_itself(request.user_agent.string) else "orden_market_click_create"
    try:
        leaving = _called(followed, link)
    except tk.ValidationError:
        leaving = _called("orden_market_link_show", link)
    if not leaving["open"]:
        return _page(leaving)
    response = make_response(redirect(leaving["url"], SEE_OTHER))
    response.headers.update({**_ALWAYS, "Referrer-Policy": "no-referrer"})
    return response


def _sent_by_another_site() -> bool:
    """Whether a browser says that the form stood elsewhere; what is no browser may say nothing."""
    home = urlsplit(config.site_url())
    ours = (f"{home.scheme}://{home.netloc}", request.host_url.rstrip("/"))
    return request.headers.get("Origin", ours[0]) not in ours


def _called(action: str, link: str) -> dict[str, Any]:
    try:
        return tk.get_action(action)({}, {"id": link})
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return tk.abort(404, tk._("There is no such link. It may be cut off or mistyped."))


def _page(leaving: dict[str, Any]) -> Response:
    """The notice; its form needs the referrer that CKAN compares on https, and nobody else gets it."""
    template = "orden_market/leave.html" if leaving["open"] else "orden_market/no_way.html"
    response = make_response(tk.render(template, {"leaving": leaving}), 200 if leaving["open"] else GONE)
    response.headers.update({**_ALWAYS, "Referrer-Policy": "same-origin"})
    return response
