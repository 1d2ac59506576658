"""Every type of page in a real browser, under a strict content security policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from ckanext.orden.logic.action import figures
from ckanext.orden.use import statistics
from fetching.server import Server
from playwright.sync_api import Browser, BrowserContext, Page

from .browsing import CHROMIUM, PASSWORD, log_in
from .looking import Watch, strict
from .world import World, build

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here"),
]


class Type(NamedTuple):
    """A type of page: an example's address, who opens it, and how it is answered."""

    path: str
    who: str = ""
    status: int = 200


VISITORS = {
    "home": "/",
    "search": "/dataset/",
    "search with hits": "/dataset/?q=避難場所",
    "search narrowed": "/dataset/?vocab_orden_price=paid&q=人流",
    "search without hits": "/dataset/?q=zzzz",
    "search refused": "/dataset/?q=title:((",
    "dataset open": "/dataset/open",
    "dataset closed": "/dataset/closed",
    "dataset paid": "/dataset/paid",
    "dataset offered": "/dataset/offered",
    "dataset harvested": "/dataset/{harvested}",
    "dataset with rows": "/dataset/table",
    "dataset groups": "/dataset/groups/open",
    "dataset activity": "/dataset/activity/open",
    "dataset quality": "/dataset/open/quality",
    "resource": "/dataset/open/resource/{link}",
    "resource with rows": "/dataset/table/resource/{map}",
    "rows on a map": "/dataset/table/resource/{map}/rows",
    "rows in a chart": "/dataset/table/resource/{chart}/rows",
    "rows not found": "/dataset/table/resource/{map}/rows?q=zzzz",
    "table report": "/dataset/table/resource/{map}/table",
    "organizations": "/organization/",
    "organization": "/organization/toyonaka",
    "organization about": "/organization/about/toyonaka",
    "organization activity": "/organization/activity/toyonaka",
    "organization quality": "/organization/toyonaka/quality",
    "groups": "/group/",
    "group": "/group/bosai",
    "group about": "/group/about/bosai",
    "group activity": "/group/activity/bosai",
    "statistics": "/statistics",
    "quality": "/quality",
    "offers": "/market/offers",
    "offers not found": "/market/offers?q=zzzz",
    "inquiry form": "/market/inquiry/new?offer={offer}",
    "inquiry sent": "/market/inquiry/thanks",
    "inquiry link": "/market/inquiry/{inquiry}/link",
    "way to a market": "/go/{leave}",
    "validate": "/validate",
    "validate a dataset": "/validate?dataset=open",
    "validate a table": "/validate/table",
    "vocabulary": "/ns",
    "harvest sources": "/harvest/",
    "harvest source": "/harvest/osaka-pref",
    "harvest source about": "/harvest/about/osaka-pref",
    "saved searches, stranger": "/user/saved-searches",
    "stop mails": "/user/saved-searches/unsubscribe/{signed}",
    "login": "/user/login",
    "logged out": "/user/logged_out_redirect",
    "register": "/user/register",
    "password reset": "/user/reset",
    "user": "/user/clerk",
    "about": "/about",
}
CLERKS = {
    "dashboard": "/dashboard/",
    "dashboard datasets": "/dashboard/datasets",
    "dashboard organizations": "/dashboard/organizations",
    "dashboard groups": "/dashboard/groups",
    "user self": "/user/clerk",
    "user activity": "/user/activity/clerk",
    "user organizations": "/user/clerk/organizations",
    "user edit": "/user/edit/clerk",
    "user tokens": "/user/clerk/api-tokens",
    "saved searches": "/user/saved-searches",
    "dataset register": "/dataset/register",
    "dataset new": "/dataset/new",
    "dataset edit": "/dataset/edit/table",
    "dataset edit harvested": "/dataset/edit/{harvested}",
    "dataset draft": "/dataset/hidden",
    "dataset resources": "/dataset/resources/table",
    "dataset delete": "/dataset/delete/open",
    "dataset changes": "/dataset/changes/{activity}",
    "resource new": "/dataset/table/resource/new",
    "resource edit": "/dataset/table/resource/{map}/edit",
    "resource views": "/dataset/table/resource/{map}/views",
    "resource delete": "/dataset/table/resource/{map}/delete",
    "organization own": "/organization/naniwa",
    "organization edit": "/organization/edit/toyonaka",
    "organization datasets": "/organization/bulk_process/toyonaka",
    "organization members": "/organization/manage_members/toyonaka",
    "organization member new": "/organization/member_new/toyonaka",
    "organization offers": "/organization/naniwa/offers",
    "organization inquiries": "/organization/naniwa/inquiries",
    "group edit": "/group/edit/bosai",
    "group members": "/group/manage_members/bosai",
    "dataset offers": "/dataset/offered/offers",
    "offer new": "/dataset/offered/offers/new",
    "offer": "/market/offer/{offer}",
    "offer draft": "/market/offer/{draft}",
    "offer edit": "/market/offer/{draft}/edit",
    "offer withdraw": "/market/offer/{offer}/step/withdraw",
    "inquiry": "/market/inquiry/{inquiry}",
    "list import": "/list-upload/",
    "list import preview": "/list-upload/{list}",
    "harvest source new": "/harvest/new",
    "harvest source edit": "/harvest/edit/osaka-pref",
    "harvest source admin": "/harvest/admin/osaka-pref",
    "harvest source waiting": "/harvest/admin/waiting",
    "harvest jobs": "/harvest/osaka-pref/job",
    "harvest job": "/harvest/osaka-pref/job/{job}",
    "harvest records": "/harvest/records/osaka-pref",
    "harvest plan": "/harvest/plan/osaka-pref",
    "harvest undo": "/harvest/undo/osaka-pref",
}
CHIEFS = {
    "admin": "/ckan-admin/",
    "admin config": "/ckan-admin/config",
    "admin trash": "/ckan-admin/trash",
    "admin activities": "/ckan-admin/activities",
    "admin markets": "/ckan-admin/markets/",
    "admin market new": "/ckan-admin/markets/new",
    "admin market": "/ckan-admin/markets/jdex",
    "admin duplicates": "/ckan-admin/orden-duplicates/",
    "admin searches": "/ckan-admin/orden-search/",
    "admin words": "/ckan-admin/orden-words/",
    "admin reset": "/ckan-admin/reset_config",
    "users": "/user/",
    "user new": "/user/register",
    "organization new": "/organization/new",
    "group new": "/group/new",
    "market review": "/market/review",
    "my inquiries": "/market/inquiries",
    "dataset of another": "/dataset/open",
    "harvest source to approve": "/harvest/admin/waiting",
}
TYPES = {
    **{name: Type(path) for name, path in VISITORS.items()},
    **{name: Type(path, "clerk") for name, path in CLERKS.items()},
    **{name: Type(path, "chief") for name, path in CHIEFS.items()},
    "no page": Type("/nothing-here", status=404),
    "no right": Type("/dataset/new", status=403),
}

