"""What a page of any type must not show, whatever the screen, the language and the colours."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

from .browsing import looked_at

WIDTHS = {"phone": 390, "tablet": 768, "desktop": 1280}
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
COLOURS = ["color-contrast", "link-in-text-block"]
LISTEN = """
window.refused = [];
document.addEventListener('securitypolicyviolation', (event) => window.refused.push(
    `${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`));
"""
FRAME = """() => {
    const seen = (part) => part.checkVisibility({visibilityProperty: true});
    const count = (selector) => [...document.querySelectorAll(selector)].filter(seen).length;
    return {h1: count('h1'), main: count('main, [role=main]'), header: count('body header.o-header'),
            footer: count('body footer'), nav: Math.min(count('nav'), 1)};
}"""
WHOLE = {"h1": 1, "main": 1, "header": 1, "footer": 1, "nav": 1}
TEXTS = """() => {
    const apart = ':is(script, style, noscript, template, code, pre, kbd, samp, textarea, [lang]:not(html, [lang=ja]))';
    const found = [], seen = (part) => part.checkVisibility({visibilityProperty: true});
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const at = texts.currentNode.parentElement;
        if (texts.currentNode.data.trim() && !at.closest(apart) && seen(at)) found.push(texts.currentNode.data);
    }
    for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
        for (const part of document.querySelectorAll(`[${name}]`))
            if (!part.closest(apart) && seen(part)) found.push(part.getAttribute(name));
    return [document.title, ...found];
}"""
NOT_WORDS = re.compile(
    r"https?://\S*|[\w.+-]+@[\w.-]+|\S*/\S+|\{\w+\}"  # addresses of pages and people, paths, kinds of media
    r"|\b\w*[\d_.:-]\w[\w.:-]*|「ckan [a-z -]+」"  # identifiers, file names, hosts, commands
)
NAMES = {
    *(
        "Atom",
        "jsonld",
        "rdf",
        "ttl",
        "xlsx",
        "xml",
        "nt",
        "Croissant",
        "Excel",
        "GeoJSON",
        "Markdown",
        "Schema",
        "Table",
        "Turtle",
        "Webhook",
        "cron",
        "iCalendar",
    ),
    *("Python", "ckanapi", "curl"),
    *("English", "Gravatar", "fq", "https", "id", "rows"),
    *("bosai", "chief", "clerk", "open", "table", "toyonaka", "zzzz", "title", "KiB"),  # of this world
}
"""Words of a Japanese page that are no English: formats and their makers, programs, names."""
WORD = re.compile(r"[A-Za-z]*[a-z][A-Za-z]+")


def strict(application: Callable[..., Any]) -> Callable[..., Any]:
    """The site behind a strict content security policy."""

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        def begin(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start(status, [*headers, ("Content-Security-Policy", POLICY)], *rest)

        return application(environ, begin)

    return answer


def english(texts: Iterable[str]) -> list[str]:
    """The texts that hold English words."""
    return [" ".join(text.split()) for text in texts if set(WORD.findall(NOT_WORDS.sub(" ", text))) - NAMES]


class Watch:
    """Opens pages and collects what goes wrong on them, each fault with its kind before a colon."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.site = site
        self.wrong: list[str] = []
        self.page: Page = context.new_page()
        self.page.add_init_script(LISTEN)
        self.page.on("console", self._complained)
        self.page.on("pageerror", lambda error: self._say(f"error: {error}"))
        self.page.on("request", self._asked)
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._answered)

    def open(self, path: str, status: int) -> None:
        """Goes to a page, which must be answered as it should."""
        answer = self.page.goto(self.site + path)
        self.page.wait_for_load_state("networkidle")  # CKAN's scripts fetch words before they write
        assert answer
        if answer.status != status:
            self._say(f"answered: {answer.status}")

    def look(self, shot: str) -> None:
        """Looks at the open page on each width; its pictures are kept where ORDEN_SHOTS says."""
        folder = os.environ.get("ORDEN_SHOTS")
        for name, width in WIDTHS.items():
            self.page.set_viewport_size({"width": width, "height": 900})
            if folder:
                self.page.screenshot(path=Path(folder) / f"{shot}-{name}.png", full_page=True)
            wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if wide > 0:
                self._say(f"wide: {wide} px on a {name}")
        if (frame := self.page.evaluate(FRAME)) != WHOLE:
            self._say(f"frame: {frame}")
        if self.page.evaluate("document.documentElement.lang") == "ja":
            self.wrong += [f"English: {text}" for text in english(self.page.evaluate(TEXTS))]
        self._find_barriers(shot, folder)
        self.wrong += [f"refused: {found}" for found in self.page.evaluate("window.refused")]

    def _find_barriers(self, shot: str, folder: str | None) -> None:
        """All of axe's rules on a light page, those on colours again on a dark one."""
        found = looked_at(self.page)["barriers"]
        self.page.emulate_media(color_scheme="dark")
        self.page.evaluate("document.getAnimations().forEach((change) => change.finish())")
        if folder:
            self.page.screenshot(path=Path(folder) / f"{shot}-dark.png", full_page=True)
        dark = Axe().run(self.page, options={"runOnly": COLOURS}).response["violations"]
        found += [(rule["id"], node["html"], "dark") for rule in dark for node in rule["nodes"]]
        self.wrong += [f"barrier: {barrier}" for barrier in found]
        self.page.emulate_media(color_scheme="light")

    def _say(self, what: str) -> None:
        self.wrong.append(what)

    def _complained(self, message: ConsoleMessage) -> None:
        """What the policy refuses is told by `refused`, what the server refuses by its answer."""
        told = ("Content Security Policy", "Failed to load resource")
        if message.type == "error" and not any(words in message.text for words in told):
            self._say(f"console: {message.text}")

    def _asked(self, asked: Request) -> None:
        if not asked.url.startswith((self.site + "/", "data:")):
            self._say(f"elsewhere: {asked.url}")

    def _failed(self, asked: Request) -> None:
        if asked.failure != "net::ERR_ABORTED":  # as what is asked for when a page is left
            self._say(f"failed: {asked.url} {asked.failure}")

    def _answered(self, got: Response) -> None:
        if got.status >= 400 and not got.request.is_navigation_request():
            self._say(f"failed: {got.status} {got.url}")
