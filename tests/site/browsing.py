"""A real browser on the site, and what a visit must not show."""

from __future__ import annotations

import os
import shutil
from itertools import product
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PASSWORD = "correct-horse-battery"
POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:"
FINE: dict[str, Any] = {"too wide": False, "barriers": []}
CLEAN: dict[str, Any] = {"console": [], "elsewhere": [], **FINE}


def visit(context: BrowserContext, address: str) -> dict[str, Any]:
    """What a visit shows: complaints of the console, requests elsewhere, width beyond the screen, barriers."""
    page = context.new_page()
    seen: dict[str, Any] = {"console": [], "elsewhere": []}
    page.on("console", lambda message: seen["console"].append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: seen["console"].append(str(error)))
    origin = "/".join(address.split("/")[:3])
    page.on("request", lambda asked: None if asked.url.startswith(origin) else seen["elsewhere"].append(asked.url))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    seen |= looked_at(page)
    page.close()
    return seen


def watched(context: BrowserContext) -> list[str]:
    """Fills with what goes wrong on a window's pages: complaints of the console, errors, requests that fail."""
    seen: list[str] = []
    context.on("console", lambda message: seen.append(message.text) if message.type == "error" else None)
    context.on("weberror", lambda error: seen.append(str(error.error)))
    context.on("response", lambda got: seen.append(f"{got.status} {got.url}") if got.status >= 400 else None)
    context.on(
        "requestfailed",
        lambda asked: None if asked.failure == "net::ERR_ABORTED" else seen.append(f"{asked.failure} {asked.url}"),
    )  # what is asked for when a page is left is aborted
    return seen


def strict(context: BrowserContext) -> None:
    """Sends each page with a policy that allows no script or style but the site's own files."""

    def answered(route: Route) -> None:
        if route.request.resource_type != "document":
            route.continue_()
            return
        answer = route.fetch()
        route.fulfill(response=answer, headers={"content-security-policy": POLICY, **answer.headers})

    context.route("**/*", answered)


def asked(context: BrowserContext) -> list[str]:
    """Fills with the addresses that a window's pages ask for."""
    seen: list[str] = []
    context.on("request", lambda request: seen.append(request.url))
    return seen


def looked_at(page: Page) -> dict[str, Any]:
    """What an open page shows, its folds open: width beyond the screen, axe's findings; its footer must be its end."""
    page.wait_for_load_state()  # a page without its style sheets is wider
    foot = page.evaluate("document.querySelector('footer').getBoundingClientRect().bottom + scrollY")
    assert page.evaluate("document.documentElement.scrollHeight") <= foot + 1, f"{page.url}: room below the footer"
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    page.evaluate("document.querySelectorAll('main details, .main details').forEach(part => part.open = true)")
    barriers = [
        (found["id"], node["html"]) for found in Axe().run(page).response["violations"] for node in found["nodes"]
    ]
    return {"too wide": wide, "barriers": barriers}


def seen(browser: Browser, page: Page, step: str) -> dict[str, Any]:
    """What is wrong with a page on small and large screens, light and dark; axe is a script and has its own window."""
    folder = os.environ.get("ORDEN_SHOTS")
    faults = {}
    for width, colours in product((320, 390, 1280), ("light", "dark")):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=colours, storage_state=page.context.storage_state()
        )
        own = context.new_page()
        own.goto(page.url)
        found = looked_at(own)
        if folder:
            own.screenshot(path=Path(folder) / f"{step}-{width}-{colours}.png", full_page=True)
        if found != FINE:
            faults[step, width, colours] = found
        context.close()
    return faults


def log_in(context: BrowserContext, site: str, name: str) -> None:
    page = context.new_page()
    page.goto(f"{site}/user/login")
    fill_login(page, name)
    page.close()


def fill_login(page: Page, name: str) -> None:
    page.locator("#field-login").fill(name)
    page.locator("#field-password").fill(PASSWORD)
    page.locator("#field-password").press("Enter")
    page.wait_for_load_state()