FRONT = ("home", "search with hits", "dataset open", "dataset paid", "dataset closed", "organization", "statistics")
LOOKS = [
    *(("ja", name) for name in TYPES),
    *(pytest.param("en", name, marks=() if name in FRONT else pytest.mark.long) for name in TYPES),
]
"""Who changes a page sees it in Japanese at once; in English most pages are seen by the long run."""
LEFT = {
    "refused": {  # style attributes and handlers in templates without blocks: activities, repeated fields, uploads
        *("dashboard", "dataset activity", "organization activity", "group activity", "dataset changes"),
        *("dataset new", "dataset edit", "dataset edit harvested", "resource new", "resource edit"),
    },
    "English": {
        *(
            "register",
            "user new",
            "user edit",
            "organization edit",
            "organization new",
            "group edit",
            "group new",
        ),  # js
        *("dataset new", "dataset edit", "dataset edit harvested", "dataset resources", "resource new"),  # js
        *("user", "user self", "user activity", "user organizations", "user tokens"),  # the name of a state
        *("dashboard", "organization about", "organization activity"),  # the names of a kind and of a type
        *(
            "organization members",
            "group members",
            "organization member new",
            "admin",
            "admin config",
            "admin trash",
        ),  # no msgid
        "dataset changes",
    },
    "barrier": {
        *("harvest sources", "harvest source", "harvest source about"),  # h3 below h1
        *(
            "dataset resources",
            "dataset changes",
            "resource edit",
            "organization datasets",
        ),  # without labels, and colours
        *("admin", "organization members", "group members", "admin trash"),  # empty heads and lists
    },
    "frame": {  # a heading of the side beside that of the page
        *("harvest source", "harvest source about", "harvest source admin", "harvest source waiting", "harvest jobs"),
        *("harvest job", "harvest records", "harvest undo", "harvest source to approve"),
        *("organization datasets", "user activity", "dataset changes"),
    },
}
"""What CKAN's own pages still show, by kind of fault: no block lets us change it without a copy of the template.

`js`: words of CKAN's scripts, whose catalogue is made by `ckan translation js`."""


