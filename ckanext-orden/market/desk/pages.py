"""What the pages of the desk show: gathered by actions in the visitor's name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ckan.plugins import toolkit as tk
from flask import Response

from ...helpers import spreadsheets
from . import form as forms
from .preview import preview

SHOWN = 50
"""Offers on a page."""
DESK = "orden_market_desk"
REASONED = frozenset({"return", "suspend", "withdraw"})
"""Steps that need a reason: they are asked for on a page of their own, like `discard`, which cannot be undone."""
CONFIRMED = REASONED | {"discard"}
STEPS = ("submit", "recall", "publish", "resume", "revise", *sorted(CONFIRMED))


@dataclass(frozen=True)
class Pages:
    """Where a page of offers stands, as the template for links to pages wants it."""

    page: int
    page_count: int


def act(action: str, **data: Any) -> Any:
    """An action in the name of the visitor; what they may not do or see is a page of that kind."""
    try:
        return tk.get_action(action)({"user": tk.current_user.name}, data)
    except tk.ObjectNotFound as error:
        return tk.abort(404, str(error))
    except tk.NotAuthorized as error:
        return tk.abort(403, str(error) or tk._("You may not do this with the offer"))


def dataset_of(offer: Mapping[str, Any]) -> dict[str, Any]:
    """The dataset of an offer; of a private one a reviewer is told no more than what it is called."""
    try:
        return tk.get_action("package_show")({"user": tk.current_user.name}, {"id": offer["dataset"]})
    except tk.NotAuthorized:
        return {"id": offer["dataset"], "name": offer["dataset_name"], "title": offer["dataset_title"]}


def reviewed(dataset: str) -> dict[str, Any]:
    """A dataset, by its id or name; a private one for reviewers too, once there is something to review."""
    try:
        return tk.get_action("package_show")({"user": tk.current_user.name}, {"id": dataset})
    except tk.ObjectNotFound as error:
        return tk.abort(404, str(error))
    except tk.NotAuthorized as error:
        for state in ("in_review", "published"):
            for offer in act("orden_market_offer_list", dataset=dataset, state=state, limit=1)["offers"]:
                return dataset_of(offer)
        return tk.abort(403, str(error) or tk._("You may not do this with the offer"))


def listed(template: str, asked: Mapping[str, Any], **shown: Any) -> str:
    """A page of offers."""
    found, pages = page_of(asked)
    return tk.render(template, {"found": found, "page": pages, "asked": asked, **shown})


def page_of(asked: Mapping[str, Any]) -> tuple[dict[str, Any], Pages]:
    """The offers of the page that is asked for, and where it stands."""
    number = max(1, int(tk.h.get_page_number(tk.request.args)))
    found = act("orden_market_offer_list", **asked, limit=SHOWN, offset=(number - 1) * SHOWN)
    return found, Pages(number, max(1, -(-found["count"] // SHOWN)))


def written(dataset: str, offer: Mapping[str, Any], values: Mapping[str, Any], **more: Any) -> str:
    """The form for an offer of a dataset; `offer` is empty for a new one.

    `issues` stand beside their fields, `problems` at the top; `preview` is the box that buyers will see.
    """
    package = act("package_show", id=dataset)
    samples = [(file["id"], file.get("name") or file["id"]) for file in package.get("resources") or []]
    issues, problems = more.get("issues", []), more.get("problems", [])
    shown = {
        "pkg": package,
        "offer": offer,
        "mode": values.get("price_mode", ""),
        "parts": forms.parts(values, issues, samples),
        "issues": issues,
        "problems": problems,
        "differences": more.get("differences", []),
        "preview": preview(forms.stated(values)),
        "mended": more.get("mended", False),
    }
    return tk.render("orden_market/desk/form.html", shown)


def report(values: Mapping[str, Any], *, draft: bool) -> list[dict[str, Any]]:
    """The issues of what was typed."""
    return act("orden_market_offer_validate", offer=dict(values), draft=draft)["issues"]


def table(name: str, kind: str, found: Mapping[str, Any]) -> Response:
    """Offers as a file for a spreadsheet; an XLSX offers the words of each column as a menu."""
    rows = [found["columns"], *found["rows"]]
    body = spreadsheets.form(rows, forms.menus()) if kind == "xlsx" else spreadsheets.as_csv(rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"', "X-Content-Type-Options": "nosniff"}
    return Response(body, headers=headers, content_type=spreadsheets.XLSX if kind == "xlsx" else spreadsheets.CSV)


def problems(error: tk.ValidationError, known: set[str]) -> list[str]:
    """What an action refused that stands beside no field."""
    return [text for name, texts in error.error_dict.items() if name not in known for text in _all(texts)]


def became(offer_id: str) -> str:
    """What has become of an offer in the meantime: its last step, by whom."""
    last = act("orden_market_offer_history", id=offer_id)[-1]
    step, by = tk.h.orden_market_step(last["action"]), last["user"] or tk.h.orden_market_role(last["role"])
    state = tk.h.orden_market_state(last["to"])["word"]
    return tk._("It is “{state}” now (last step: {step}, by {user}).").format(state=state, step=step, user=by)


def to(endpoint: str, **values: Any) -> Response:
    """On to a page of the desk."""
    return tk.redirect_to(f"{DESK}.{endpoint}", **values)


def _all(texts: Any) -> list[str]:
    return [str(text) for text in texts] if isinstance(texts, list) else [str(texts)]
