"""How people of several ranks ask for a source that holds a secret."""

from __future__ import annotations

from typing import Any

SEARCH = "/api/3/action/package_search"
SECRET = "SeCrEt0rdenKey"


def headers(user: dict[str, Any] | None) -> dict[str, str]:
    return {"Authorization": user["token"]} if user else {}


def api(app: Any, action: str, user: dict[str, Any] | None = None, **data: Any) -> Any:
    return app.post(f"/api/3/action/{action}", json=data, headers=headers(user))


def new(app: Any, user: dict[str, Any], **data: Any) -> Any:
    wanted = {
        "name": "fresh",
        "title": "新しい取り込み元",
        "url": "https://data.example.jp",
        "source_type": "orden_ckan",
        **data,
    }
    return app.post("/api/3/action/harvest_source_create", json=wanted, headers=headers(user), expect_errors=True)
