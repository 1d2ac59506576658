"""A browser at the short form, and what is typed there."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

from ckan.tests.helpers import CKANTestApp
from lxml import html
from lxml.html import HtmlElement

Act = Callable[..., Any]
CSV = "名称,緯度,経度\n中央公園,34.78,135.47\n".encode()
TYPED: dict[str, Any] = {
    "title": "豊中市 公園一覧",
    "notes": "市内の公園の場所。",
    "license_id": "CC-BY-4.0",
    "contact": "公園課 koen@city.example.jp",
}
SMALL = (CSV, "公園一覧.csv")


class Desk:
    """A browser that fills in the short form."""

    def __init__(self, app: CKANTestApp, headers: dict[str, str]) -> None:
        self.app, self.headers = app, headers

    def open(self, path: str = "/ja/dataset/register", status: int = 200) -> HtmlElement:
        return html.document_fromstring(self.app.get(path, headers=self.headers, status=status).text)

    def values(self, page: HtmlElement) -> dict[str, Any]:
        """What the browser would send of the form as it stands."""
        fields = dict(page.get_element_by_id("register").form_values())
        return {name: value for name, value in fields.items() if value}

    def send(
        self, page: HtmlElement, *, file: tuple[bytes, str] | None = None, button: str = "save", **typed: Any
    ) -> Any:
        form = {**self.values(page), **typed, button: ""}
        if file:
            form["upload"] = (io.BytesIO(file[0]), file[1])
        return self.app.post("/ja/dataset/register", headers=self.headers, data=form, follow_redirects=False)

    def ask(self, path: str, typed: dict[str, Any]) -> dict[str, Any]:
        """What the script is told."""
        return json.loads(self.app.post(path, headers=self.headers, data=typed).text)

    def said(self, answer: Any, name: str) -> str:
        """The messages beside a field."""
        return html.document_fromstring(answer.text).get_element_by_id(f"field-{name}-said").text_content().strip()