@pytest.fixture(scope="module")
def kept() -> dict[str, Any]:
    """What the module's tests share: the world that they look at, and its people's sessions."""
    return {}


@pytest.fixture()
def world(
    kept: dict[str, Any],
    ckan_config: Any,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    with_plugins: None,
) -> World:
    """The catalogue with a page of every type."""
    folder = kept.setdefault("folder", tmp_path_factory.mktemp("storage"))
    options = {
        "ckan.storage_path": str(folder),
        "ckanext.orden.market.reviewers": "naniwa",
        "ckan.auth.create_user_via_web": True,
    }
    for name, value in options.items():
        monkeypatch.setitem(ckan_config, name, value)
    if "world" not in kept:
        for emptied in ("clean_db", "clean_index"):
            request.getfixturevalue(emptied)
        figures._figures.cache_clear()
        statistics.forget()
        server = Server()
        monkeypatch.setitem(ckan_config, "ckanext.orden.fetching.allowed_private_hosts", [server.host])
        kept["world"] = build(server)
        server.close()
    return kept["world"]


@pytest.fixture()
def served(app: Any) -> Callable[..., Any]:
    return strict(app.app)


@pytest.fixture()
def window(kept: dict[str, Any], browser: Browser, site: str, world: World) -> Iterator[Callable[..., BrowserContext]]:
    """Opens a window of somebody."""
    opened = []

    def made(who: str) -> BrowserContext:
        if who and who not in kept:
            context = browser.new_context()
            log_in(context, site, who)
            kept[who] = context.storage_state()
            context.close()  # a socket that it holds open would keep the site's one thread waiting
        opened.append(browser.new_context(storage_state=kept.get(who)))
        return opened[-1]

    yield made
    for context in opened:
        context.close()


@pytest.fixture()
def watch(window: Callable[..., BrowserContext], site: str, world: World, request: pytest.FixtureRequest) -> Watch:
    """A tab of the person who opens the type of page that the test is about."""
    return Watch(window(TYPES[request.node.callspec.params["name"]].who), site)


@pytest.mark.parametrize(("language", "name"), LOOKS)
def test_page_is_whole_for_everyone(watch: Watch, world: World, language: str, name: str):
    path, _, status = TYPES[name]
    watch.open(f"/{language}{path.format(**world)}", status)
    watch.look(f"{name.replace(' ', '-')}-{language}")
    found = {fault.partition(":")[0] for fault in watch.wrong}
    left = {kind for kind, names in LEFT.items() if name in names and (kind, language) != ("English", "en")}
    assert [fault for fault in watch.wrong if fault.partition(":")[0] not in left] == []
    assert left <= found, "mended: it leaves LEFT"


def reach(page: Page, selector: str) -> None:
    """Goes on with the tabulator alone to the first element of this kind."""
    page.wait_for_load_state()
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"no way to {selector} by keyboard on {page.url}")


def test_data_is_found_and_fetched_and_somebody_logs_in_by_keyboard_alone(
    window: Callable[..., BrowserContext], site: str, world: World
):
    page = window("").new_page()
    page.goto(site + "/")
    reach(page, "#q")
    page.keyboard.type("トイレ")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    page.wait_for_url("**/dataset/?q=**")
    reach(page, ".o-facet a[href*=openness]")
    page.keyboard.press("Enter")
    page.wait_for_url("**vocab_orden_openness=**")
    reach(page, ".o-card a[href*='/dataset/table']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/dataset/table*")
    reach(page, ".o-files a[href*='/download']")
    with page.expect_download() as waited:
        page.keyboard.press("Enter")
    assert waited.value.path().read_bytes()
    page.goto(site + "/dataset/table")
    reach(page, "a[href*='/user/login']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/user/login**")
    reach(page, "#field-login")
    page.keyboard.type("clerk")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.locator(".o-account").wait_for()
